package org.jabr.releases;

import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jabr.rules.Finding;
import org.jabr.rules.Problem;
import org.jabr.rules.Progress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Service;

/**
 * Runs the long checks in the background, and keeps what they found by the content they looked at. Those that a
 * submission waits for come first.
 */
@Service
public class Inspections {

    private static final Logger LOG = LoggerFactory.getLogger(Inspections.class);

    /** A run that was not heard of for so long is taken to be gone with its node. */
    private static final Duration SILENCE = Duration.ofMinutes(5);

    private static final Duration BEAT = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final InspectionStore store;
    private final ObjectProvider<Inspection> inspections;
    private final Clock clock;
    private final ExecutorService required = thread("inspections");
    private final ExecutorService others = thread("other-inspections");
    private final Map<String, CompletableFuture<Void>> under = new ConcurrentHashMap<>();

    Inspections(InspectionStore store, ObjectProvider<Inspection> inspections, Clock clock) {
        this.store = store;
        this.inspections = inspections;
        this.clock = clock;
    }

    /** How far a run is. */
    public enum State {
        /** Nobody asked for it yet. */
        NONE,
        RUNNING,
        DONE,
        FAILED,
        CANCELLED
    }

    /**
     * One inspection of one content.
     *
     * @param done how far it is, of {@code of}; both 0 where that is not known
     */
    public record Result(String kind, boolean required, State state, long done, long of, List<Finding> findings) {

        public boolean blocks() {
            return findings.stream().anyMatch(Finding::blocking);
        }

        /** Whether a submission need not wait for it: it has ended, or nobody has to run it. */
        public boolean suffices() {
            return !required || state == State.DONE;
        }
    }

    /** What is known about some content, in the order of the inspections. */
    public List<Result> results(SortedMap<String, String> files) {
        return resultsOf(new ReleaseContent(files).hash());
    }

    /** The same by the hash of the content, as a release carries it. */
    public List<Result> resultsOf(String hash) {
        return inspections
                .orderedStream()
                .map(inspection -> result(hash, inspection))
                .toList();
    }

    /** Starts what has not been done yet on a draft's content, until the draft changes; comes back at once. */
    public void start(String draft, SortedMap<String, String> files) {
        SortedMap<String, String> copy = new TreeMap<>(files);
        String hash = new ReleaseContent(copy).hash();
        needed().forEach(inspection -> start(hash, inspection, copy));
        store.askedFor(hash, draft);
        CompletableFuture<?>[] before = needed().stream()
                .map(inspection -> under.get(hash + inspection.kind()))
                .filter(Objects::nonNull)
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(before).whenCompleteAsync((nothing, failure) -> advise(draft, hash, copy), others);
    }

    /** What stops nobody takes its time when the rest is done, and not at all where that was called off. */
    private void advise(String draft, String hash, SortedMap<String, String> files) {
        for (Inspection inspection : inspections.orderedStream().toList()) {
            boolean allDone =
                    needed().stream().allMatch(one -> result(hash, one).state() == State.DONE);
            if (!inspection.required() && allDone && store.begin(hash, inspection.kind(), now(), silence())) {
                store.askedFor(hash, draft);
                run(hash, inspection, files);
            }
        }
    }

    private List<Inspection> needed() {
        return inspections.orderedStream().filter(Inspection::required).toList();
    }

    /** Calls off what runs on some content. */
    public void cancel(SortedMap<String, String> files) {
        store.cancel(new ReleaseContent(files).hash());
    }

    /**
     * Waits until everything that a submission needs is done.
     *
     * @return what was found
     * @throws Problem {@code RELEASE-016} where it takes too long or was called off
     */
    List<Finding> complete(SortedMap<String, String> files) {
        SortedMap<String, String> copy = new TreeMap<>(files);
        String hash = new ReleaseContent(copy).hash();
        List<Inspection> needed = needed();
        needed.forEach(inspection -> start(hash, inspection, copy));
        List<Finding> findings = new ArrayList<>();
        for (Inspection inspection : needed) {
            await(hash, inspection);
            Result result = result(hash, inspection);
            if (result.state() != State.DONE) {
                throw new Problem(Problem.Kind.CONFLICT, "RELEASE-016", inspection.kind());
            }
            findings.addAll(result.findings());
        }
        return findings;
    }

    private void await(String hash, Inspection inspection) {
        CompletableFuture<Void> run = under.get(hash + inspection.kind());
        if (run == null) {
            return;
        }
        try {
            run.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.warn("The inspection {} did not end in time", inspection.kind());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Result result(String hash, Inspection inspection) {
        return store.find(hash, inspection.kind())
                .map(run -> new Result(
                        inspection.kind(),
                        inspection.required(),
                        run.state() == State.RUNNING && run.beatAt().isBefore(now().minus(SILENCE))
                                ? State.FAILED
                                : run.state(),
                        run.done(),
                        run.of(),
                        run.state() == State.DONE ? store.findings(hash, inspection.kind()) : List.of()))
                .orElseGet(() -> new Result(inspection.kind(), inspection.required(), State.NONE, 0, 0, List.of()));
    }

    private void start(String hash, Inspection inspection, SortedMap<String, String> files) {
        if (!store.begin(hash, inspection.kind(), now(), silence())) {
            return;
        }
        String key = hash + inspection.kind();
        under.put(
                key,
                CompletableFuture.runAsync(() -> run(hash, inspection, files), required)
                        .whenComplete((nothing, failure) -> under.remove(key)));
    }

    private void run(String hash, Inspection inspection, SortedMap<String, String> files) {
        Beat beat = new Beat(hash, inspection.kind());
        try {
            beat.at(0, 0);
            List<Finding> findings = beat.cancelled() ? List.of() : inspection.inspect(files, beat);
            if (!beat.cancelled()) {
                store.done(hash, inspection.kind(), findings);
            }
        } catch (RuntimeException e) {
            LOG.error("The inspection {} failed", inspection.kind(), e);
            store.end(hash, inspection.kind(), State.FAILED);
        }
    }

    /** Tells the table how far the run is, and hears there whether somebody called it off, on whatever node. */
    private final class Beat implements Progress {

        private final String hash;
        private final String kind;
        private OffsetDateTime last = OffsetDateTime.MIN;
        private long done;
        private long of;
        private boolean cancelled;

        Beat(String hash, String kind) {
            this.hash = hash;
            this.kind = kind;
        }

        @Override
        public synchronized void at(long newDone, long newOf) {
            done = newDone;
            of = newOf;
            OffsetDateTime now = now();
            if (!cancelled && now.isAfter(last.plus(BEAT))) {
                last = now;
                cancelled = !store.beat(hash, kind, done, of, now);
            }
        }

        /** Also asked where there is no progress to tell, so a run that is called off ends at once. */
        @Override
        public synchronized boolean cancelled() {
            at(done, of);
            return cancelled;
        }
    }

    private OffsetDateTime silence() {
        return now().minus(SILENCE);
    }

    private OffsetDateTime now() {
        return OffsetDateTime.now(clock);
    }

    private static ExecutorService thread(String name) {
        return Executors.newSingleThreadExecutor(work -> {
            Thread worker = new Thread(work, name);
            worker.setDaemon(true);
            return worker;
        });
    }

    @PreDestroy
    void stop() {
        required.shutdownNow();
        others.shutdownNow();
    }
}
