package org.jabr.process;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jabr.cases.CaseDesk;
import org.jabr.cases.Cases;
import org.jabr.cases.RecoveryCase;
import org.jabr.process.Migration.Candidate;
import org.jabr.process.Migration.CaseState;
import org.jabr.releases.Release;
import org.jabr.releases.Releases;
import org.jabr.rules.CaseId;
import org.jabr.rules.Problem;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Moves running cases to another release on purpose: looks first, then moves each case in a transaction of its own, and
 * keeps what became of it. A batch goes on after a restart, and several nodes may work on it.
 */
@Service
public class Migrations {

    /** Most cases that a preview tries at once; each is really moved and taken back. */
    public static final int PREVIEW = 50;

    private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);
    private static final int PAGE = 200;
    private static final int TRIES = 3;
    private static final String PREVIEWED = "preview";
    private static final String UNEXPECTED = "PROC-020";

    private final MigrationStore store;
    private final Mover mover;
    private final Recovery recovery;
    private final Cases cases;
    private final CaseDesk desk;
    private final Releases releases;
    private final TransactionTemplate ownTransaction;
    private final Clock clock;

    Migrations(
            MigrationStore store,
            Mover mover,
            Recovery recovery,
            Cases cases,
            CaseDesk desk,
            Releases releases,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.store = store;
        this.mover = mover;
        this.recovery = recovery;
        this.cases = cases;
        this.desk = desk;
        this.releases = releases;
        this.ownTransaction = new TransactionTemplate(transactions);
        this.ownTransaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.clock = clock;
    }

    /**
     * What would become of cases; nothing of it remains.
     *
     * @param after the last case of the page before; null for the first
     * @throws Problem {@code RELEASE-002}, {@code MIG-001} where the plan cannot be
     */
    public List<Candidate> preview(Migration.Plan plan, @Nullable CaseId after) {
        check(plan);
        return cases.running(plan.from(), plan.process(), plan.stage(), after, PREVIEW).stream()
                .map(one -> new Candidate(one, recovery.path(one.id()).active(), tried(one, plan)))
                .toList();
    }

    private List<Mover.Obstacle> tried(RecoveryCase one, Migration.Plan plan) {
        try {
            ownTransaction.executeWithoutResult(status -> {
                status.setRollbackOnly();
                move(one, plan.to(), plan.steps(), PREVIEWED);
            });
            return List.of();
        } catch (Problem problem) {
            return obstacles(problem);
        }
    }

    private void move(RecoveryCase one, String to, Map<String, String> steps, String by) {
        mover.move(one, to, steps);
        desk.repin(one.id(), to, by);
    }

    private static List<Mover.Obstacle> obstacles(Problem problem) {
        if (problem instanceof Mover.CannotMove cannot) {
            return cannot.obstacles();
        }
        String about = problem.values().isEmpty()
                ? ""
                : String.valueOf(problem.values().get(0));
        return List.of(new Mover.Obstacle("", problem.code(), about));
    }

    /**
     * Begins to move the cases of a plan.
     *
     * @return the id of the batch
     * @throws Problem {@code RELEASE-002}, {@code MIG-001} where the plan cannot be, {@code MIG-004} where there is no case
     */
    @Transactional
    public long start(Migration.Plan plan, String by) {
        check(plan);
        long id = store.add(plan, by, now());
        CaseId after = null;
        long count = 0;
        List<RecoveryCase> page;
        do {
            page = cases.running(plan.from(), plan.process(), plan.stage(), after, PAGE);
            store.addCases(id, page);
            count += page.size();
            after = page.isEmpty() ? after : page.get(page.size() - 1).id();
        } while (page.size() == PAGE);
        if (count == 0) {
            throw new Problem(Problem.Kind.CONFLICT, "MIG-004", plan.from());
        }
        return id;
    }

    /** Stops a batch before its next case; what was moved stays moved. @throws Problem {@code MIG-003} */
    @Transactional
    public void cancel(long id, String by) {
        get(id);
        store.end(id, Migration.State.CANCELLED, by, now());
    }

    /** Newest first. */
    public List<Migration> list() {
        return store.list();
    }

    /** @throws Problem {@code MIG-003} */
    public Migration get(long id) {
        return store.find(id).orElseThrow(() -> new Problem(Problem.Kind.NOT_FOUND, "MIG-003", id));
    }

    /** @param state only these; null for all */
    public List<Migration.Result> results(long id, @Nullable CaseState state, int limit) {
        return store.results(get(id).id(), state, limit);
    }

    /** Works on every batch that is not done, until there is nothing left or {@code stop} says so. */
    void work(BooleanSupplier stop) {
        for (long id : store.running()) {
            while (!stop.getAsBoolean() && get(id).state() == Migration.State.RUNNING) {
                List<CaseId> waiting = store.waiting(id, PAGE);
                if (waiting.isEmpty()) {
                    ownTransaction.executeWithoutResult(status -> store.end(id, Migration.State.DONE, null, now()));
                }
                Migration batch = get(id);
                waiting.stream()
                        .takeWhile(one -> !stop.getAsBoolean() && get(id).state() == Migration.State.RUNNING)
                        .forEach(one -> one(batch, one));
            }
        }
    }

    private void one(Migration batch, CaseId id) {
        for (int left = TRIES; left > 0; left--) {
            try {
                ownTransaction.executeWithoutResult(status -> move(batch, id));
                return;
            } catch (RuntimeException e) {
                if (e instanceof Problem problem && isLasting(problem)) {
                    tell(batch, id, CaseState.REFUSED, obstacles(problem));
                    return;
                }
                // Somebody works on the case at this very moment, most likely; then it is tried again.
                if (left == 1) {
                    LOG.warn("Case {} could not be moved: {}", id.value(), e.toString());
                    tell(
                            batch,
                            id,
                            CaseState.FAILED,
                            e instanceof Problem problem
                                    ? obstacles(problem)
                                    : List.of(new Mover.Obstacle("", UNEXPECTED, "")));
                }
            }
        }
    }

    /** Whether trying again would only say the same. */
    private static boolean isLasting(Problem problem) {
        return problem instanceof Mover.CannotMove || problem.kind() == Problem.Kind.INVALID;
    }

    private void tell(Migration batch, CaseId id, CaseState state, List<Mover.Obstacle> obstacles) {
        ownTransaction.executeWithoutResult(status -> store.became(batch.id(), id, state, obstacles, now()));
    }

    private void move(Migration batch, CaseId id) {
        RecoveryCase one = cases.get(id);
        boolean there = !one.stage().ended() && one.release().equals(batch.from());
        CaseState state = there ? CaseState.MOVED : CaseState.PASSED;
        // Whichever node is first takes the row; for another one there is nothing left to do.
        if (!store.became(batch.id(), id, state, List.of(), now()) || !there) {
            return;
        }
        boolean stopped = !recovery.incidents(id).isEmpty();
        move(one, batch.to(), batch.steps(), batch.startedBy());
        if (stopped) {
            recovery.retry(id);
        }
    }

    private void check(Migration.Plan plan) {
        Release target = releases.get(plan.to());
        releases.get(plan.from());
        if (plan.from().equals(plan.to()) || target.publishedAt() == null) {
            throw new Problem(Problem.Kind.INVALID, "MIG-001", plan.from(), plan.to());
        }
    }

    private OffsetDateTime now() {
        return OffsetDateTime.now(clock);
    }
}
