package org.jabr.web.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jabr.journal.Journal;
import org.jabr.journal.Proofs;
import org.jabr.journal.Seal;
import org.jabr.journal.Seals;
import org.jabr.web.SignedIn;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

@RestController
@RequestMapping("/api/journal")
@Tag(name = "Journal")
class JournalApi {

    private final Journal journal;
    private final Seals seals;
    private final Proofs proofs;
    private final JournalFiles files;

    JournalApi(Journal journal, Seals seals, Proofs proofs, JournalFiles files) {
        this.journal = journal;
        this.seals = seals;
        this.proofs = proofs;
        this.files = files;
    }

    @GetMapping
    @Operation(summary = "What happened, the oldest first")
    Listing<EntryDocument> entries(
            @RequestParam(defaultValue = Listing.USUAL) int limit, @RequestParam(defaultValue = "0") long after) {
        return Listing.of(
                limit, most -> journal.after(after, most), entry -> String.valueOf(entry.id()), EntryDocument::of);
    }

    @GetMapping("/seals")
    @Operation(
            summary = "The signed seals, the oldest first",
            description = "Keep one outside: it shows later whether anything up to it was changed.")
    Listing<Seal> seals(
            @RequestParam(defaultValue = Listing.USUAL) int limit, @RequestParam(defaultValue = "0") long after) {
        return Listing.of(limit, most -> seals.after(after, most), seal -> String.valueOf(seal.id()), seal -> seal);
    }

    @GetMapping("/proof/{entry}")
    @Operation(summary = "That an entry lies below the first seal over it, as in RFC 9162")
    Proofs.Inclusion proof(@PathVariable long entry) {
        return proofs.inclusion(entry);
    }

    @GetMapping("/consistency")
    @Operation(summary = "That a seal continues an earlier one, as in RFC 9162")
    Proofs.Consistency consistency(@RequestParam long from, @RequestParam long to) {
        return proofs.consistency(from, to);
    }

    @GetMapping("/export")
    @Operation(
            summary = "The journal up to a seal, as JSON lines that anybody can check without this house",
            description = "A header, the entries in the order in which they were sealed, and the seal.")
    ResponseEntity<StreamingResponseBody> export(
            @RequestParam(required = false) @Nullable Long to, @AuthenticationPrincipal SignedIn who) {
        return files.export(to, who.getName());
    }
}
