package org.jabr.web.desk;

import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jabr.cases.CaseDesk;
import org.jabr.cases.CaseFile;
import org.jabr.cases.Choices;
import org.jabr.cases.Decisions;
import org.jabr.cases.Gifts;
import org.jabr.cases.Promise;
import org.jabr.cases.Promises;
import org.jabr.cases.RecoveryCase;
import org.jabr.cases.StoredDecision;
import org.jabr.finance.Differences;
import org.jabr.guard.GuardDesk;
import org.jabr.post.Deliveries;
import org.jabr.post.Delivery;
import org.jabr.process.ChoosingSteps;
import org.jabr.process.Form;
import org.jabr.process.FormRefused;
import org.jabr.process.Forms;
import org.jabr.process.PostNews;
import org.jabr.remedies.Effect;
import org.jabr.remedies.EffectHistory;
import org.jabr.remedies.Effects;
import org.jabr.rules.Decider;
import org.jabr.rules.Problem;
import org.jabr.team.NextWork;
import org.jabr.web.Flash;
import org.jabr.web.Reader;
import org.jabr.web.SignedIn;
import org.jabr.worklist.WorkItem;
import org.jabr.worklist.Worklist;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** One item of work: what is to be done, for whom, and what the rules recommend. */
@Controller
class WorkPages {

    /** Names of answers in the request begin with this. */
    private static final String ANSWER = "answer.";

    /** What was picked of the catalogue cannot be given. */
    private static final String DOES_NOT_FIT = "CATALOGUE-014";

    private static final MultiValueMap<String, String> NOTHING_TYPED = new LinkedMultiValueMap<>();

    private final Worklist worklist;
    private final NextWork nextWork;
    private final GuardDesk guard;
    private final WorkReading reading;
    private final DecisionReading decisionReading;
    private final CaseDesk desk;
    private final Decisions decisions;
    private final Effects effects;
    private final EffectHistory history;
    private final EffectReading effectReading;
    private final Promises promises;
    private final Deliveries deliveries;
    private final Differences differences;
    private final ReconciliationReading reconciliation;
    private final Forms forms;
    private final ChoosingSteps choosing;
    private final ChoicePanel choicePanel;
    private final Gifts gifts;
    private final CatalogueReading catalogue;
    private final Choices choices;
    private final CaseSurroundings surroundings;
    private final ReleaseWords words;
    private final Reader reader;

    WorkPages(
            Worklist worklist,
            NextWork nextWork,
            GuardDesk guard,
            WorkReading reading,
            DecisionReading decisionReading,
            CaseDesk desk,
            Decisions decisions,
            Effects effects,
            EffectHistory history,
            EffectReading effectReading,
            Promises promises,
            Deliveries deliveries,
            Differences differences,
            ReconciliationReading reconciliation,
            Forms forms,
            ChoosingSteps choosing,
            ChoicePanel choicePanel,
            Gifts gifts,
            CatalogueReading catalogue,
            Choices choices,
            CaseSurroundings surroundings,
            ReleaseWords words,
            Reader reader) {
        this.worklist = worklist;
        this.nextWork = nextWork;
        this.guard = guard;
        this.reading = reading;
        this.decisionReading = decisionReading;
        this.desk = desk;
        this.decisions = decisions;
        this.effects = effects;
        this.history = history;
        this.effectReading = effectReading;
        this.promises = promises;
        this.deliveries = deliveries;
        this.differences = differences;
        this.reconciliation = reconciliation;
        this.forms = forms;
        this.choosing = choosing;
        this.choicePanel = choicePanel;
        this.gifts = gifts;
        this.catalogue = catalogue;
        this.choices = choices;
        this.surroundings = surroundings;
        this.words = words;
        this.reader = reader;
    }

    /**
     * What somebody's approval is asked for.
     *
     * @param item what the item is called that it would be; null where none was chosen
     * @param picker who picked it; null where the rules chose
     * @param stands whether that item still fits
     * @param picks the items that fit, the best first; null where the catalogue has none for the remedy
     * @param gone what the item is called that the approver picked, where it does not fit any more
     * @param takesBack what would be taken back; null where something would be given
     */
    record Asked(
            Effect effect,
            String name,
            String authority,
            String askedBy,
            DecisionReading.@Nullable RemedyTold why,
            @Nullable String chosenWhy,
            @Nullable String item,
            @Nullable String picker,
            boolean stands,
            @Nullable List<CatalogueReading.Pick> picks,
            @Nullable String gone,
            @Nullable TakesBack takesBack) {}

    /** @param key of what would be taken back @param why in the words of who asked */
    record TakesBack(String key, String why) {}

    /** Something that was typed and has no place on the page any more. */
    record Kept(String question, String text) {}

    @GetMapping("/worklist/{id}")
    String item(@PathVariable long id, @AuthenticationPrincipal SignedIn who, Model model) {
        WorkItem item = worklist.get(id);
        if (!worklist.inSight(item, who.decider())) {
            throw new Problem(Problem.Kind.NOT_FOUND, "WORK-001", id);
        }
        if (item.aboutAFinding()) {
            return "redirect:/findings/" + guard.findingOf(item);
        }
        Form form = form(item);
        fill(item, who.decider(), form == null ? Map.of() : form.usual(), Map.of(), NOTHING_TYPED, model);
        return "desk/work";
    }

    /** What the rules say to a choice while somebody still thinks about it; nothing is stored. */
    @PostMapping("/worklist/{id}/weigh")
    String weigh(
            @PathVariable long id,
            @RequestParam MultiValueMap<String, String> request,
            @AuthenticationPrincipal SignedIn who,
            Model model) {
        WorkItem item = worklist.get(id);
        CaseFile file = file(item).orElseThrow(() -> new Problem(Problem.Kind.NOT_FOUND, "WORK-001", id));
        RecoveryCase recovery = file.recovery();
        model.addAttribute("item", item);
        model.addAttribute("file", file);
        model.addAttribute("choice", choice(item, recovery, typed(request), request, who.decider()));
        return "desk/choice :: panel";
    }

    /** What the form says as far as it can be read already. */
    private Map<String, Object> learned(WorkItem item, Map<String, String> typed, RecoveryCase recovery) {
        Form form = form(item);
        if (form == null) {
            return Map.of();
        }
        try {
            return forms.facts(form, answers(item, typed), recovery.currency());
        } catch (FormRefused notYet) {
            return Map.of();
        }
    }

    @PostMapping("/worklist/{id}/complete")
    Object complete(
            @PathVariable long id,
            @RequestParam MultiValueMap<String, String> request,
            @AuthenticationPrincipal SignedIn who,
            Model model,
            RedirectAttributes redirect) {
        Decider by = who.decider();
        WorkItem item = worklist.get(id);
        Map<String, String> typed = typed(request);
        Map<String, Object> answers = answers(item, typed);
        ChoicePanel.answer(request, answers);
        try {
            worklist.complete(id, answers, by);
        } catch (FormRefused refused) {
            Map<String, String> errors = new HashMap<>();
            refused.fields().forEach((field, problem) -> errors.put(field, reader.words(problem)));
            List<Kept> gone = gone(item, request, typed);
            errors.keySet().removeIf(field -> typed.containsKey(field) && !asks(item, field));
            return again(item, by, typed, errors, gone, request, model, HttpStatus.UNPROCESSABLE_ENTITY);
        } catch (Problem problem) {
            if (problem.kind() == Problem.Kind.CONFLICT || problem.kind() == Problem.Kind.FORBIDDEN) {
                return overtaken(id, by, typed, problem, request, model, redirect);
            }
            if (problem.kind() != Problem.Kind.INVALID) {
                throw problem;
            }
            model.addAttribute("refused", said(problem));
            return again(item, by, typed, Map.of(), List.of(), request, model, HttpStatus.UNPROCESSABLE_ENTITY);
        }
        return completed(request, by, redirect);
    }

    /** In the reader's words; an item of the catalogue by its name. */
    private String said(Problem problem) {
        return problem.code().equals(DOES_NOT_FIT)
                ? reader.words(new Problem(
                        problem.kind(),
                        problem.code(),
                        catalogue.name(String.valueOf(problem.values().get(0)))))
                : reader.words(problem);
    }

    private String completed(MultiValueMap<String, String> request, Decider by, RedirectAttributes redirect) {
        redirect.addFlashAttribute(Flash.NAME, Flash.good("work.completed"));
        if ("next".equals(request.getFirst("then"))) {
            return nextWork.next(by)
                    .map(other -> "redirect:/worklist/" + other.item().id())
                    .orElse("redirect:/worklist");
        }
        return "redirect:/worklist";
    }

    /** Somebody else did it, took it or took it away meanwhile, or the same person pressed twice. */
    private Object overtaken(
            long id,
            Decider by,
            Map<String, String> typed,
            Problem problem,
            MultiValueMap<String, String> request,
            Model model,
            RedirectAttributes redirect) {
        WorkItem now = worklist.get(id);
        if (now.state() == WorkItem.State.DONE && by.login().equals(now.completedBy())) {
            return completed(request, by, redirect);
        }
        boolean conflict = problem.kind() == Problem.Kind.CONFLICT;
        model.addAttribute("lost", conflict ? reader.words("worklist.lost") : reader.words(problem));
        return again(
                now,
                by,
                typed,
                Map.of(),
                doable(now, by) ? gone(now, request, typed) : everything(now, request, typed),
                request,
                model,
                conflict ? HttpStatus.CONFLICT : HttpStatus.FORBIDDEN);
    }

    /** The page with all that was typed. */
    private ModelAndView again(
            WorkItem item,
            Decider by,
            Map<String, String> typed,
            Map<String, String> errors,
            List<Kept> kept,
            MultiValueMap<String, String> request,
            Model model,
            HttpStatus status) {
        fill(item, by, typed, errors, request, model);
        model.addAttribute("echo", true);
        model.addAttribute("kept", kept);
        return new ModelAndView("desk/work", model.asMap(), status);
    }

    private boolean asks(WorkItem item, String key) {
        Form form = form(item);
        return form == null
                || form.fields().stream().anyMatch(field -> field.key().equals(key));
    }

    /** What was typed into fields that an analyst took out of the form while it was open. */
    private List<Kept> gone(WorkItem item, MultiValueMap<String, String> request, Map<String, String> typed) {
        Map<String, Form.Field> shown = shown(request);
        return typed.entrySet().stream()
                .filter(entry ->
                        !asks(item, entry.getKey()) && !entry.getValue().isBlank())
                .map(entry -> kept(shown.get(entry.getKey()), entry.getValue()))
                .toList();
    }

    /** All that was typed, where there is no form for it any more. */
    private List<Kept> everything(WorkItem item, MultiValueMap<String, String> request, Map<String, String> typed) {
        List<Kept> kept = new ArrayList<>();
        shown(request).forEach((key, field) -> {
            String text = typed.getOrDefault(key, "");
            if (!text.isBlank() && field.kind() != Form.Kind.YES_NO) {
                kept.add(kept(field, text));
            }
        });
        if (item.kind() == WorkItem.Kind.APPROVAL) {
            keep("approval.amount", typed.get("amount"), kept);
            String picked = typed.get("item");
            keep("catalogue.which", picked == null || picked.isBlank() ? null : catalogue.name(picked), kept);
            keep("approval.reason", typed.get("reason"), kept);
        }
        keep("choice.why", request.getFirst(ChoicePanel.WHY), kept);
        return kept;
    }

    private void keep(String question, @Nullable String text, List<Kept> kept) {
        if (text != null && !text.isBlank()) {
            kept.add(new Kept(reader.words(question), text));
        }
    }

    private static Kept kept(Form.@Nullable Field field, String text) {
        if (field == null) {
            return new Kept("", text);
        }
        return new Kept(
                field.label(),
                field.options().stream()
                        .filter(option -> text.equals(String.valueOf(option.value())))
                        .map(Form.Option::label)
                        .findFirst()
                        .orElse(text));
    }

    /** The fields of the form that the page showed, by key, as far as its release is known. */
    private Map<String, Form.Field> shown(MultiValueMap<String, String> request) {
        String release = request.getFirst("release");
        String name = request.getFirst("form");
        Map<String, Form.Field> shown = new LinkedHashMap<>();
        if (release != null && name != null && !name.isBlank()) {
            try {
                forms.get(release, name, reader.locale()).fields().forEach(field -> shown.put(field.key(), field));
            } catch (Problem neverWasOne) {
                // Then what was typed stands there without its question.
            }
        }
        return shown;
    }

    private void fill(
            WorkItem item,
            Decider by,
            Map<String, String> typed,
            Map<String, String> errors,
            MultiValueMap<String, String> request,
            Model model) {
        file(item).ifPresent(file -> about(item, file, by, typed, request, model));
        WorkRow row = reading.row(item, by);
        model.addAttribute("row", row);
        model.addAttribute("item", item);
        model.addAttribute("open", item.open());
        model.addAttribute("doable", doable(item, by));
        model.addAttribute("needs", words.word(item.release(), item.authority().name()));
        model.addAttribute("doneBy", item.completedBy() == null ? null : words.who(item.completedBy()));
        model.addAttribute("typed", typed);
        model.addAttribute("errors", errors);
        model.addAttribute("form", form(item));
        model.addAttribute("asked", asked(item, typed.get("item")).orElse(null));
        model.addAttribute("failed", failed(item));
        model.addAttribute("stopped", stopped(item));
        model.addAttribute("difference", Differences.isOne(item) ? reconciliation.row(differences.of(item)) : null);
        model.addAttribute("promised", promised(item));
        model.addAttribute("undelivered", undelivered(item));
    }

    /** The case that the work is about, and what the rules recommend there. */
    private void about(
            WorkItem item,
            CaseFile file,
            Decider by,
            Map<String, String> typed,
            MultiValueMap<String, String> request,
            Model model) {
        surroundings.fill(file, item.element(), model);
        model.addAttribute("choice", doable(item, by) ? choice(item, file.recovery(), typed, request, by) : null);
        model.addAttribute(
                "recommended", recommended(file).map(decisionReading::told).orElse(null));
    }

    private Optional<CaseFile> file(WorkItem item) {
        return Optional.ofNullable(item.caseReference()).map(desk::file);
    }

    private ChoicePanel.@Nullable Panel choice(
            WorkItem item,
            RecoveryCase recovery,
            Map<String, String> typed,
            MultiValueMap<String, String> request,
            Decider by) {
        return choosing.moment(item)
                .map(moment -> choicePanel.of(recovery, moment, learned(item, typed, recovery), request, by))
                .orElse(null);
    }

    private static boolean doable(WorkItem item, Decider by) {
        return item.open() && by.login().equals(item.assignee()) && WorkReading.mayDo(item, by);
    }

    private @Nullable Form form(WorkItem item) {
        String name = item.form();
        return name == null ? null : forms.get(item.release(), name, reader.locale());
    }

    private Optional<Asked> asked(WorkItem item, @Nullable String picked) {
        String key = item.subject();
        if (item.kind() != WorkItem.Kind.APPROVAL || key == null) {
            return Optional.empty();
        }
        return effects.find(key).map(effect -> effect.undo() ? undo(item, effect) : asked(item, effect, picked));
    }

    private Asked undo(WorkItem item, Effect undo) {
        // The effect has the last reason only; its first step keeps that of who asked.
        String why = history.of(undo.key()).stream()
                .findFirst()
                .map(EffectHistory.Step::said)
                .or(() -> Optional.ofNullable(undo.reason()))
                .map(reader::said)
                .orElse("");
        return new Asked(
                undo,
                effectReading.name(undo),
                words.word(item.release(), undo.authority().name()),
                words.who(Objects.requireNonNull(undo.askedBy())),
                null,
                null,
                null,
                null,
                true,
                null,
                null,
                new TakesBack(
                        effects.onItsWay(undo.key())
                                .map(Effects.OnItsWay::undoes)
                                .orElseThrow(),
                        why));
    }

    private Asked asked(WorkItem item, Effect effect, @Nullable String picked) {
        StoredDecision decision = decisions.get(effect.decisionId());
        String askedBy = effect.askedBy();
        CatalogueReading.Why chosen = catalogue.why(effect);
        List<CatalogueReading.Pick> picks = picks(item, effect);
        return new Asked(
                effect,
                words.word(item.release(), effect.remedy()),
                words.word(item.release(), effect.authority().name()),
                askedBy == null ? "" : words.who(askedBy),
                decision.decision().outcome().stream()
                        .filter(outcome -> outcome.remedy().equals(effect.remedy()))
                        .findFirst()
                        .map(outcome -> decisionReading.told(item.release(), decision.decision(), outcome))
                        .orElse(null),
                choices.ofDecision(effect.decisionId())
                        .map(choice -> choice.why().value())
                        .orElse(null),
                chosen == null ? null : chosen.name(),
                chosen == null ? null : chosen.picker(),
                chosen != null && picks != null && catalogue.gone(chosen.code(), picks) == null,
                picks,
                picks == null ? null : catalogue.gone(picked, picks),
                null);
    }

    private @Nullable List<CatalogueReading.Pick> picks(WorkItem item, Effect effect) {
        RecoveryCase recovery = desk.file(item.about()).recovery();
        return gifts.offer(recovery, effect.remedy(), effect.money())
                .map(catalogue::picks)
                .orElse(null);
    }

    /** The remedy that could not be carried out. */
    private EffectReading.@Nullable Failed failed(WorkItem item) {
        String key = item.subject();
        return item.kind() == WorkItem.Kind.TASK && key != null
                ? effects.find(key).map(effectReading::failed).orElse(null)
                : null;
    }

    /** The letter that cannot leave by itself. */
    private @Nullable Delivery undelivered(WorkItem item) {
        String subject = item.subject();
        return PostNews.aboutALetter(item) && subject != null ? deliveries.get(Long.parseLong(subject)) : null;
    }

    /** What the work is to keep. */
    private @Nullable Promise promised(WorkItem item) {
        String subject = item.subject();
        return item.kind() == WorkItem.Kind.PROMISE && subject != null ? promises.get(Long.parseLong(subject)) : null;
    }

    /** Why a step stopped, in words. */
    private @Nullable String stopped(WorkItem item) {
        String code = item.subject();
        return item.kind() == WorkItem.Kind.INCIDENT && code != null
                ? reader.words(new Problem(Problem.Kind.CONFLICT, code))
                : null;
    }

    /** The newest decision about remedies. */
    private static Optional<StoredDecision> recommended(CaseFile file) {
        return file.decisions().stream()
                .filter(stored -> !stored.decision().outcome().isEmpty())
                .reduce((earlier, later) -> later);
    }

    /** What was typed, by key; several choices stand behind each other with commas, which their values never hold. */
    private static Map<String, String> typed(MultiValueMap<String, String> request) {
        Map<String, String> typed = new LinkedHashMap<>();
        request.forEach((name, values) -> {
            if (name.startsWith(ANSWER)) {
                typed.put(name.substring(ANSWER.length()), String.join(",", values));
            }
        });
        return typed;
    }

    /** What was typed as answers: what was left empty is absent, days and times get their zone. */
    private Map<String, Object> answers(WorkItem item, Map<String, String> typed) {
        Map<String, Form.Kind> kinds = new HashMap<>();
        Form form = form(item);
        if (form != null) {
            form.fields().forEach(field -> kinds.put(field.key(), field.kind()));
        }
        Map<String, Object> answers = new LinkedHashMap<>();
        typed.forEach((key, value) -> {
            if (!value.isBlank()) {
                answers.put(key, kinds.get(key) == Form.Kind.DATE_TIME ? moment(value) : value.strip());
            }
        });
        return answers;
    }

    private String moment(String typed) {
        try {
            return reader.moment(typed).toString();
        } catch (DateTimeException notOne) {
            return typed;
        }
    }
}
