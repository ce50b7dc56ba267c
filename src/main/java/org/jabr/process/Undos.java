package org.jabr.process;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jabr.cases.ApprovalRules;
import org.jabr.cases.CaseDesk;
import org.jabr.cases.Cases;
import org.jabr.cases.Merges;
import org.jabr.cases.RecoveryCase;
import org.jabr.remedies.Effect;
import org.jabr.remedies.Effects;
import org.jabr.rules.Authority;
import org.jabr.rules.Decider;
import org.jabr.rules.DecisionFailed;
import org.jabr.rules.Problem;
import org.jabr.worklist.NewWork;
import org.jabr.worklist.WorkItem;
import org.jabr.worklist.Worklist;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Wishes to take something back wait in the one list like every approval, and are answered there or on the effect's page,
 * once. No step of a diagram waits for them: most cases have ended by then.
 */
@Component
public class Undos {

    private static final Logger LOG = LoggerFactory.getLogger(Undos.class);
    private static final String TASK = "undo-";
    private static final String NAME = "APPROVE_UNDO";
    private static final String WAITS = "from effect where state = 'ASKED' and remedy_class = 'UNDO' ";

    private final Worklist worklist;
    private final Effects effects;
    private final CaseDesk desk;
    private final Cases cases;
    private final Merges merges;
    private final ApprovalRules rules;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Undos(
            Worklist worklist,
            Effects effects,
            CaseDesk desk,
            Cases cases,
            Merges merges,
            ApprovalRules rules,
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.worklist = worklist;
        this.effects = effects;
        this.desk = desk;
        this.cases = cases;
        this.merges = merges;
        this.rules = rules;
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /** Whether no step of a diagram waits behind the work. */
    public static boolean isOne(WorkItem item) {
        return item.task() != null && item.task().startsWith(TASK);
    }

    private static String task(String key) {
        return TASK + key;
    }

    /** The open work that waits for an answer to this undo. */
    public Optional<WorkItem> work(String key) {
        return worklist.waiting(task(key));
    }

    /** Whether this person could answer it: of enough authority by now, not who asked, and not close to the customer. */
    public boolean answerable(Effect undo, Decider by) {
        if (!undo.undo() || undo.state() != Effect.State.ASKED) {
            return false;
        }
        return work(undo.key())
                .map(item -> worklist.keeps(item, by).isEmpty())
                .orElseGet(() -> by.authority().satisfies(undo.authority())
                        && !by.login().equals(undo.askedBy()));
    }

    /**
     * Answers it where the effect is looked at, whoever has the work in the list: that ends with it.
     *
     * @throws Problem {@code REMEDY-001} there is no such undo, {@code REMEDY-002} it is answered already,
     *     {@code REMEDY-007} what is to be taken back is not there any more, {@code REMEDY-009} refused with too long a
     *     reason, {@code WORK-003}, {@code WORK-004} and {@code GUARD-001} where another person must answer it,
     *     {@code CASE-005} where a refusal has no reason
     */
    public void answer(String key, boolean approved, @Nullable String reason, Decider by) {
        if (effects.find(key).filter(Effect::undo).isEmpty()) {
            throw new Problem(Problem.Kind.NOT_FOUND, "REMEDY-001", key);
        }
        // In a transaction of its own: the effect is held in it, and work items are always held before effects.
        transaction.executeWithoutResult(status -> giveWork(key));
        transaction.executeWithoutResult(status -> {
            WorkItem item =
                    worklist.hold(task(key)).orElseThrow(() -> new Problem(Problem.Kind.CONFLICT, "REMEDY-002", key));
            Optional<Problem> kept = worklist.keeps(item, by);
            if (kept.isPresent()) {
                throw kept.get();
            }
            desk.approve(item.theCase(), key, approved, null, reason, by);
        });
    }

    @EventListener
    void changed(Effect.Changed event) {
        Effect effect = event.effect();
        if (!effect.undo()) {
            return;
        }
        switch (effect.state()) {
            case ASKED -> open(effect);
            case RESERVED, REFUSED, CANCELLED -> worklist.cancel(task(effect.key()));
            default -> {
                // It was answered before.
            }
        }
    }

    /** Undos that wait and never had any work: they were asked for before there was work for them. */
    List<String> withoutWork(int most) {
        return jdbc.sql("select effect_key " + WAITS + "and not exists (select 1 from work_item where task = '" + TASK
                        + "' || effect_key) order by created_at, effect_key fetch first :most rows only")
                .param("most", most)
                .query(String.class)
                .list();
    }

    /** Part of the caller's transaction: who looks at the same one at the same moment comes after this, and finds the work. */
    void giveWork(String key) {
        boolean waits = jdbc.sql("select effect_key " + WAITS + "and effect_key = :key for update")
                .param("key", key)
                .query(String.class)
                .optional()
                .isPresent();
        if (waits && withoutWork(key)) {
            open(effects.find(key).orElseThrow());
        }
    }

    private boolean withoutWork(String key) {
        return jdbc.sql("select count(*) from work_item where task = :task")
                        .param("task", task(key))
                        .query(Integer.class)
                        .single()
                == 0;
    }

    private void open(Effect undo) {
        RecoveryCase recovery = merges.survivor(cases.get(undo.caseId()));
        List<WorkItem.Why> why = new ArrayList<>(List.of(new WorkItem.Why("due", 0, List.of())));
        if (recovery.boostMinutes() > 0) {
            why.add(new WorkItem.Why("boost", recovery.boostMinutes(), recovery.boostBecause()));
        }
        worklist.open(new NewWork(
                WorkItem.Kind.APPROVAL,
                NAME,
                recovery.id(),
                recovery.reference(),
                recovery.release(),
                task(undo.key()),
                "",
                null,
                undo.key(),
                undo.authority(),
                Objects.requireNonNull(undo.askedBy()),
                recovery.queue(),
                recovery.skill(),
                recovery.language(),
                null,
                dueAt(recovery, undo.authority()),
                why));
    }

    /**
     * As every approval of the case, by its deadline. Where that is over, by the time at which the rules move the approval
     * up; where they move it nowhere, now.
     */
    private OffsetDateTime dueAt(RecoveryCase recovery, Authority authority) {
        OffsetDateTime now = OffsetDateTime.now(clock);
        if (!recovery.stage().ended() && recovery.resolveDueAt().isAfter(now)) {
            return recovery.resolveDueAt();
        }
        try {
            return rules.next(recovery.id(), authority, now)
                    .map(ApprovalRules.Step::at)
                    .orElse(now);
        } catch (DecisionFailed failed) {
            LOG.warn("Undo work of case {} is due at once: {}", recovery.reference(), failed.code());
            return now;
        }
    }
}
