package org.jabr.guard;

import java.util.Optional;
import org.jabr.cases.Cases;
import org.jabr.customers.StaffLinks;
import org.jabr.rules.Problem;
import org.jabr.worklist.Involvement;
import org.jabr.worklist.WorkItem;
import org.springframework.stereotype.Component;

/**
 * Nobody approves what is for themselves or somebody close to them, and nobody looks at a finding about themselves: the
 * work goes on waiting for another one.
 */
@Component
class Involved implements Involvement {

    private final Findings findings;
    private final Cases cases;
    private final StaffLinks links;

    Involved(Findings findings, Cases cases, StaffLinks links) {
        this.findings = findings;
        this.cases = cases;
        this.links = links;
    }

    @Override
    public Optional<Problem> keeps(WorkItem item, String login) {
        if (item.aboutAFinding()) {
            return problem(findings.concerns(Looking.finding(item), login), "GUARD-006", item);
        }
        return item.kind() == WorkItem.Kind.APPROVAL
                ? problem(links.related(login, cases.get(item.theCase()).customerId()), "GUARD-001", item)
                : Optional.empty();
    }

    private static Optional<Problem> problem(boolean involved, String code, WorkItem item) {
        return involved ? Optional.of(new Problem(Problem.Kind.FORBIDDEN, code, item.about())) : Optional.empty();
    }
}
