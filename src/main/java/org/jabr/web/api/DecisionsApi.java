package org.jabr.web.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jabr.audit.DecisionFilter;
import org.jabr.audit.DecisionSearch;
import org.jabr.cases.DecisionDocument;
import org.jabr.cases.Decisions;
import org.jabr.cases.StoredDecision;
import org.jabr.replay.Compared;
import org.jabr.replay.Counterfactual;
import org.jabr.replay.Replay;
import org.jabr.replay.Replayed;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/decisions", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Decisions")
class DecisionsApi {

    private static final String FILTER =
            "Narrowed by case, moment, release, remedy, verdict, authority, currency, least, most "
                    + "(amounts of one remedy), rule (that proposed or answered), guardrail (that objected), by, tier, type, channel, "
                    + "language, chosen (YES, NO), from, until (days).";

    private final Decisions decisions;
    private final DecisionSearch search;
    private final Replay replay;

    DecisionsApi(Decisions decisions, DecisionSearch search, Replay replay) {
        this.decisions = decisions;
        this.search = search;
        this.replay = replay;
    }

    @GetMapping
    @Operation(
            summary = "Decisions by anything that is known about them, in the order in which they were sealed",
            description = FILTER + " What was decided a few seconds ago is not there yet.")
    Listing<FoundDocument> found(
            @RequestParam Map<String, String> words,
            @RequestParam(defaultValue = Listing.USUAL) int limit,
            @RequestParam(defaultValue = "-1") long after) {
        DecisionFilter filter = DecisionFilter.of(words);
        return Listing.of(
                limit,
                most -> search.after(filter, after, most),
                decision -> String.valueOf(decision.position()),
                FoundDocument::of);
    }

    @GetMapping("/counts")
    @Operation(summary = "How many decisions and cases that are, and how they share out", description = FILTER)
    FoundCounts counts(@RequestParam Map<String, String> words) {
        return FoundCounts.of(search.counts(DecisionFilter.of(words)));
    }

    @GetMapping("/{id}")
    @Operation(
            summary = "A decision with its facts and reasons",
            description = "moment, asOf, release, facts, settings, proposals, objections, outcome, decidedBy. "
                    + "because holds ids of rules.")
    Map<String, Object> get(@PathVariable long id) {
        StoredDecision stored = decisions.get(id);
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("id", stored.id());
        document.put("case", stored.caseReference());
        document.putAll(DecisionDocument.of(stored.decision()));
        document.put("decidedBy", stored.decidedBy());
        return document;
    }

    @PostMapping("/{id}/replay")
    @Operation(summary = "Decide it again with its own facts and release, and compare")
    Replayed replay(@PathVariable long id) {
        return replay.of(id);
    }

    /**
     * What another release makes of the facts.
     *
     * @param release that decided
     * @param under the other one
     * @param identical whether the answer and all its reasons are the same
     * @param differences what comes out otherwise; reasons do not count
     * @param places what is not the same, to the last reason
     * @param answer of the other release
     */
    @Schema(name = "Counterfactual")
    record CounterfactualDocument(
            long decision,
            String release,
            String under,
            boolean identical,
            List<Compared.Difference> differences,
            List<Replayed.Difference> places,
            Map<String, Object> answer) {}

    @PostMapping(path = "/{id}/replay", params = "release")
    @Operation(
            summary = "What its facts come to under another release, beside what was decided; changes nothing",
            operationId = "replayUnder")
    CounterfactualDocument replay(@PathVariable long id, @RequestParam String release) {
        Counterfactual found = replay.under(id, release);
        return new CounterfactualDocument(
                id,
                found.stored().decision().release(),
                release,
                found.places().isEmpty(),
                found.differences(),
                found.places(),
                DecisionDocument.resultOf(found.decision()));
    }
}
