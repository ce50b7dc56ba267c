package org.jabr.process;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jabr.cases.CaseDesk;
import org.jabr.cases.Cases;
import org.jabr.cases.RecoveryCase;
import org.jabr.remedies.Effect;
import org.jabr.remedies.Effects;
import org.jabr.remedies.RemedyDesk;
import org.jabr.rules.Decider;
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

    private final Cases cases;
    private final CaseDesk desk;
    private final Forms forms;
    private final Effects effects;
    private final RemedyDesk remedyDesk;
    private final Course course;

    WorkDone(Cases cases, CaseDesk desk, Forms forms, Effects effects, RemedyDesk remedyDesk, Course course) {
        this.cases = cases;
        this.desk = desk;
        this.forms = forms;
        this.effects = effects;
        this.remedyDesk = remedyDesk;
        this.course = course;
    }

    @EventListener
    void completed(WorkItem.Completed event) {
        WorkItem item = event.item();
        if (item.task() == null) {
            return;
        }
        if (item.kind() == WorkItem.Kind.APPROVAL) {
            approve(item, event.answers(), event.by());
        } else {
            keep(item, event.answers(), event.by());
        }
        switch (item.kind()) {
            case ACKNOWLEDGEMENT -> desk.spoken(item.caseId(), event.by());
            case CONFIRMATION -> remedyDesk.confirmDone(item.caseId(), event.by());
            case ESCALATION -> desk.deescalate(item.caseId(), event.by());
            default -> {
                // The other kinds have no meaning beyond what their diagram makes of them.
            }
        }
        course.proceed(item, event.by());
    }

    private void keep(WorkItem item, Map<String, Object> answers, Decider by) {
        String name = item.form();
        if (name != null) {
            RecoveryCase recovery = cases.get(item.caseId());
            Form form = forms.get(item.release(), name, Locale.ENGLISH);
            Map<String, Object> facts = new FormReading(form, recovery.currency()).facts(answers);
            desk.learn(item.caseId(), new HashMap<>(facts), by);
        }
    }

    private void approve(WorkItem item, Map<String, Object> answers, Decider by) {
        String key = item.subject() == null ? "" : item.subject();
        Map<String, Problem> problems = new LinkedHashMap<>();
        String verdict = String.valueOf(answers.get("verdict"));
        if (!verdict.equals("APPROVE") && !verdict.equals("REFUSE")) {
            problems.put("verdict", new Problem(Problem.Kind.INVALID, "FORM-007", "verdict"));
        }
        Money amount = amount(key, answers.get("amount"), problems);
        Object reason = answers.get("reason");
        if (reason != null && !(reason instanceof String)) {
            problems.put("reason", new Problem(Problem.Kind.INVALID, "FORM-005", "reason"));
        }
        if (!problems.isEmpty()) {
            throw new FormRefused("approval", problems);
        }
        desk.approve(item.caseId(), key, verdict.equals("APPROVE"), amount, (String) reason, by);
    }

    private @Nullable Money amount(String key, @Nullable Object answer, Map<String, Problem> problems) {
        Money asked = effects.find(key).map(Effect::money).orElse(null);
        if (answer == null || answer.toString().isBlank()) {
            return null;
        }
        try {
            if (answer instanceof Map<?, ?> money) {
                return Money.of(String.valueOf(money.get("amount")), String.valueOf(money.get("currency")));
            }
            // An amount without a currency is one in the currency of what was asked for.
            return asked == null ? null : Money.of(answer.toString(), asked.currency());
        } catch (ArithmeticException | IllegalArgumentException e) {
            problems.put("amount", new Problem(Problem.Kind.INVALID, "FORM-005", "amount"));
            return null;
        }
    }
}
