package org.jabr.web.audit;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jabr.audit.DecisionFilter;
import org.jabr.audit.DecisionSearch;
import org.jabr.cases.Decisions;
import org.jabr.customers.PersonalText;
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
import org.jabr.web.desk.DecisionReading;
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
    private static final String ANSWER = "answer.";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SampleDesk desk;
    private final ObservationDesk observations;
    private final ObservationReading observationReading;
    private final ReviewRules rules;
    private final Releases releases;
    private final DecisionSearch search;
    private final Decisions decisions;
    private final DecisionReading decisionReading;
    private final DecisionWords words;
    private final ReleaseWords releaseWords;
    private final Reader reader;

    SamplePages(
            SampleDesk desk,
            ObservationDesk observations,
            ObservationReading observationReading,
            ReviewRules rules,
            Releases releases,
            DecisionSearch search,
            Decisions decisions,
            DecisionReading decisionReading,
            DecisionWords words,
            ReleaseWords releaseWords,
            Reader reader) {
        this.desk = desk;
        this.observations = observations;
        this.observationReading = observationReading;
        this.rules = rules;
        this.releases = releases;
        this.search = search;
        this.decisions = decisions;
        this.decisionReading = decisionReading;
        this.words = words;
        this.releaseWords = releaseWords;
        this.reader = reader;
    }

    record Row(Sample sample, String by, Instant at) {}

    record Choice(String name, String words) {}

    record Stratum(String name, String population, String drawn) {}

    record ItemRow(SampleItem item, String moment, String stratum, String assigned) {}

    record Asked(String name, String words, SampleItem.@Nullable Answer answer) {}

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
        model.addAttribute("counts", search.counts(filter));
        String live = releases.live().id();
        model.addAttribute(
                "plans",
                rules.plans(live).stream()
                        .map(plan -> new Choice(plan.name(), plan.words().in(reader.locale())))
                        .toList());
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
        model.addAttribute("narrowed", DecisionSearchPages.link("/decisions", sample.filter().words()));
        model.addAttribute(
                "strata",
                whole.strata().stream()
                        .map(one -> new Stratum(
                                stratum(sample, one.name()),
                                reader.number(one.population()),
                                reader.number(one.drawn())))
                        .toList());
        model.addAttribute(
                "items",
                whole.items().stream()
                        .map(item -> new ItemRow(
                                item,
                                releaseWords.named(sample.release(), "moment.", item.moment()),
                                stratum(sample, item.stratum()),
                                releaseWords.who(item.assignedTo())))
                        .toList());
        model.addAttribute(
                "observations",
                observations.ofSample(id).stream()
                        .map(observationReading::row)
                        .toList());
        whole.items().stream()
                .filter(item -> item.verdict() == null && item.assignedTo().equals(who.getName()))
                .findFirst()
                .ifPresent(item -> model.addAttribute("mine", item.place()));
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
    ResponseEntity<byte[]> export(@PathVariable long id) {
        Sample.Whole whole = desk.get(id);
        StringWriter text = new StringWriter();
        try {
            CsvText.line(
                    text,
                    List.of("place", "decision", "case", "moment", "stratum", "assignedTo", "verdict", "judgedBy", "judgedAt"));
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
        return said(redirect, "/samples/" + id, () -> {
            desk.assign(id, from, to, who.getName());
            return Flash.good("sample.assigned", releaseWords.who(to));
        });
    }

    @PostMapping("/samples/{id}/close")
    String close(@PathVariable long id, @AuthenticationPrincipal SignedIn who, RedirectAttributes redirect) {
        return said(redirect, "/samples/" + id, () -> {
            desk.close(id, who.getName());
            return Flash.good("sample.closed");
        });
    }

    @GetMapping("/samples/{id}/items/{place}")
    String item(@PathVariable long id, @PathVariable int place, @AuthenticationPrincipal SignedIn who, Model model) {
        Sample sample = desk.get(id).sample();
        SampleItem item = desk.item(id, place);
        @SuppressWarnings("unchecked")
        Map<String, SampleItem.Answer> typed = model.getAttribute("typedAnswers") instanceof Map<?, ?> kept
                ? (Map<String, SampleItem.Answer>) kept
                : item.answers();
        model.addAttribute("sample", sample);
        model.addAttribute("item", item);
        model.addAttribute("stratum", stratum(sample, item.stratum()));
        model.addAttribute("assigned", releaseWords.who(item.assignedTo()));
        model.addAttribute("decision", decisionReading.told(decisions.get(item.decision())));
        model.addAttribute(
                "questions",
                rules.questions(sample.release(), item.moment()).stream()
                        .map(one -> new Asked(one.name(), one.words().in(reader.locale()), typed.get(one.name())))
                        .toList());
        model.addAttribute("answers", SampleItem.Answer.values());
        if (!model.containsAttribute("typedNote")) {
            model.addAttribute("typedNote", PersonalText.shown(item.note()));
        }
        model.addAttribute("longest", SampleDesk.LONGEST_NOTE);
        model.addAttribute(
                "judges", sample.open() && item.assignedTo().equals(who.getName()));
        if (item.judgedAt() != null) {
            model.addAttribute("judgedAt", item.judgedAt().toInstant());
            model.addAttribute("judgedBy", releaseWords.who(String.valueOf(item.judgedBy())));
        }
        model.addAttribute(
                "severities",
                rules.severities(sample.release()).stream()
                        .map(one -> new Choice(one.name(), one.words().in(reader.locale())))
                        .toList());
        model.addAttribute(
                "causes",
                rules.causes(sample.release()).stream()
                        .map(one -> new Choice(
                                one.name(),
                                reader.words(
                                        "observation.cause.of",
                                        one.words().in(reader.locale()),
                                        one.departmentWords().in(reader.locale()))))
                        .toList());
        model.addAttribute(
                "observations",
                observations.ofItem(item).stream().map(observationReading::row).toList());
        return "audit/sample-item";
    }

    @PostMapping("/samples/{id}/items/{place}")
    String judge(
            @PathVariable long id,
            @PathVariable int place,
            @RequestParam Map<String, String> typed,
            @RequestParam(defaultValue = "") String note,
            @RequestParam int version,
            @AuthenticationPrincipal SignedIn who,
            RedirectAttributes redirect) {
        Map<String, SampleItem.Answer> answers = new TreeMap<>();
        typed.forEach((name, value) -> {
            if (name.startsWith(ANSWER)) {
                Arrays.stream(SampleItem.Answer.values())
                        .filter(answer -> answer.name().equals(value))
                        .forEach(answer -> answers.put(name.substring(ANSWER.length()), answer));
            }
        });
        return said(redirect, "/samples/" + id + "/items/" + place, () -> {
            redirect.addFlashAttribute("typedAnswers", answers);
            redirect.addFlashAttribute("typedNote", note);
            SampleItem.Verdict verdict = desk.judge(id, place, version, answers, note, who.getName());
            return Flash.good("sample.judged." + verdict);
        });
    }

    @PostMapping("/samples/{id}/items/{place}/observations")
    String raise(
            @PathVariable long id,
            @PathVariable int place,
            @RequestParam(defaultValue = "") String severity,
            @RequestParam(defaultValue = "") String cause,
            @RequestParam(defaultValue = "") String said,
            @AuthenticationPrincipal SignedIn who,
            RedirectAttributes redirect) {
        try {
            long raised = observations.raise(id, place, severity, cause, said, who.getName());
            redirect.addFlashAttribute(Flash.NAME, Flash.good("observation.raised"));
            return "redirect:/observations/" + raised;
        } catch (Problem problem) {
            redirect.addFlashAttribute(Flash.NAME, Flash.warn("problem.said", reader.words(problem)));
            redirect.addFlashAttribute("typedSaid", said);
            redirect.addFlashAttribute("typedSeverity", severity);
            redirect.addFlashAttribute("typedCause", cause);
            return "redirect:/samples/" + id + "/items/" + place;
        }
    }

    /** What somebody does, which says what came of it. */
    private interface Deed {
        Flash done();
    }

    private String said(RedirectAttributes redirect, String page, Deed deed) {
        try {
            redirect.addFlashAttribute(Flash.NAME, deed.done());
        } catch (Problem problem) {
            if (problem.kind() == Problem.Kind.NOT_FOUND) {
                throw problem;
            }
            redirect.addFlashAttribute(Flash.NAME, Flash.warn("problem.said", reader.words(problem)));
        }
        return "redirect:" + page;
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

    private String stratum(Sample sample, String name) {
        return sample.strata().isEmpty()
                ? reader.words("sample.all")
                : words.said(sample.strata(), name).said();
    }
}
