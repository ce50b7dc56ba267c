package org.jabr.web.desk;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jabr.intake.Attempts;
import org.jabr.process.Form;
import org.jabr.process.Forms;
import org.jabr.rules.Decider;
import org.jabr.rules.Problem;
import org.jabr.worklist.Bulk;
import org.jabr.worklist.WorkItem;
import org.jabr.worklist.Worklist;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What is done to many items at once, and what it would do to each. */
@Component
public class WorkBulk {

    private final Worklist worklist;
    private final Forms forms;
    private final Attempts attempts;
    private final Clock clock;

    WorkBulk(Worklist worklist, Forms forms, Attempts attempts, Clock clock) {
        this.worklist = worklist;
        this.forms = forms;
        this.attempts = attempts;
        this.clock = clock;
    }

    /** What can be done to many. */
    public enum Action {
        CLAIM,
        RELEASE,
        ASSIGN,
        REDIRECT,
        SNOOZE,
        WAKE,
        COMPLETE
    }

    /**
     * @param to whom an assignment gives the items; which desk they are sent to
     * @param hours how long items are put off; null until their effective deadline
     */
    public record Order(
            Action action, @Nullable String to, @Nullable Integer hours) {}

    /** What would become of each, without doing it. */
    public List<Bulk.Result> preview(Order order, List<Long> ids, Decider by) {
        return Bulk.each(ids, id -> obstacle(order, worklist.get(id), by).ifPresent(problem -> {
            throw problem;
        }));
    }

    /** Does it, each item in a transaction of its own. */
    public List<Bulk.Result> carryOut(Order order, List<Long> ids, Decider by) {
        LongConsumer change = id -> obstacle(order, worklist.get(id), by)
                .ifPresentOrElse(
                        problem -> {
                            throw problem;
                        },
                        () -> change(order, id, by));
        return Bulk.each(
                ids,
                id -> attempts.inTransaction(() -> {
                    change.accept(id);
                    return id;
                }));
    }

    private void change(Order order, long id, Decider by) {
        switch (order.action()) {
            case CLAIM -> worklist.claim(id, by);
            case RELEASE -> worklist.release(id, by);
            case ASSIGN -> worklist.assign(id, to(order), by);
            case REDIRECT -> worklist.redirect(id, to(order), by);
            case SNOOZE -> worklist.snooze(id, until(order, worklist.get(id)), by);
            case WAKE -> worklist.wake(id, by);
            case COMPLETE -> worklist.complete(id, Map.of(), by);
        }
    }

    private Optional<Problem> obstacle(Order order, WorkItem item, Decider by) {
        return switch (order.action()) {
            case CLAIM -> worklist.may(Worklist.Action.CLAIM, item, by);
            case RELEASE -> worklist.may(Worklist.Action.RELEASE, item, by);
            case ASSIGN -> worklist.mayAssign(item, to(order), by);
            case REDIRECT -> worklist.mayRedirect(item, to(order), by);
            case SNOOZE -> worklist.maySnooze(item, until(order, item), by);
            case WAKE -> worklist.mayWake(item, by);
            case COMPLETE -> worklist.may(Worklist.Action.COMPLETE, item, by).or(() -> needsAnswers(item));
        };
    }

    /** Many are completed only where nothing is asked: an approval and a form with questions are opened one by one. */
    private Optional<Problem> needsAnswers(WorkItem item) {
        String name = item.form();
        boolean asks = item.kind() == WorkItem.Kind.APPROVAL
                || name != null
                        && forms.get(item.release(), name, Locale.ENGLISH).fields().stream()
                                .anyMatch(Form.Field::required);
        return asks ? Optional.of(new Problem(Problem.Kind.INVALID, "WORK-014", item.id())) : Optional.empty();
    }

    private static String to(Order order) {
        String to = order.to();
        if (to == null || to.isBlank()) {
            throw new Problem(Problem.Kind.INVALID, "WORK-015");
        }
        return to;
    }

    private OffsetDateTime until(Order order, WorkItem item) {
        Integer hours = order.hours();
        return hours == null ? item.effectiveAt() : OffsetDateTime.now(clock).plusHours(hours);
    }
}
