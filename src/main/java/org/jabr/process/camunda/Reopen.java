package org.jabr.process.camunda;

import java.time.Clock;
import java.time.OffsetDateTime;
import org.jabr.cases.CaseDesk;
import org.springframework.stereotype.Component;

/** Opens a case once more because its recovery did not hold. */
@Component
class Reopen extends Block {

    private final CaseDesk desk;
    private final Clock clock;

    Reopen(CaseDesk desk, Clock clock) {
        this.desk = desk;
        this.clock = clock;
    }

    @Override
    void run(Step step) {
        desk.reopen(step.caseId());
        step.keep(Step.REOPENED, true);
        step.keep(Step.REOPENED_AT, OffsetDateTime.now(clock).toString());
    }
}
