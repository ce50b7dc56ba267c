package org.jabr.guard;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jabr.cases.Cases;
import org.jabr.cases.RecoveryCase;
import org.jabr.rules.Authority;
import org.jabr.rules.CaseId;
import org.jabr.worklist.NewWork;
import org.jabr.worklist.WorkItem;
import org.jabr.worklist.Worklist;
import org.springframework.stereotype.Component;

/** The work of looking at a finding. It says nothing of what was found; the finding does. */
@Component
class Looking {

    private static final String SUBJECT = "finding-";

    private final Worklist worklist;
    private final Cases cases;
    private final Clock clock;

    Looking(Worklist worklist, Cases cases, Clock clock) {
        this.worklist = worklist;
        this.cases = cases;
        this.clock = clock;
    }

    /** The finding that the work is about. */
    static long finding(WorkItem item) {
        return Long.parseLong(Objects.requireNonNull(item.subject()).substring(SUBJECT.length()));
    }

    void open(long finding, CaseId caseId, Authority authority, Set<String> concerned, int days) {
        RecoveryCase recovery = cases.get(caseId);
        worklist.open(new NewWork(
                WorkItem.Kind.TASK,
                WorkItem.LOOK_AT_FINDING,
                recovery.id(),
                recovery.reference(),
                recovery.release(),
                null,
                "",
                null,
                SUBJECT + finding,
                authority,
                concerned.stream().sorted().findFirst().orElse(null),
                recovery.queue(),
                recovery.skill(),
                recovery.language(),
                null,
                OffsetDateTime.now(clock).plusDays(days),
                List.of(new WorkItem.Why("due", 0, List.of()))));
    }

    /** The work that waits for a finding. */
    Optional<WorkItem> of(GuardFinding finding) {
        return worklist.ofCase(finding.caseId()).stream()
                .filter(item -> item.open() && (SUBJECT + finding.id()).equals(item.subject()))
                .findFirst();
    }
}
