package org.jabr.process;

import java.time.Clock;
import java.time.OffsetDateTime;
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
import org.jabr.worklist.NewWork;
import org.jabr.worklist.WorkItem;
import org.jabr.worklist.Worklist;
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

    /** The step of the diagram that does the same. */
    private static final String MEND = "mendRemedy";

    private final Cases cases;
    private final CaseDesk desk;
    private final Course course;
    private final Merges merges;
    private final Worklist worklist;
    private final Clock clock;

    CaseNews(Cases cases, CaseDesk desk, Course course, Merges merges, Worklist worklist, Clock clock) {
        this.cases = cases;
        this.desk = desk;
        this.course = course;
        this.merges = merges;
        this.worklist = worklist;
        this.clock = clock;
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
        if (!event.failed()) {
            return;
        }
        Effect effect = event.effect();
        RecoveryCase recovery = merges.survivor(cases.get(effect.caseId()));
        if (!course.tell(recovery, Happening.REMEDY_FAILED, effect.key())) {
            // The diagram has come to its end, or knows no such event: money that is missing still needs a person.
            worklist.open(new NewWork(
                    WorkItem.Kind.TASK,
                    MEND,
                    recovery.id(),
                    recovery.reference(),
                    recovery.release(),
                    null,
                    MEND,
                    null,
                    effect.key(),
                    Authority.SUPERVISOR,
                    null,
                    recovery.queue(),
                    recovery.skill(),
                    recovery.language(),
                    null,
                    OffsetDateTime.now(clock),
                    List.of(new WorkItem.Why("due", 0, List.of()))));
        }
    }
}
