package org.jabr.web.audit;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jabr.audit.DecisionFilter;
import org.jabr.audit.DecisionSearch;
import org.jabr.releases.Releases;
import org.jabr.review.ObservationDesk;
import org.jabr.review.ReviewRules;
import org.jabr.review.Sample;
import org.jabr.review.SampleDesk;
import org.jabr.review.SampleItem;
import org.jabr.rules.Problem;
import org.jabr.web.CsvText;
import org.jabr.web.Flash;
import org.jabr.web.Reader;
import org.jabr.web.SignedIn;
import org.jabr.web.desk.ReleaseWords;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Samples of decisions: drawn, looked at one by one, and what they say about all. */
@Controller
class SamplePages {

    private static final int ROWS = 50;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SampleDesk desk;
    private final ObservationDesk observations;
    private final ObservationReading observationReading;
    private final ReviewRules rules;
    private final Releases releases;
    private final DecisionSearch search;
    private final DecisionWords words;
    private final ReleaseWords releaseWords;
    private final Deeds deeds;
    private final Reader reader;

    SamplePages(
            SampleDesk desk,
            ObservationDesk observations,
            ObservationReading observationReading,
            ReviewRules rules,
            Releases releases,
            DecisionSearch search,
            DecisionWords words,
            ReleaseWords releaseWords,
            Deeds deeds,
            Reader reader) {
        this.desk = desk;
        this.observations = observations;
        this.observationReading = observationReading;
        this.rules = rules;
        this.releases = releases;
        this.search = search;
        this.words = words;
        this.releaseWords = releaseWords;
        this.deeds = deeds;
        this.reader = reader;
    }

    record Row(Sample sample, String by, Instant at) {}

    record Choice(String name, String words) {}

    record Offered(String name, String words, int size, int allowed) {}

    record Stratum(String name, String population, String drawn) {}

    record ItemRow(SampleItem item, String moment, String stratum, String assigned) {}

    @GetMapping("/samples")
    String list(@RequestParam(required = false) @Nullable Long before, Model model) {
        List<Sample> found = desk.newest(before, ROWS + 1);
        List<Sample> shown = found.subList(0, Math.min(ROWS, found.size()));
        model.addAttribute("rows", shown.stream().map(this::row).toList());
        model.addAttribute("next", found.size() > ROWS ? shown.get(ROWS - 1).id() : null);
        model.addAttribute("first", before == null);
        return "audit/samples";
    }

    @GetMapping("/samples/new")
    String blank(@RequestParam Map<String, String> typed, @AuthenticationPrincipal SignedIn who, Model model) {
        DecisionFilter filter = DecisionFilter.of(typed);
        model.addAttribute("filter", filter);
        model.addAttribute("said", words.said(filter));
        DecisionSearch.Counts counts = search.counts(filter);
        model.addAttribute("counts", counts);
        model.addAttribute("narrowed", DecisionSearchPages.link("/decisions", filter.words()));
        model.addAttribute(
                "plans",
                desk.offers(Math.toIntExact(counts.decisions())).stream()
                        .map(one -> new Offered(
                                one.plan().name(), one.plan().words().in(reader.locale()), one.size(), one.allowed()))
                        .toList());
        model.addAttribute("longestName", SampleDesk.LONGEST_NAME);
        model.addAttribute("longestSeed", SampleDesk.LONGEST_SEED);
        model.addAttribute(
                "auditors",
                desk.auditors().stream()
                        .map(account -> new Choice(account.login(), account.name(reader.language())))
                        .toList());
        model.addAttribute("me", who.getName());
        if (!model.containsAttribute("typedSeed")) {
            byte[] seed = new byte[8];
            RANDOM.nextBytes(seed);
            model.addAttribute("typedSeed", HexFormat.of().formatHex(seed));
        }
        return "audit/sample-new";
    }

    @PostMapping("/samples")
    String draw(
            @RequestParam Map<String, String> typed,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String plan,
            @RequestParam(defaultValue = "") String seed,
            @RequestParam(defaultValue = "") List<String> assignees,
            @AuthenticationPrincipal SignedIn who,
            RedirectAttributes redirect) {
        DecisionFilter filter = DecisionFilter.of(typed);
        try {
            long id = desk.draw(new SampleDesk.Wanted(name, filter, plan, seed, assignees), who.getName());
            return "redirect:/samples/" + id;
        } catch (Problem problem) {
            redirect.addFlashAttribute(Flash.NAME, Flash.warn("problem.said", reader.words(problem)));
            redirect.addFlashAttribute("typedName", name);
            redirect.addFlashAttribute("typedPlan", plan);
            redirect.addFlashAttribute("typedSeed", seed);
            redirect.addFlashAttribute("typedAssignees", assignees);
            return "redirect:" + DecisionSearchPages.link("/samples/new", filter.words());
        }
    }

    /** @param again whether to draw it once more and compare */
    @GetMapping("/samples/{id}")
    String sample(
            @PathVariable long id,
            @RequestParam(required = false) @Nullable String again,
            @AuthenticationPrincipal SignedIn who,
            Model model) {
        Sample.Whole whole = desk.get(id);
        Sample sample = whole.sample();
        model.addAttribute("row", row(sample));
        model.addAttribute("sample", sample);
        model.addAttribute("conclusion", whole.conclusion());
        model.addAttribute("said", words.said(sample.filter()));
        model.addAttribute(
                "narrowed",
                DecisionSearchPages.link("/decisions", sample.filter().words()));
        model.addAttribute(
                "strata",
                whole.strata().stream()
                        .map(one -> new Stratum(
                                words.stratum(sample, one.name()),
                                reader.number(one.population()),
                                reader.number(one.drawn())))
                        .toList());
        model.addAttribute(
                "items",
                whole.items().stream()
                        .map(item -> new ItemRow(
                                item,
                                releaseWords.named(sample.release(), "moment.", item.moment()),
                                words.stratum(sample, item.stratum()),
                                releaseWords.who(item.assignedTo())))
                        .toList());
        model.addAttribute(
                "observations",
                observations.ofSample(id).stream().map(observationReading::row).toList());
        whole.next(who.getName()).ifPresent(item -> model.addAttribute("mine", item.place()));
        model.addAttribute(
                "waiting",
                whole.items().stream()
                        .filter(item -> item.verdict() == null)
                        .map(SampleItem::assignedTo)
                        .distinct()
                        .sorted()
                        .map(login -> new Choice(login, releaseWords.who(login)))
                        .toList());
        model.addAttribute(
                "auditors",
                desk.auditors().stream()
                        .map(account -> new Choice(account.login(), account.name(reader.language())))
                        .toList());
        model.addAttribute("plan", plan(sample));
        if (sample.closedAt() != null) {
            model.addAttribute("closedAt", sample.closedAt().toInstant());
            model.addAttribute("closedBy", releaseWords.who(String.valueOf(sample.closedBy())));
        }
        if (again != null) {
            model.addAttribute("again", desk.drawnAgain(id));
        }
        return "audit/sample";
    }

    @GetMapping("/samples/{id}/export")
    ResponseEntity<byte[]> export(@PathVariable long id, @AuthenticationPrincipal SignedIn who) {
        Sample.Whole whole = desk.take(id, who.getName());
        StringWriter text = new StringWriter();
        try {
            CsvText.line(
                    text,
                    List.of(
                            "place",
                            "decision",
                            "case",
                            "moment",
                            "stratum",
                            "assignedTo",
                            "verdict",
                            "judgedBy",
                            "judgedAt"));
            for (SampleItem item : whole.items()) {
                CsvText.line(
                        text,
                        List.of(
                                String.valueOf(item.place()),
                                String.valueOf(item.decision()),
                                item.caseReference(),
                                item.moment(),
                                item.stratum(),
                                item.assignedTo(),
                                item.verdict() == null ? "" : item.verdict().name(),
                                item.judgedBy() == null ? "" : item.judgedBy(),
                                item.judgedAt() == null
                                        ? ""
                                        : item.judgedAt().toInstant().toString()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ResponseEntity.ok()
                .contentType(new MediaType("text", "csv", StandardCharsets.UTF_8))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename("sample-" + id + ".csv")
                                .build()
                                .toString())
                .body(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    @PostMapping("/samples/{id}/assign")
    String assign(
            @PathVariable long id,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String to,
            @AuthenticationPrincipal SignedIn who,
            RedirectAttributes redirect) {
        return deeds.done(redirect, "/samples/" + id, () -> {
            desk.assign(id, from, to, who.getName());
            return Flash.good("sample.assigned", releaseWords.who(to));
        });
    }

    @PostMapping("/samples/{id}/close")
    String close(@PathVariable long id, @AuthenticationPrincipal SignedIn who, RedirectAttributes redirect) {
        return deeds.done(redirect, "/samples/" + id, () -> {
            desk.close(id, who.getName());
            return Flash.good("sample.closed");
        });
    }

    private Row row(Sample sample) {
        return new Row(sample, releaseWords.who(sample.by()), sample.at().toInstant());
    }

    private String plan(Sample sample) {
        return rules.plans(sample.release()).stream()
                .filter(plan -> plan.name().equals(sample.plan()))
                .map(plan -> plan.words().in(reader.locale()))
                .findFirst()
                .orElse(sample.plan());
    }
}
