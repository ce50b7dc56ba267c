package org.jabr.rules.drools;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jabr.rules.Progress;
import org.jspecify.annotations.Nullable;

/** The few trial processes there may be, kept warm for the next question and ended when nobody asks for a while. */
final class TrialChildren implements AutoCloseable {

    private static final Duration LOOK = Duration.ofSeconds(15);

    private final TrialProgram program;
    private final Semaphore places;
    private final Duration compile;
    private final Duration idle;
    private final Deque<TrialChild> waiting = new ArrayDeque<>();
    private final Set<TrialChild> all = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService keeper;
    private boolean closed;

    /** @param compile what a question may take longer where the process does not know the files */
    TrialChildren(TrialProgram program, int most, Duration compile, Duration idle) {
        this.program = program;
        this.places = new Semaphore(most, true);
        this.compile = compile;
        this.idle = idle;
        this.keeper = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "trial-keeper");
            thread.setDaemon(true);
            return thread;
        });
        long look = Math.max(1, Math.min(LOOK.toMillis(), idle.toMillis()));
        keeper.scheduleWithFixedDelay(this::endIdle, look, look, TimeUnit.MILLISECONDS);
    }

    <T> T ask(
            String operation,
            String key,
            Map<String, String> files,
            Map<String, Object> arguments,
            Duration most,
            Progress progress,
            Function<TrialWire.Reply, T> read) {
        takePlace(most, progress);
        try {
            TrialChild child = warm(key);
            if (child != null) {
                try {
                    return asked(child, operation, key, files, arguments, most, progress, read);
                } catch (TrialFailed failed) {
                    // one that waited may have gone unseen; a new one decides whether it is the question's fault
                    if (!failed.code().equals(TrialFailed.BROKE_OFF)) {
                        throw failed;
                    }
                }
            }
            return asked(fresh(), operation, key, files, arguments, most, progress, read);
        } finally {
            places.release();
        }
    }

    private <T> T asked(
            TrialChild child,
            String operation,
            String key,
            Map<String, String> files,
            Map<String, Object> arguments,
            Duration most,
            Progress progress,
            Function<TrialWire.Reply, T> read) {
        try {
            return child.ask(operation, key, files, arguments, most, progress, read);
        } finally {
            giveBack(child);
        }
    }

    private void takePlace(Duration most, Progress progress) {
        long end = System.nanoTime() + most.toNanos();
        try {
            while (!places.tryAcquire(100, TimeUnit.MILLISECONDS)) {
                if (progress.cancelled()) {
                    throw new TrialCancelled();
                }
                if (System.nanoTime() - end > 0) {
                    throw new TrialFailed(TrialFailed.NO_PLACE);
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new TrialCancelled();
        }
    }

    /** One that has compiled these files, or the one that waits longest, whose files are missed least. */
    private synchronized @Nullable TrialChild warm(String key) {
        waiting.removeIf(child -> {
            if (!child.alive()) {
                end(child);
            }
            return !child.alive();
        });
        for (TrialChild child : waiting) {
            if (child.knows(key)) {
                waiting.remove(child);
                return child;
            }
        }
        return waiting.pollLast();
    }

    private synchronized TrialChild fresh() {
        if (closed) {
            throw new TrialFailed(TrialFailed.BROKE_OFF);
        }
        TrialChild child = TrialChild.start(program, compile);
        all.add(child);
        return child;
    }

    private synchronized void giveBack(TrialChild child) {
        if (child.alive() && !closed) {
            waiting.addFirst(child);
        } else {
            end(child);
        }
    }

    private synchronized void endIdle() {
        waiting.removeIf(child -> {
            boolean over = !child.alive() || child.unusedFor().compareTo(idle) > 0;
            if (over) {
                end(child);
            }
            return over;
        });
    }

    private void end(TrialChild child) {
        child.close();
        all.remove(child);
    }

    List<Long> processes() {
        return all.stream().map(TrialChild::pid).toList();
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            waiting.clear();
        }
        keeper.shutdownNow();
        all.forEach(TrialChild::close);
        all.clear();
    }
}
