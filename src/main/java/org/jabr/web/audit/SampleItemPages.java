package org.jabr.web.audit;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.jabr.cases.Decisions;
import org.jabr.customers.PersonalText;
import org.jabr.review.ObservationDesk;
import org.jabr.review.ReviewRules;
import org.jabr.review.Sample;
import org.jabr.review.SampleDesk;
import org.jabr.review.SampleItem;
import org.jabr.rules.Problem;
import org.jabr.web.Flash;
import org.jabr.web.Reader;
import org.jabr.web.SignedIn;
import org.jabr.web.desk.DecisionReading;
import org.jabr.web.desk.ReleaseWords;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** One decision of a sample: what was decided, what is asked about it, what was found. */
@Controller
class SampleItemPages {

    private static final String ANSWER = "answer.";

    private final SampleDesk desk;
    private final ObservationDesk observations;
    private final ObservationReading observationReading;
    private final ReviewRules rules;
    private final Decisions decisions;
    private final DecisionReading reading;
    private final DecisionWords words;
    private final ReleaseWords releaseWords;
    private final Deeds deeds;
    private final Reader reader;

    SampleItemPages(
            SampleDesk desk,
            ObservationDesk observations,
            ObservationReading observationReading,
            ReviewRules rules,
            Decisions decisions,
            DecisionReading reading,
            DecisionWords words,
            ReleaseWords releaseWords,
            Deeds deeds,
            Reader reader) {
        this.desk = desk;
        this.observations = observations;
        this.observationReading = observationReading;
        this.rules = rules;
        this.decisions = decisions;
        this.reading = reading;
        this.words = words;
        this.releaseWords = releaseWords;
        this.deeds = deeds;
        this.reader = reader;
    }

    record Asked(String name, String words, SampleItem.@Nullable Answer answer) {}

    @GetMapping("/samples/{id}/items/{place}")
    String item(@PathVariable long id, @PathVariable int place, @AuthenticationPrincipal SignedIn who, Model model) {
        Sample.Whole whole = desk.get(id);
        Sample sample = whole.sample();
        SampleItem item = desk.item(id, place);
        @SuppressWarnings("unchecked")
        Map<String, SampleItem.Answer> typed = model.getAttribute("typedAnswers") instanceof Map<?, ?> kept
                ? (Map<String, SampleItem.Answer>) kept
                : item.answers();
        model.addAttribute("sample", sample);
        model.addAttribute("item", item);
        model.addAttribute("stratum", words.stratum(sample, item.stratum()));
        model.addAttribute("assigned", releaseWords.who(item.assignedTo()));
        model.addAttribute("decision", reading.told(decisions.get(item.decision())));
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
        model.addAttribute("raises", item.verdict() == SampleItem.Verdict.ERROR);
        whole.next(who.getName())
                .filter(next -> next.place() != place)
                .ifPresent(next -> model.addAttribute("mine", next.place()));
        model.addAttribute("judges", sample.open() && item.assignedTo().equals(who.getName()));
        if (item.judgedAt() != null) {
            model.addAttribute("judgedAt", item.judgedAt().toInstant());
            model.addAttribute("judgedBy", releaseWords.who(String.valueOf(item.judgedBy())));
        }
        model.addAttribute(
                "severities",
                rules.severities(sample.release()).stream()
                        .map(one ->
                                new SamplePages.Choice(one.name(), one.words().in(reader.locale())))
                        .toList());
        model.addAttribute(
                "causes",
                rules.causes(sample.release()).stream()
                        .map(one -> new SamplePages.Choice(
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
        return deeds.done(redirect, "/samples/" + id + "/items/" + place, () -> {
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
}
