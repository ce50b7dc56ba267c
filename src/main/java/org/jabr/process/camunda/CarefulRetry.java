package org.jabr.process.camunda;

import org.camunda.bpm.engine.impl.cmd.DefaultJobRetryCmd;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.jabr.rules.DecisionFailed;
import org.jabr.rules.Problem;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a step that failed. A decision is pure and fails again with the same facts, so a person sees it at
 * once; somebody who changed the case at the same moment costs no try; everything else is tried again a few times.
 */
final class CarefulRetry extends DefaultJobRetryCmd {

    private static final long serialVersionUID = 1L;
    private static final String CHANGED_MEANWHILE = "CASE-002";

    CarefulRetry(String jobId, Throwable exception) {
        super(jobId, exception);
    }

    @Override
    protected void decrementRetries(JobEntity job) {
        if (failsAgain(exception)) {
            job.setRetries(0);
        } else {
            super.decrementRetries(job);
        }
    }

    @Override
    protected boolean shouldDecrementRetriesFor(Throwable failure) {
        Problem problem = cause(failure, Problem.class);
        boolean changed = problem != null && problem.code().equals(CHANGED_MEANWHILE);
        return !changed && super.shouldDecrementRetriesFor(failure);
    }

    private static boolean failsAgain(Throwable failure) {
        Problem problem = cause(failure, Problem.class);
        return cause(failure, DecisionFailed.class) != null
                || problem != null && problem.kind() != Problem.Kind.CONFLICT;
    }

    private static <T> @Nullable T cause(@Nullable Throwable failure, Class<T> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }
}
