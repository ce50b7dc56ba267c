package org.jabr.process;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import org.jabr.cases.Cases;
import org.jabr.cases.Merges;
import org.jabr.cases.RecoveryCase;
import org.jabr.post.Delivery;
import org.jabr.post.PostDesk;
import org.jabr.rules.Authority;
import org.jabr.worklist.NewWork;
import org.jabr.worklist.WorkItem;
import org.jabr.worklist.Worklist;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** A letter that cannot leave is work for a person, until the customer knows: nobody is left to wait in silence. */
@Component
public class PostNews {

    private static final String TASK = "letter-";
    private static final String NAME = "TELL_ANOTHER_WAY";

    private final Worklist worklist;
    private final Cases cases;
    private final Merges merges;
    private final PostDesk post;
    private final Clock clock;

    PostNews(Worklist worklist, Cases cases, Merges merges, PostDesk post, Clock clock) {
        this.worklist = worklist;
        this.cases = cases;
        this.merges = merges;
        this.post = post;
        this.clock = clock;
    }

    /** Whether no step of a diagram waits behind the work. */
    public static boolean aboutALetter(WorkItem item) {
        return item.task() != null && item.task().startsWith(TASK);
    }

    @EventListener
    void failed(Delivery.Failed event) {
        Delivery delivery = event.delivery();
        RecoveryCase recovery = merges.survivor(cases.get(delivery.caseId()));
        worklist.open(new NewWork(
                WorkItem.Kind.TASK,
                NAME,
                recovery.id(),
                recovery.reference(),
                recovery.release(),
                TASK + delivery.id(),
                "",
                null,
                String.valueOf(delivery.id()),
                Authority.AGENT,
                null,
                recovery.queue(),
                recovery.skill(),
                recovery.language(),
                recovery.owner(),
                OffsetDateTime.now(clock),
                List.of(new WorkItem.Why("due", 0, List.of()))));
    }

    @EventListener
    void again(Delivery.Again event) {
        worklist.cancel(TASK + event.delivery().id());
    }

    @EventListener
    void arrived(Delivery.Arrived event) {
        worklist.cancel(TASK + event.delivery().id());
    }

    @EventListener
    void completed(WorkItem.Completed event) {
        if (aboutALetter(event.item())) {
            post.settle(Long.parseLong(Objects.requireNonNull(event.item().subject())));
        }
    }
}
