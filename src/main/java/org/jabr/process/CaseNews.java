package org.jabr.process;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jabr.cases.CaseDesk;
import org.jabr.cases.Cases;
import org.jabr.cases.Merges;
import org.jabr.cases.RecoveryCase;
import org.jabr.process.Course.Happening;
import org.jabr.remedies.Effect;
import org.jabr.rules.Authority;
import org.jabr.rules.Decider;
import org.jabr.surveys.Survey;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Brings what happens elsewhere in the house to the diagram of the case, in the transaction in which it happens. */
@Component
class CaseNews {

    private static final Decider CUSTOMER = new Decider("customer", Authority.RULES);

    /** Everything that a survey may answer: what this answer leaves open is not known any more. */
    private static final List<String> SURVEY_FACTS =
            List.of("answers.csat", "answers.ces", "answers.nps", "answers.satisfied");

    private final Cases cases;
    private final CaseDesk desk;
    private final Course course;
    private final Merges merges;

    CaseNews(Cases cases, CaseDesk desk, Course course, Merges merges) {
        this.cases = cases;
        this.desk = desk;
        this.course = course;
        this.merges = merges;
    }

    @EventListener
    void contacted(RecoveryCase.Contacted event) {
        RecoveryCase recovery = event.recovery();
        course.tell(recovery, Happening.CUSTOMER_CONTACTED, null);
        boolean regulator = "REGULATOR".equals(recovery.given().get("conversation.escalationThreat"));
        if (regulator && !recovery.openEscalation()) {
            course.tell(recovery, Happening.REGULATOR_COMPLAINED, null);
        }
    }

    @EventListener
    void withdrawn(RecoveryCase.Withdrawn event) {
        course.tell(event.recovery(), Happening.CUSTOMER_WITHDREW, null);
    }

    @EventListener
    void answered(Survey.Answered event) {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        SURVEY_FACTS.forEach(path -> facts.put(path, null));
        facts.putAll(event.answer().facts());
        desk.learn(event.caseId(), facts, CUSTOMER);
        course.tell(cases.get(event.caseId()), Happening.SURVEY_ANSWERED, null);
    }

    @EventListener
    void effectChanged(Effect.Changed event) {
        Effect effect = event.effect();
        if (effect.state() == Effect.State.NEEDS_PERSON) {
            course.tell(merges.survivor(cases.get(effect.caseId())), Happening.REMEDY_FAILED, effect.key());
        }
    }
}
