package org.jabr.process;

import jakarta.annotation.PreDestroy;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Lets batches go on in the background, also those that a restart interrupted. */
@Component
class MigrationRunner {

    private static final Logger LOG = LoggerFactory.getLogger(MigrationRunner.class);
    private static final int LONGEST_SECONDS = 20;

    private final Migrations migrations;
    private final AtomicBoolean busy = new AtomicBoolean();
    private final AtomicBoolean closing = new AtomicBoolean();
    private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
        Thread worker = new Thread(work, "migrations");
        worker.setDaemon(true);
        return worker;
    });

    MigrationRunner(Migrations migrations) {
        this.migrations = migrations;
    }

    @Scheduled(initialDelayString = "${jabr.migrations.every:PT2S}", fixedDelayString = "${jabr.migrations.every:PT2S}")
    void look() {
        if (!closing.get() && busy.compareAndSet(false, true)) {
            thread.execute(this::work);
        }
    }

    private void work() {
        try {
            migrations.work(closing::get);
        } catch (RuntimeException e) {
            LOG.warn("Cases could not be moved for now: {}", e.toString());
        } finally {
            busy.set(false);
        }
    }

    /** The case at hand is brought to its end: an interrupt inside H2 would close its file. */
    @PreDestroy
    void close() throws InterruptedException {
        closing.set(true);
        thread.shutdown();
        if (!thread.awaitTermination(LONGEST_SECONDS, TimeUnit.SECONDS)) {
            LOG.warn("A case was still being moved when the house closed");
        }
    }
}
