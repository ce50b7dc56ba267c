package org.jabr.web.studio;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.jabr.cases.Cases;
import org.jabr.cases.Decisions;
import org.jabr.cases.StoredDecision;
import org.jabr.releases.Draft;
import org.jabr.releases.Drafts;
import org.jabr.releases.Releases;
import org.jabr.replay.Trials;
import org.jabr.rules.Decision;
import org.jabr.rules.Moment;
import org.jabr.rules.Problem;
import org.jabr.rules.Rulebook;
import org.jabr.rules.Scenario;
import org.jabr.rules.TableView;
import org.jabr.web.Flash;
import org.jabr.web.Reader;
import org.jabr.web.SignedIn;
import org.jabr.web.desk.ReleaseWords;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.util.UriComponentsBuilder;

/** Facts in, explained decision out, under a draft or a release; nothing is stored but a scenario that is asked for. */
@Controller
class TryPages {

    private static final String RESOLVE = "resolve";

    private final Trials trials;
    private final Subjects subjects;
    private final TryForm form;
    private final TryReading reading;
    private final TryTables shown;
    private final TryScenario scenarios;
    private final Drafts drafts;
    private final Releases releases;
    private final Decisions decisions;
    private final Cases cases;
    private final ReleaseWords words;
    private final Reader reader;

    TryPages(
            Trials trials,
            Subjects subjects,
            TryForm form,
            TryReading reading,
            TryTables shown,
            TryScenario scenarios,
            Drafts drafts,
            Releases releases,
            Decisions decisions,
            Cases cases,
            ReleaseWords words,
            Reader reader) {
        this.trials = trials;
        this.subjects = subjects;
        this.form = form;
        this.reading = reading;
        this.shown = shown;
        this.scenarios = scenarios;
        this.drafts = drafts;
        this.releases = releases;
        this.decisions = decisions;
        this.cases = cases;
        this.words = words;
        this.reader = reader;
    }

    record Choice(String value, String word) {}

    /** What is asked: a moment and the fields of the form. */
    private record Asked(String moment, Map<String, String> fields) {}

    @GetMapping({"/studio/drafts/{id}/try", "/studio/releases/{id}/try"})
    String page(
            @PathVariable String id,
            @RequestParam Map<String, String> given,
            @RequestHeader(name = "HX-Request", required = false) @Nullable String htmx,
            Model model) {
        Subjects.Subject subject = subjects.of(id);
        SortedMap<String, String> files = subjects.files(subject);
        model.addAttribute("subject", subject);
        model.addAttribute("against", given.getOrDefault("against", ""));
        model.addAttribute("others", others(id));
        try {
            Asked asked = askedOrBase(files, given, model);
            show(subject, files, rulebook(subject, files), asked, given, model);
        } catch (Problem refused) {
            model.addAttribute("broken", reader.words(refused));
        }
        return htmx == null ? "studio/try" : "studio/try :: result";
    }

    /** Adds what comes out here as a scenario to a file of the draft. */
    @PostMapping("/studio/drafts/{id}/try/scenario")
    String save(
            @PathVariable String id,
            @RequestParam Map<String, String> given,
            @AuthenticationPrincipal SignedIn who,
            RedirectAttributes flash) {
        SortedMap<String, String> files = drafts.contents(id);
        String path = given.getOrDefault("file", "");
        try {
            Asked asked = asked(files, given);
            Scenario scenario = scenarios.of(
                    files,
                    trials.rulebook(files, null),
                    new Moment(asked.moment()),
                    TryFacts.document(asked.fields()),
                    given.getOrDefault("id", "").strip(),
                    given.getOrDefault("title", ""));
            String target =
                    TryScenario.files(files).contains(path) ? path : TryScenario.FOLDER + asked.moment() + ".csv";
            Draft.@Nullable File file = drafts.findFile(id, target).orElse(null);
            drafts.save(
                    id,
                    target,
                    TryScenario.with(file == null ? "" : file.content(), scenario),
                    file == null ? 0 : file.version(),
                    who.getName());
            flash.addFlashAttribute(Flash.NAME, Flash.good("try.saved", scenario.id(), target));
        } catch (Problem refused) {
            if (refused.kind() == Problem.Kind.NOT_FOUND) {
                throw refused;
            }
            flash.addFlashAttribute(
                    Flash.NAME,
                    Flash.bad("problem." + refused.code(), refused.values().toArray()));
        }
        UriComponentsBuilder back = UriComponentsBuilder.fromPath("/studio/drafts/" + id + "/try");
        given.forEach((name, value) -> {
            if (name.startsWith(TryFacts.PREFIX) && !value.isEmpty() || name.equals("moment")) {
                back.queryParam(name, "{" + name + "}");
            }
        });
        // The values are put in by their names, so that nothing in them is read as part of the address.
        return "redirect:" + back.encode().buildAndExpand(given).toUriString();
    }

    private Rulebook rulebook(Subjects.Subject subject, SortedMap<String, String> files) {
        return trials.rulebook(files, subject.draft() ? null : subject.id());
    }

    private void show(
            Subjects.Subject subject,
            SortedMap<String, String> files,
            Rulebook rulebook,
            Asked asked,
            Map<String, String> given,
            Model model) {
        Moment moment = new Moment(asked.moment());
        List<TableView> tables = trials.tables(files);
        Map<String, Object> document = TryFacts.document(asked.fields());
        Trials.Tried tried = Trials.decide(rulebook, moment, document);
        Decision decision = tried.decision();
        Problem problem = tried.problem();
        Decision other = decision == null ? null : beside(given.getOrDefault("against", ""), moment, document, model);
        String refused = problem != null
                        && problem.code().startsWith("FACTS-")
                        && !problem.values().isEmpty()
                ? problem.values().get(0).toString()
                : null;
        model.addAttribute("moment", asked.moment());
        model.addAttribute(
                "moments",
                rulebook.moments().stream()
                        .map(one -> new Choice(one.name(), words.named(subject.words(), "moment.", one.name())))
                        .toList());
        model.addAttribute("groups", form.groups(rulebook, tables, asked.fields(), refused));
        model.addAttribute("fields", asked.fields());
        model.addAttribute("problem", problem == null ? null : reader.words(problem));
        model.addAttribute("scenarioFiles", TryScenario.files(files));
        model.addAttribute("scenarioFile", TryScenario.FOLDER + asked.moment() + ".csv");
        model.addAttribute("maySave", subject.open() && reader.holds("ANALYST", "ADMIN"));
        if (decision != null) {
            model.addAttribute("told", reading.told(rulebook, decision, other));
            model.addAttribute("tables", shown.consulted(rulebook, tables, tried.consulted()));
            model.addAttribute(
                    "nearest", shown.nearest(rulebook, asked.fields().getOrDefault("currency", ""), tried.nearest()));
        }
    }

    /** The same facts under another content; null where none is asked for or it cannot decide them. */
    private @Nullable Decision beside(String id, Moment moment, Map<String, Object> document, Model model) {
        if (id.isEmpty()) {
            return null;
        }
        Subjects.Subject other = subjects.of(id);
        model.addAttribute("otherName", other.name());
        try {
            Rulebook rulebook = rulebook(other, subjects.files(other));
            Trials.Tried tried = Trials.decide(rulebook, moment, document);
            Decision decision = tried.decision();
            Problem problem = tried.problem();
            if (problem != null) {
                model.addAttribute("otherProblem", reader.words(problem));
            }
            if (decision != null) {
                model.addAttribute("otherTold", reading.told(rulebook, decision, null));
            }
            return decision;
        } catch (Problem broken) {
            model.addAttribute("otherProblem", reader.words(broken));
            return null;
        }
    }

    /** Where the past case that is asked for is not there, the page says so and shows the base case. */
    private Asked askedOrBase(SortedMap<String, String> files, Map<String, String> given, Model model) {
        try {
            return asked(files, given);
        } catch (Problem unknown) {
            if (!unknown.code().equals("TRY-006")) {
                throw unknown;
            }
            model.addAttribute("broken", reader.words(unknown));
            return asked(files, Map.of("moment", given.getOrDefault("moment", "")));
        }
    }

    /** What the address says: fields of the form, a past decision, a past case, or nothing, which is the base case. */
    private Asked asked(SortedMap<String, String> files, Map<String, String> given) {
        String moment = given.getOrDefault("moment", "");
        String past =
                given.getOrDefault("past", given.getOrDefault("decision", "")).strip();
        if (!past.isEmpty()) {
            StoredDecision stored = past(past, moment);
            return new Asked(
                    stored.decision().moment().name(),
                    TryFacts.fields(stored.decision().facts().document()));
        }
        Map<String, String> fields = new LinkedHashMap<>();
        given.forEach((name, value) -> {
            if (name.startsWith(TryFacts.PREFIX)) {
                fields.put(name.substring(TryFacts.PREFIX.length()), value);
            }
        });
        if (fields.isEmpty()) {
            fields.putAll(TryFacts.fields(scenarios.base(files)));
        }
        for (String change : given.getOrDefault("apply", "").split(";")) {
            int is = change.indexOf('=');
            if (is > 0) {
                fields.put(change.substring(0, is), change.substring(is + 1));
            }
        }
        return new Asked(moment.isEmpty() ? RESOLVE : moment, fields);
    }

    private StoredDecision past(String past, String moment) {
        try {
            if (past.matches("\\d{1,18}")) {
                return decisions.get(Long.parseLong(past));
            }
            List<StoredDecision> made = decisions.ofCase(cases.get(past).id());
            Stream<StoredDecision> wanted =
                    made.stream().filter(one -> one.decision().moment().name().equals(moment));
            return wanted.reduce((one, later) -> later)
                    .or(() -> made.stream().reduce((one, later) -> later))
                    .orElseThrow(() -> new Problem(Problem.Kind.INVALID, "TRY-006", past));
        } catch (Problem unknown) {
            throw new Problem(Problem.Kind.INVALID, "TRY-006", past);
        }
    }

    private List<Choice> others(String id) {
        return Stream.concat(
                        releases.list().stream()
                                .map(release -> new Choice(
                                        release.id(),
                                        release.id() + " · " + reader.words("release.state." + release.state()))),
                        drafts.list().stream()
                                .filter(draft -> draft.state() != Draft.State.CLOSED)
                                .map(draft -> new Choice(draft.id(), draft.name())))
                .filter(choice -> !choice.value().equals(id))
                .toList();
    }
}
