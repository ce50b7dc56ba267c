package org.jabr.intake.demo;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jabr.cases.Cases;
import org.jabr.cases.RecoveryCase;
import org.jabr.cases.Stage;
import org.jabr.customers.PersonalText;
import org.jabr.intake.Attempts;
import org.jabr.intake.CaseIntake;
import org.jabr.rules.Authority;
import org.jabr.rules.Decider;
import org.jabr.surveys.Survey;
import org.jabr.surveys.Surveys;
import org.jabr.worklist.WorkItem;
import org.jabr.worklist.Worklist;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/**
 * Moves a demo case one step along its story: looks where it stands and does what comes next, as people and customers
 * would. Asked again in the same situation it does the same, so it can be interrupted at any time.
 */
@Component
@ConditionalOnProperty("jabr.demo.data")
class Storyteller {

    private static final Set<Stage> RESTING = Set.of(Stage.FOLLOW_UP, Stage.CLOSED, Stage.WITHDRAWN);
    private static final List<Decider> PEOPLE = List.of(
            new Decider("agent", Authority.AGENT),
            new Decider("agent2", Authority.AGENT),
            new Decider("supervisor", Authority.SUPERVISOR),
            new Decider("manager", Authority.MANAGER));

    private final Cases cases;
    private final CaseIntake intake;
    private final Worklist worklist;
    private final Surveys surveys;
    private final Attempts attempts;

    Storyteller(Cases cases, CaseIntake intake, Worklist worklist, Surveys surveys, Attempts attempts) {
        this.cases = cases;
        this.intake = intake;
        this.worklist = worklist;
        this.surveys = surveys;
        this.attempts = attempts;
    }

    /** @return whether the story is told */
    boolean tell(Shop shop, Shop.Case told) {
        RecoveryCase recovery = cases.findExternal(told.ref()).orElseThrow();
        List<WorkItem> open = worklist.ofCase(recovery.id()).stream()
                .filter(item -> item.state() == WorkItem.State.OPEN || item.state() == WorkItem.State.CLAIMED)
                .toList();
        if (open.isEmpty() && !RESTING.contains(recovery.stage())) {
            // The engine is at work.
            return false;
        }
        return switch (told.story()) {
            case LEFT_ALONE -> true;
            case WORKED -> recovery.stage() == Stage.FOLLOW_UP || !work(shop, told, open);
            case CLOSED, CLOSED_WITHOUT_DELAY -> closed(shop, told, recovery, open);
            case APPROVAL_WAITS -> approvalWaits(shop, told, open);
            case CALLED_AGAIN -> calledAgain(shop, told, recovery, "again", "ANNOYED", "NONE");
            case REOPENED -> recovery.reopened() || recovery.stage().ended() || unhappy(shop, told, recovery, open);
            case FAILED_TWICE ->
                recovery.openEscalation() || recovery.stage().ended() || unhappy(shop, told, recovery, open);
            case REGULATOR -> calledAgain(shop, told, recovery, "regulator", "ANGRY", "REGULATOR");
            case WITHDRAWN -> withdrawn(recovery);
        };
    }

    private boolean closed(Shop shop, Shop.Case told, RecoveryCase recovery, List<WorkItem> open) {
        if (recovery.stage().ended()) {
            return true;
        }
        if (recovery.stage() == Stage.FOLLOW_UP && open.isEmpty()) {
            return !answer(shop, told, recovery, true);
        }
        return !work(shop, told, open);
    }

    private boolean unhappy(Shop shop, Shop.Case told, RecoveryCase recovery, List<WorkItem> open) {
        if (recovery.stage() == Stage.FOLLOW_UP && open.isEmpty()) {
            return !answer(shop, told, recovery, false);
        }
        return !work(shop, told, open);
    }

    private boolean approvalWaits(Shop shop, Shop.Case told, List<WorkItem> open) {
        List<WorkItem> first = open.stream()
                .filter(item -> item.kind() == WorkItem.Kind.ACKNOWLEDGEMENT)
                .toList();
        return first.isEmpty() || !work(shop, told, first);
    }

    private boolean calledAgain(
            Shop shop, Shop.Case told, RecoveryCase recovery, String what, String emotion, String threat) {
        if (!recovery.stage().ended()) {
            intake.contact(
                    recovery.reference(),
                    "PHONE",
                    shop.says(told.person().language(), what),
                    told.ref() + "-again",
                    Map.of("conversation.emotion", emotion, "conversation.escalationThreat", threat),
                    "agent");
        }
        return true;
    }

    private boolean withdrawn(RecoveryCase recovery) {
        if (!recovery.stage().ended()) {
            intake.withdraw(recovery.reference(), "agent");
        }
        return true;
    }

    /** @return whether there was a question to answer */
    private boolean answer(Shop shop, Shop.Case told, RecoveryCase recovery, boolean satisfied) {
        boolean asked = surveys.ofCase(recovery.id()).stream().anyMatch(survey -> survey.answeredAt() == null);
        if (asked) {
            int mood = told.daysAgo() % 2;
            String comment = shop.says(told.person().language(), satisfied ? "happy" : "unhappy");
            Survey.Answer answer = satisfied
                    ? new Survey.Answer(4 + mood, 5 + mood, 8 + mood * 2, true, new PersonalText(comment))
                    : new Survey.Answer(1 + mood, 2 + mood, 2 + mood * 2, false, new PersonalText(comment));
            attempts.inTransaction(() -> {
                surveys.answer(recovery.id(), answer);
                return true;
            });
        }
        return asked;
    }

    /** Somebody who may completes the first of these items. @return whether there was one */
    private boolean work(Shop shop, Shop.Case told, List<WorkItem> open) {
        if (open.isEmpty()) {
            return false;
        }
        WorkItem item = open.get(0);
        Decider by = PEOPLE.stream()
                .filter(person -> person.authority().satisfies(item.authority()))
                .filter(person -> !person.login().equals(item.notBy()))
                .filter(person -> item.assignee() == null || person.login().equals(item.assignee()))
                .filter(person -> person.authority() != Authority.AGENT || speaks(person, told))
                .findFirst()
                .orElse(PEOPLE.get(PEOPLE.size() - 1));
        attempts.inTransaction(() -> {
            worklist.complete(item.id(), answers(shop, told, item), by);
            return true;
        });
        return true;
    }

    private static boolean speaks(Decider person, Shop.Case told) {
        return person.login().equals("agent2") == told.person().language().equals("ar");
    }

    private static Map<String, Object> answers(Shop shop, Shop.Case told, WorkItem item) {
        String language = told.person().language();
        Map<String, Object> answers = new HashMap<>();
        switch (item.kind()) {
            case APPROVAL -> {
                answers.put("verdict", told.daysAgo() % 4 == 3 ? "REFUSE" : "APPROVE");
                answers.put("reason", shop.says(language, "reason"));
            }
            case ACKNOWLEDGEMENT -> {
                answers.put("conversation.emotion", told.emotion());
                answers.put("note", shop.says(language, "note"));
            }
            case CONFIRMATION -> answers.put("agreed", true);
            case FOLLOW_UP -> answers.put("satisfied", true);
            case ESCALATION -> answers.put("solution", shop.says(language, "solution"));
            case TASK -> answers.put("note", shop.says(language, "solution"));
            case INCIDENT -> {
                // A step that stopped is tried again without further words.
            }
        }
        return answers;
    }
}
