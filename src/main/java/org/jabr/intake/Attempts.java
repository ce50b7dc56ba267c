package org.jabr.intake;

import java.util.Set;
import java.util.function.Supplier;
import org.jabr.rules.Problem;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Does something in a transaction, and again in a new one where somebody else was in the way: two senders with the same
 * reference at the same moment, a case that moves while its customer calls. Where a transaction runs already the work
 * is part of it, and its owner tries again.
 */
@Component
public class Attempts {

    private static final int MOST = 6;
    private static final long PAUSE_MILLIS = 25;

    /** Became a case at this moment; erased at this moment, so that who reports is a new customer. */
    private static final Set<String> PASSING = Set.of("CASE-002", "CUSTOMER-002");

    /** The engine's word for it; its type stays behind the engine's wall. */
    private static final String ENGINE_CONFLICT = "OptimisticLockingException";

    private final TransactionTemplate transaction;

    Attempts(PlatformTransactionManager transactions) {
        this.transaction = new TransactionTemplate(transactions);
    }

    /** @throws Problem {@code INTAKE-009} where somebody else stayed in the way */
    public <T> T inTransaction(Supplier<T> work) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            return work.get();
        }
        for (int attempt = 1; ; attempt++) {
            try {
                return transaction.execute(status -> work.get());
            } catch (RuntimeException e) {
                if (!passing(e)) {
                    throw e;
                }
                if (attempt == MOST) {
                    throw e instanceof Problem ? e : new Problem(Problem.Kind.CONFLICT, "INTAKE-009");
                }
                pause(attempt);
            }
        }
    }

    /** Whether it may work the next time. */
    private static boolean passing(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof TransientDataAccessException
                    || cause instanceof DuplicateKeyException
                    || cause instanceof Problem problem && PASSING.contains(problem.code())
                    || cause.getClass().getSimpleName().equals(ENGINE_CONFLICT)) {
                return true;
            }
        }
        return false;
    }

    private static void pause(int attempt) {
        try {
            Thread.sleep(PAUSE_MILLIS << attempt);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
