package org.jabr.intake;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jabr.rules.DecisionFailed;
import org.jabr.rules.Problem;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Works through imports, a few lines per transaction: the lines, what became of them and the counts commit together, so
 * that a stop at any moment neither loses nor repeats a line. Imports that were running when the house stopped go on
 * when it is ready again.
 */
@Component
class ImportRunner implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(ImportRunner.class);
    private static final int SECONDS_TO_STOP = 20;

    /** After a failed step so many lines go in one by one, before the next step is tried. */
    private static final int SINGLES = 20;

    private final ImportStore store;
    private final LineDesk desk;
    private final Attempts attempts;

    /** One step after the other, in turn: two files with the same lines do not meet. */
    private final ReentrantLock turn = new ReentrantLock(true);

    private final ExecutorService background = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "imports");
        thread.setDaemon(true);
        return thread;
    });
    private volatile boolean running;

    ImportRunner(ImportStore store, LineDesk desk, Attempts attempts) {
        this.store = store;
        this.desk = desk;
        this.attempts = attempts;
    }

    /** Goes on with what was interrupted, without keeping anybody waiting. */
    @EventListener(ApplicationReadyEvent.class)
    void resume() {
        background.execute(() -> store.running().forEach(this::runLogged));
    }

    void runInBackground(long id) {
        background.execute(() -> runLogged(id));
    }

    private void runLogged(long id) {
        try {
            run(id);
        } catch (RuntimeException e) {
            LOG.error("Import {} stopped; it goes on at the next start", id, e);
        }
    }

    /** Works until the import has ended or the house stops. */
    void run(long id) {
        boolean more = true;
        while (more && running) {
            turn.lock();
            try {
                more = step(id);
            } finally {
                turn.unlock();
            }
        }
    }

    /** @return whether there is more to do */
    boolean step(long id) {
        try {
            return attempts.inTransaction(() -> together(id));
        } catch (RuntimeException e) {
            return running && oneByOne(id, e);
        }
    }

    private boolean together(long id) {
        Optional<ImportStore.Running> run = store.lock(id);
        if (run.isEmpty()) {
            return false;
        }
        List<ImportLine> lines = store.next(id, size(run.get().kind()));
        if (lines.isEmpty()) {
            if (store.accepted(id) > 0) {
                desk.finish(run.get().kind());
            }
            store.end(id, ImportRun.Status.DONE, null);
            return false;
        }
        store.done(id, desk.take(run.get().kind(), lines, run.get().startedBy()));
        return true;
    }

    /** Finds the lines that the others must not suffer for. */
    private boolean oneByOne(long id, RuntimeException failure) {
        List<ImportLine> lines = store.next(id, SINGLES);
        if (lines.isEmpty()) {
            LOG.error("Import {} could not be ended", id, failure);
            store.end(id, ImportRun.Status.FAILED, "IMPORT-034");
            return false;
        }
        for (ImportLine line : lines) {
            try {
                attempts.inTransaction(() -> single(id, line, null));
            } catch (RuntimeException e) {
                if (!running) {
                    return false;
                }
                Rejection why = why(id, line, e);
                attempts.inTransaction(() -> single(id, line, why));
            }
        }
        return true;
    }

    private boolean single(long id, ImportLine line, @Nullable Rejection why) {
        Optional<ImportStore.Running> run = store.lock(id);
        if (run.isPresent() && store.waits(id, line.line())) {
            store.done(
                    id,
                    why == null
                            ? desk.take(
                                    run.get().kind(), List.of(line), run.get().startedBy())
                            : List.of(line.refused(why)));
        }
        return true;
    }

    private static Rejection why(long id, ImportLine line, RuntimeException failure) {
        if (failure instanceof Problem problem) {
            return Rejection.of(problem);
        }
        LOG.error("Line {} of import {} failed", line.line(), id, failure);
        return failure instanceof DecisionFailed failed
                ? Rejection.of("RULES-003", failed.moment().name())
                : Rejection.of("IMPORT-034");
    }

    /** Lines per transaction: a case is some dozen rows and its process, a purchase is one row. */
    private static int size(ImportKind kind) {
        return switch (kind) {
            case PURCHASES -> 500;
            case SETTLEMENTS -> 200;
            case CUSTOMERS -> 100;
            case COMPLAINTS -> 20;
        };
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        background.shutdown();
        try {
            background.awaitTermination(SECONDS_TO_STOP, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
