package org.jabr.process;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jabr.cases.CaseDesk;
import org.jabr.cases.Cases;
import org.jabr.cases.Empowerment;
import org.jabr.cases.Gifts;
import org.jabr.cases.Merges;
import org.jabr.cases.RecoveryCase;
import org.jabr.finance.Differences;
import org.jabr.remedies.RemedyDesk;
import org.jabr.rules.Choice;
import org.jabr.rules.Decider;
import org.jabr.rules.Moment;
import org.jabr.rules.Money;
import org.jabr.rules.Problem;
import org.jabr.worklist.WorkItem;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Hears that a person completed work of a diagram: checks the answers against the form of the case's own release, keeps
 * what was learned, and lets the case go on. Whatever fails rolls back the completion.
 */
@Component
class WorkDone {

    private static final int LONGEST_REASON = 400;
    private static final String ANSWERS = "answers.";

    private final Cases cases;
    private final CaseDesk desk;
    private final Empowerment empowerment;
    private final Gifts gifts;
    private final Forms forms;
    private final RemedyDesk remedyDesk;
    private final Course course;
    private final Merges merges;
    private final Joining joining;
    private final ChoosingSteps choosing;

    WorkDone(
            Cases cases,
            CaseDesk desk,
            Empowerment empowerment,
            Gifts gifts,
            Forms forms,
            RemedyDesk remedyDesk,
            Course course,
            Merges merges,
            Joining joining,
            ChoosingSteps choosing) {
        this.cases = cases;
        this.desk = desk;
        this.empowerment = empowerment;
        this.gifts = gifts;
        this.forms = forms;
        this.remedyDesk = remedyDesk;
        this.course = course;
        this.merges = merges;
        this.joining = joining;
        this.choosing = choosing;
    }

    @EventListener
    void completed(WorkItem.Completed event) {
        WorkItem item = event.item();
        if (item.task() == null
                || item.kind() == WorkItem.Kind.PROMISE
                || PostNews.aboutALetter(item)
                || Differences.isOne(item)) {
            // No diagram waits for it.
            return;
        }
        if (item.kind() == WorkItem.Kind.APPROVAL) {
            approve(item, event.answers(), event.by());
        } else {
            answer(item, event.answers(), event.by());
        }
        if (Undos.isOne(item)) {
            // No diagram waits for it either.
            return;
        }
        switch (item.kind()) {
            case ACKNOWLEDGEMENT -> desk.spoken(item.theCase(), event.by());
            case CONFIRMATION -> merges.family(item.theCase()).forEach(one -> remedyDesk.confirmDone(one, event.by()));
            case ESCALATION -> desk.deescalate(item.theCase(), event.by());
            default -> {
                // The other kinds have no meaning beyond what their diagram makes of them.
            }
        }
        if (Joining.carriedOver(item)) {
            joining.done(item, event.by());
        } else {
            course.proceed(item, event.by());
        }
    }

    private void answer(WorkItem item, Map<String, Object> given, Decider by) {
        Optional<Moment> moment = choosing.moment(item);
        if (moment.isEmpty()) {
            keep(item, given, by);
            return;
        }
        List<Choice> chosen =
                ChoiceAnswers.read(given, cases.get(item.theCase()).currency());
        Object why = given.get(ChoiceAnswers.WHY);
        Map<String, Object> answers = new HashMap<>(given);
        answers.keySet().removeAll(List.of(ChoiceAnswers.CHOSEN, ChoiceAnswers.WHY, ChoiceAnswers.ITEMS));
        keep(item, answers, by);
        ChoiceAnswers.items(given)
                .forEach((remedy, picked) -> gifts.pick(
                        item.theCase(),
                        remedy,
                        chosen == null
                                ? null
                                : chosen.stream()
                                        .filter(choice -> choice.remedy().equals(remedy))
                                        .map(Choice::amount)
                                        .findFirst()
                                        .orElse(null),
                        picked,
                        by));
        if (chosen != null) {
            // After what was learned: the diagram asks the rules with both.
            empowerment.choose(item.theCase(), moment.get(), chosen, why == null ? null : why.toString(), by);
        }
    }

    private void keep(WorkItem item, Map<String, Object> answers, Decider by) {
        String name = item.form();
        if (name != null) {
            RecoveryCase recovery = cases.get(item.theCase());
            Form form = forms.get(item.release(), name, Locale.ENGLISH);
            Map<String, @Nullable Object> facts = new HashMap<>();
            // What this form asks and is left open is not known any more, whatever was answered another time.
            form.fields().stream()
                    .flatMap(field -> field.facts().stream())
                    .filter(path -> path.startsWith(ANSWERS))
                    .forEach(path -> facts.put(path, null));
            facts.putAll(new FormReading(form, recovery.currency()).facts(answers));
            desk.learn(item.theCase(), facts, by);
        }
    }

    private void approve(WorkItem item, Map<String, Object> answers, Decider by) {
        String key = item.subject() == null ? "" : item.subject();
        Map<String, Problem> problems = new LinkedHashMap<>();
        String verdict = String.valueOf(answers.get("verdict"));
        if (!verdict.equals("APPROVE") && !verdict.equals("REFUSE")) {
            problems.put("verdict", new Problem(Problem.Kind.INVALID, "FORM-007", "verdict"));
        }
        Money amount = amount(item, answers.get("amount"), problems);
        Object reason = answers.get("reason");
        if (reason != null && !(reason instanceof String text && text.length() <= LONGEST_REASON)) {
            problems.put("reason", new Problem(Problem.Kind.INVALID, "FORM-006", "reason"));
        }
        if (!problems.isEmpty()) {
            throw new FormRefused("approval", problems);
        }
        Object picked = answers.get("item");
        desk.approve(
                item.theCase(),
                key,
                verdict.equals("APPROVE"),
                amount,
                (String) reason,
                picked == null || picked.toString().isBlank() ? null : picked.toString(),
                by);
    }

    /** An amount without a currency is one in the currency of the case; another currency is refused. */
    private @Nullable Money amount(WorkItem item, @Nullable Object answer, Map<String, Problem> problems) {
        if (answer == null || answer.toString().isBlank()) {
            return null;
        }
        String currency = cases.get(item.theCase()).currency();
        Form.Field field =
                new Form.Field("amount", Form.Kind.MONEY, "", null, true, Form.Limits.NONE, List.of(), null, null);
        return new FormReading(Form.of("approval", List.of(field)), currency).money(field, answer, problems);
    }
}
