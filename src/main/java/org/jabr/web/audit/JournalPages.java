package org.jabr.web.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jabr.cases.RecoveryCase;
import org.jabr.journal.Entry;
import org.jabr.journal.Evidence;
import org.jabr.journal.Journal;
import org.jabr.journal.Proofs;
import org.jabr.journal.Seal;
import org.jabr.journal.Seals;
import org.jabr.rules.Problem;
import org.jabr.web.Flash;
import org.jabr.web.Reader;
import org.jabr.web.SignedIn;
import org.jabr.web.api.JournalFiles;
import org.jabr.web.desk.ReleaseWords;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The journal: what happened, how it is sealed, and whether it is still as it was. */
@Controller
class JournalPages {

    private static final int ROWS = 50;
    private static final int LONGEST_SEAL = 2000;

    private final Journal journal;
    private final Seals seals;
    private final Proofs proofs;
    private final Evidence evidence;
    private final JournalFiles files;
    private final AnchorReading anchors;
    private final ReleaseWords words;
    private final Reader reader;

    JournalPages(
            Journal journal,
            Seals seals,
            Proofs proofs,
            Evidence evidence,
            JournalFiles files,
            AnchorReading anchors,
            ReleaseWords words,
            Reader reader) {
        this.journal = journal;
        this.seals = seals;
        this.proofs = proofs;
        this.evidence = evidence;
        this.files = files;
        this.anchors = anchors;
        this.words = words;
        this.reader = reader;
    }

    /** @param reference of the case that it is about; null where it is about something else */
    record Row(
            Entry entry,
            String what,
            String by,
            Instant at,
            @Nullable String reference) {}

    record SealRow(Seal seal, Instant at, List<AnchorReading.Kept> kept) {}

    @GetMapping("/journal")
    String entries(
            @RequestParam(defaultValue = "") String kind,
            @RequestParam(defaultValue = "") String subject,
            @RequestParam(required = false) @Nullable Long before,
            Model model) {
        List<Entry> found = journal.newest(orNull(kind), orNull(subject), before, ROWS + 1);
        List<Entry> shown = found.subList(0, Math.min(ROWS, found.size()));
        model.addAttribute("rows", shown.stream().map(this::row).toList());
        model.addAttribute("next", found.size() > ROWS ? shown.get(ROWS - 1).id() : null);
        model.addAttribute("first", before == null);
        model.addAttribute("kind", kind);
        model.addAttribute("subject", subject);
        model.addAttribute("kinds", Journal.KINDS);
        return "audit/journal";
    }

    @GetMapping("/journal/entries/{id}")
    String entry(@PathVariable long id, Model model) {
        Entry entry = journal.find(id).orElseThrow(() -> new Problem(Problem.Kind.NOT_FOUND, "JOURNAL-003", id));
        model.addAttribute("row", row(entry));
        model.addAttribute("entry", entry);
        try {
            Proofs.Inclusion proof = proofs.inclusion(id);
            model.addAttribute("proof", proof);
            model.addAttribute("holds", proof.holds());
        } catch (Problem notYet) {
            model.addAttribute("notYet", reader.words(notYet));
        }
        return "audit/entry";
    }

    @GetMapping("/journal/seals")
    String seals(@RequestParam(required = false) @Nullable Long before, Model model) {
        List<Seal> found = seals.before(before, ROWS + 1);
        List<Seal> shown = found.subList(0, Math.min(ROWS, found.size()));
        Map<Long, List<AnchorReading.Kept>> kept =
                anchors.of(shown.stream().map(Seal::id).toList());
        model.addAttribute(
                "rows",
                shown.stream()
                        .map(seal ->
                                new SealRow(seal, Instant.parse(seal.at()), kept.getOrDefault(seal.id(), List.of())))
                        .toList());
        model.addAttribute("ways", before == null ? anchors.ways() : List.of());
        model.addAttribute("next", found.size() > ROWS ? shown.get(ROWS - 1).id() : null);
        model.addAttribute("first", before == null);
        return "audit/seals";
    }

    @GetMapping("/journal/seals/{id}/file")
    ResponseEntity<byte[]> seal(@PathVariable long id) {
        return files.seal(id);
    }

    @GetMapping("/journal/export")
    ResponseEntity<StreamingResponseBody> export(
            @RequestParam(required = false) @Nullable Long to, @AuthenticationPrincipal SignedIn who) {
        return files.export(to, who.getName());
    }

    /** Checks the journal as an outsider would, against a seal that somebody brings. */
    @PostMapping("/journal/check")
    String check(@RequestParam(required = false) @Nullable MultipartFile seal, RedirectAttributes redirect)
            throws IOException {
        try {
            List<Seal> kept = seal == null || seal.isEmpty() ? List.of() : List.of(evidence.kept(text(seal)));
            Evidence.Found found = evidence.check(evidence.seal(null), kept);
            String said = reader.words(found.code(), found.values());
            redirect.addFlashAttribute("found", found);
            redirect.addFlashAttribute("said", said);
        } catch (Problem problem) {
            redirect.addFlashAttribute(Flash.NAME, Flash.warn("problem.said", reader.words(problem)));
        }
        return "redirect:/journal/seals";
    }

    private static String text(MultipartFile file) throws IOException {
        byte[] bytes = file.getBytes();
        return bytes.length > LONGEST_SEAL ? "" : new String(bytes, StandardCharsets.UTF_8);
    }

    private Row row(Entry entry) {
        return new Row(
                entry,
                reader.words("journal.kind." + entry.kind()),
                words.who(entry.by()),
                entry.at().toInstant(),
                RecoveryCase.isReference(entry.subject()) ? entry.subject() : null);
    }

    private static @Nullable String orNull(String typed) {
        return typed.isBlank() ? null : typed.strip();
    }
}
