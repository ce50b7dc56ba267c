package org.jabr.releases;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jabr.rules.CaseFacts;
import org.jabr.rules.DecisionFailed;
import org.jabr.rules.Moment;
import org.jabr.rules.Problem;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Lets rules decide in threads of their own and waits only so long. Only facts cross over: the transaction stays with
 * the caller. An evaluation cannot be interrupted, so one that hangs keeps its thread; therefore a release that fails so
 * for several cases is put in quarantine.
 */
@Component
class Patience implements AutoCloseable {

    static final String TOO_LONG = "RULE-055";
    static final String QUARANTINED = "RULE-056";

    /** How much longer than the deadline a busy machine may take for the same work. */
    private static final int BUSY = 5;

    private final Quarantine quarantine;
    private final Duration deadline;
    private final int strikes;
    private final ExecutorService threads;
    private final Map<String, Set<Integer>> failures = new ConcurrentHashMap<>();
    private final ThreadMXBean times = ManagementFactory.getThreadMXBean();

    /**
     * @param deadline how long one decision may take
     * @param strikes for how many different cases a release may fail in the same way
     */
    Patience(
            Quarantine quarantine,
            @Value("${jabr.rules.deadline:PT2S}") Duration deadline,
            @Value("${jabr.rules.strikes:3}") int strikes) {
        this.quarantine = quarantine;
        this.deadline = deadline;
        this.strikes = strikes;
        AtomicLong count = new AtomicLong();
        this.threads = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "rules-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Waits for an answer of a release about a case.
     *
     * @throws DecisionFailed {@code RULE-055} where it takes too long, {@code RULE-056} where the release is in
     *     quarantine, and whatever the work throws
     */
    <T> T with(String release, Moment moment, CaseFacts facts, Callable<T> work) {
        if (quarantine.of(release).isPresent()) {
            throw new DecisionFailed(moment, QUARANTINED, "quarantine", null);
        }
        AtomicLong thread = new AtomicLong();
        Future<T> answer = threads.submit(() -> {
            thread.set(Thread.currentThread().getId());
            return work.call();
        });
        try {
            return inTime(answer, thread);
        } catch (TimeoutException tooLong) {
            answer.cancel(true);
            failed(release, moment, facts, TOO_LONG, "");
            throw new DecisionFailed(moment, TOO_LONG, deadline.toMillis() + " ms", tooLong);
        } catch (ExecutionException failure) {
            throw failed(release, moment, facts, Objects.requireNonNullElse(failure.getCause(), failure));
        } catch (InterruptedException stopped) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new DecisionFailed(moment, "interrupted");
        }
    }

    /** On a busy machine the clock runs while nobody works: then the work itself counts, up to a limit. */
    private <T> T inTime(Future<T> answer, AtomicLong thread)
            throws TimeoutException, ExecutionException, InterruptedException {
        long slice = deadline.toMillis();
        for (int i = 1; i < BUSY; i++) {
            try {
                return answer.get(slice, TimeUnit.MILLISECONDS);
            } catch (TimeoutException notYet) {
                long worked = thread.get() == 0 ? 0 : times.getThreadCpuTime(thread.get());
                if (worked < 0 || worked >= deadline.toNanos()) {
                    throw notYet;
                }
            }
        }
        return answer.get(slice, TimeUnit.MILLISECONDS);
    }

    private RuntimeException failed(String release, Moment moment, CaseFacts facts, Throwable failure) {
        if (failure instanceof DecisionFailed failed) {
            Throwable cause = failed.getCause();
            if (cause != null) {
                failed(release, moment, facts, failed.code(), cause.getClass().getSimpleName());
            }
            return failed;
        }
        if (failure instanceof Problem problem) {
            return problem;
        }
        failed(release, moment, facts, "RULES-003", failure.getClass().getSimpleName());
        return new DecisionFailed(moment, failure.getClass().getSimpleName(), failure);
    }

    private void failed(String release, Moment moment, CaseFacts facts, String code, String what) {
        String how = code + " " + moment.name() + " " + what;
        Set<Integer> cases = failures.computeIfAbsent(release + " " + how, key -> new HashSet<>());
        boolean enough;
        synchronized (cases) {
            cases.add(facts.document().hashCode());
            enough = cases.size() >= strikes;
        }
        if (enough) {
            quarantine.add(release, code, (moment.name() + " " + what).strip());
        }
    }

    /** Forgets how a release failed, because it is given another chance. */
    void forgive(String release) {
        failures.keySet().removeIf(key -> key.startsWith(release + " "));
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
