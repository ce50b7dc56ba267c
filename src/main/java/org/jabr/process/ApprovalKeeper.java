package org.jabr.process;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jabr.cases.ApprovalRules;
import org.jabr.cases.CaseDesk;
import org.jabr.process.ApprovalWaits.Wait;
import org.jabr.rules.Authority;
import org.jabr.rules.Decider;
import org.jabr.worklist.WorkItem;
import org.jabr.worklist.Worklist;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Nothing that is asked for waits for one person: an approval that nobody answers moves up when the rules say so, once for
 * each step however many nodes look, what lies with somebody who is away goes to who stands in for them, and what was asked
 * for before there was work for it gets its work.
 */
@Component
class ApprovalKeeper {

    private static final Logger LOG = LoggerFactory.getLogger(ApprovalKeeper.class);
    private static final int AT_ONCE = 100;
    private static final Duration AGAIN = Duration.ofMinutes(1);

    private final ApprovalWaits waits;
    private final ApprovalRules rules;
    private final Worklist worklist;
    private final CaseDesk desk;
    private final Undos undos;
    private final TransactionTemplate transaction;
    private final Clock clock;

    ApprovalKeeper(
            ApprovalWaits waits,
            ApprovalRules rules,
            Worklist worklist,
            CaseDesk desk,
            Undos undos,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.waits = waits;
        this.rules = rules;
        this.worklist = worklist;
        this.desk = desk;
        this.undos = undos;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /** The rules are asked later, so that no answer of theirs keeps the diagram from going on. */
    @EventListener
    void opened(WorkItem.Opened event) {
        WorkItem item = event.item();
        if (item.kind() == WorkItem.Kind.APPROVAL) {
            waits.add(item.id(), item.theCase(), item.authority(), item.createdAt());
        }
    }

    @EventListener
    void completed(WorkItem.Completed event) {
        if (event.item().kind() == WorkItem.Kind.APPROVAL) {
            waits.forget(event.item().id());
        }
    }

    /** Each approval is a transaction of its own, so that one that fails holds up no other; it is tried again next time. */
    @Scheduled(initialDelayString = "${jabr.approvals.every:PT10S}", fixedDelayString = "${jabr.approvals.every:PT10S}")
    void look() {
        OffsetDateTime now = OffsetDateTime.now(clock);
        for (String undo : undos.withoutWork(AT_ONCE)) {
            attempt(undo, () -> undos.giveWork(undo));
        }
        for (Wait wait : waits.due(now, AT_ONCE)) {
            if (!attempt(wait.item(), () -> lookAt(wait))) {
                // Those that fail stand behind all others.
                waits.later(wait.item(), now.plus(AGAIN));
            }
        }
        for (long item : worklist.ofAbsent(WorkItem.Kind.APPROVAL)) {
            attempt(item, () -> delegate(item));
        }
    }

    private boolean attempt(Object approval, Runnable what) {
        try {
            transaction.executeWithoutResult(status -> what.run());
            return true;
        } catch (RuntimeException e) {
            LOG.warn("Approval {} could not be looked after yet: {}", approval, e.toString());
            return false;
        }
    }

    private void lookAt(Wait seen) {
        worklist.hold(seen.caseId());
        OffsetDateTime now = OffsetDateTime.now(clock);
        Wait wait = waits.held(seen.item()).orElse(null);
        OffsetDateTime lookAt = wait == null ? null : wait.lookAt();
        if (wait == null || lookAt == null || lookAt.isAfter(now)) {
            // Another node was faster.
            return;
        }
        WorkItem item = worklist.get(wait.item());
        if (!item.open()) {
            waits.forget(wait.item());
            return;
        }
        Authority to = wait.next();
        if (to == null) {
            reckon(wait, item.authority(), wait.since(), wait.steps());
        } else {
            raise(wait, to, now);
        }
    }

    private void raise(Wait wait, Authority to, OffsetDateTime now) {
        Optional<WorkItem> raised =
                worklist.raise(wait.item(), to, new WorkItem.Why("raised", wait.raiseMinutes(), wait.because()));
        raised.ifPresent(item -> desk.note(
                item.theCase(),
                "APPROVAL_RAISED",
                Map.of("remedy", Objects.requireNonNullElse(item.subject(), ""), "to", to.name()),
                Decider.RULES.login()));
        reckon(wait, to, now, wait.steps() + 1);
    }

    private void reckon(Wait wait, Authority waitsFor, OffsetDateTime since, int steps) {
        ApprovalRules.Step step = rules.next(wait.caseId(), waitsFor, since).orElse(null);
        waits.put(waiting(wait, waitsFor, since, steps, step));
    }

    private static Wait waiting(
            Wait wait, Authority waitsFor, OffsetDateTime since, int steps, ApprovalRules.@Nullable Step step) {
        return step == null
                ? new Wait(wait.item(), wait.caseId(), waitsFor, since, null, null, 0, List.of(), steps)
                : new Wait(
                        wait.item(),
                        wait.caseId(),
                        waitsFor,
                        since,
                        step.at(),
                        step.to(),
                        step.minutes(),
                        step.because(),
                        steps);
    }

    private void delegate(long id) {
        worklist.delegate(id)
                .ifPresent(handed -> desk.note(
                        handed.item().theCase(),
                        handed.to() == null ? "APPROVAL_FREED" : "APPROVAL_DELEGATED",
                        Map.of(
                                "from",
                                Objects.requireNonNullElse(handed.from(), ""),
                                "to",
                                Objects.requireNonNullElse(handed.to(), "")),
                        Decider.RULES.login()));
    }
}
