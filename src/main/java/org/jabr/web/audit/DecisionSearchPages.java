package org.jabr.web.audit;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jabr.audit.DecisionFilter;
import org.jabr.audit.DecisionSearch;
import org.jabr.audit.FoundDecision;
import org.jabr.rules.Problem;
import org.jabr.web.Flash;
import org.jabr.web.Reader;
import org.jabr.web.SignedIn;
import org.jabr.web.api.DecisionFiles;
import org.jabr.web.desk.ReleaseWords;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;
import org.springframework.web.util.UriComponentsBuilder;

/** Decisions by anything that is known about them: who was given what, by which rule, and where a guardrail objected. */
@Controller
class DecisionSearchPages {

    private static final int ROWS = 50;

    private final DecisionSearch search;
    private final DecisionFiles files;
    private final DecisionWords words;
    private final ReleaseWords releaseWords;
    private final Reader reader;

    DecisionSearchPages(
            DecisionSearch search, DecisionFiles files, DecisionWords words, ReleaseWords releaseWords, Reader reader) {
        this.search = search;
        this.files = files;
        this.words = words;
        this.releaseWords = releaseWords;
        this.reader = reader;
    }

    record Row(FoundDecision decision, String moment, String by, Instant at, List<DecisionWords.Remedy> remedies) {}

    /** @param without where the search goes without this word */
    record Chip(DecisionWords.Said said, String without) {}

    /** @param link where the search goes with this word */
    record Share(DecisionWords.Said said, String count, String link, boolean current) {}

    record Facet(String name, List<Share> shares) {}

    @GetMapping("/decisions")
    String found(
            @RequestParam Map<String, String> typed,
            @RequestParam(required = false) @Nullable Long before,
            Model model) {
        DecisionFilter filter;
        try {
            filter = DecisionFilter.of(typed);
        } catch (Problem problem) {
            model.addAttribute(Flash.NAME, Flash.warn("problem.said", reader.words(problem)));
            model.addAttribute("typed", typed);
            filter = DecisionFilter.ALL;
        }
        List<FoundDecision> found = search.newest(filter, before, ROWS + 1);
        List<FoundDecision> shown = found.subList(0, Math.min(ROWS, found.size()));
        DecisionSearch.Counts counts = search.counts(filter);
        DecisionFilter asked = filter;
        model.addAttribute("rows", shown.stream().map(this::row).toList());
        model.addAttribute("counts", counts);
        model.addAttribute(
                "chips",
                words.said(filter).stream()
                        .map(said -> new Chip(said, link("/decisions", DecisionWords.with(asked, said.name(), ""))))
                        .toList());
        model.addAttribute(
                "facets",
                counts.facets().stream().map(facet -> facet(asked, facet)).toList());
        model.addAttribute("filter", filter);
        if (!model.containsAttribute("typed")) {
            model.addAttribute("typed", filter.words());
        }
        model.addAttribute("export", link("/decisions/export", filter.words()));
        model.addAttribute("sample", link("/samples/new", filter.words()));
        model.addAttribute("start", before == null ? null : link("/decisions", filter.words()));
        model.addAttribute(
                "next",
                found.size() > ROWS
                        ? link("/decisions", filter.words()) + (filter.all() ? "?" : "&") + "before="
                                + shown.get(ROWS - 1).id()
                        : null);
        return "audit/decisions";
    }

    @GetMapping("/decisions/export")
    ResponseEntity<StreamingResponseBody> export(
            @RequestParam Map<String, String> typed, @AuthenticationPrincipal SignedIn who) {
        return files.found(DecisionFilter.of(typed), who.getName());
    }

    private Row row(FoundDecision decision) {
        return new Row(
                decision,
                releaseWords.named(decision.release(), "moment.", decision.moment()),
                releaseWords.who(decision.by()),
                decision.at().toInstant(),
                words.remedies(decision));
    }

    private Facet facet(DecisionFilter filter, DecisionSearch.Facet facet) {
        return new Facet(
                facet.name(),
                facet.shares().stream()
                        .map(share -> new Share(
                                words.said(facet.name(), share.word()),
                                reader.number(share.decisions()),
                                link("/decisions", DecisionWords.with(filter, facet.name(), share.word())),
                                share.word().equals(filter.word(facet.name()))))
                        .toList());
    }

    static String link(String path, Map<String, String> words) {
        UriComponentsBuilder link = UriComponentsBuilder.fromPath(path);
        words.forEach((name, word) -> link.queryParam(name, "{" + name + "}"));
        return link.encode().buildAndExpand(words).toUriString();
    }
}
