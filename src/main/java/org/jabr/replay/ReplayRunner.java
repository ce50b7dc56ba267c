package org.jabr.replay;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jabr.cases.PastDecisions;
import org.jabr.releases.Releases;
import org.jabr.replay.ReplayRun.Counts;
import org.jabr.rules.CaseFacts;
import org.jabr.rules.Decision;
import org.jabr.rules.Problem;
import org.jabr.rules.Rulebook;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Carries out replay runs, one after the other: reads a page of past decisions, has all cores decide them again, and
 * keeps what was found together with the place up to which it counts, so that whoever goes on after a restart counts
 * nothing twice.
 */
@Component
class ReplayRunner implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(ReplayRunner.class);

    private static final Duration SILENCE = Duration.ofSeconds(30);

    /** Long enough ago that any node takes the run at its next look, whatever its clock says. */
    private static final Duration LET_GO = Duration.ofDays(1);

    private static final int SECONDS_TO_STOP = 20;

    private final ReplayStore store;
    private final PastDecisions past;
    private final Releases releases;
    private final DifferenceTexts texts;
    private final Clock clock;
    private final int page;
    private final String runner = UUID.randomUUID().toString();
    private final ExecutorService deciders = Executors.newFixedThreadPool(
            Runtime.getRuntime().availableProcessors(), task -> daemon(task, "replay-decider"));
    private final ExecutorService reader = Executors.newSingleThreadExecutor(task -> daemon(task, "replay"));
    private volatile boolean running;

    ReplayRunner(
            ReplayStore store,
            PastDecisions past,
            Releases releases,
            DifferenceTexts texts,
            Clock clock,
            @Value("${jabr.replays.page:250}") int page) {
        this.store = store;
        this.past = past;
        this.releases = releases;
        this.texts = texts;
        this.clock = clock;
        this.page = page;
    }

    /** The name under which this node carries out runs. */
    String name() {
        return runner;
    }

    void runInBackground(ReplayRun run) {
        reader.execute(() -> runLogged(run));
    }

    /** Goes on with what another node, or this one before its restart, left behind. */
    @Scheduled(initialDelayString = "${jabr.replays.every:PT10S}", fixedDelayString = "${jabr.replays.every:PT10S}")
    void takeOver() {
        if (!running) {
            return;
        }
        reader.execute(() -> {
            OffsetDateTime silence = now().minus(SILENCE);
            for (long id : store.silent(silence)) {
                if (store.take(id, runner, now(), silence)) {
                    store.find(id).ifPresent(this::runLogged);
                }
            }
        });
    }

    private void runLogged(ReplayRun run) {
        try {
            // A run that waited long for its turn may have been taken by another node.
            if (store.beat(run.id(), runner, now())) {
                run(run);
            }
        } catch (RuntimeException e) {
            LOG.error("Replay {} failed", run.id(), e);
            store.end(run.id(), ReplayRun.State.FAILED, "REPLAY-003", ReplayStore.ITSELF, now());
        }
    }

    private void run(ReplayRun run) {
        ReplayStore.Standing standing = store.standing(run.id());
        ReplayTally tally = ReplayTally.of(standing.parts());
        Set<String> intact = new HashSet<>();
        long at = standing.afterId();
        boolean more = true;
        while (running && more) {
            List<PastDecisions.Past> next = past.page(run.filter(), at, standing.newestId(), page);
            more = next.size() == page;
            List<ReplayRun.Differing> differing = new ArrayList<>();
            for (Found found : decide(next, intact)) {
                tally.add(found.part());
                if (found.differing() != null) {
                    differing.add(found.differing());
                }
            }
            at = next.isEmpty() ? at : next.get(next.size() - 1).id();
            if (!store.keep(run.id(), runner, at, tally.parts(), differing, !more, now())) {
                return;
            }
        }
    }

    /** The rules of a release, or the code of why they cannot be asked. */
    private record Opened(
            @Nullable Rulebook rulebook, @Nullable String failure) {

        @Nullable
        String engine() {
            return rulebook == null ? null : rulebook.engine();
        }
    }

    /** What came of one decision: how it counts, and how it differs where it does. */
    private record Found(ReplayRun.Part part, ReplayRun.@Nullable Differing differing) {}

    private List<Found> decide(List<PastDecisions.Past> next, Set<String> intact) {
        Map<String, Opened> opened = new HashMap<>();
        List<CompletableFuture<Found>> found = new ArrayList<>(next.size());
        for (PastDecisions.Past one : next) {
            Opened rules = opened.computeIfAbsent(one.release(), release -> open(release, intact));
            found.add(CompletableFuture.supplyAsync(() -> decide(one, rules), deciders));
        }
        return found.stream().map(CompletableFuture::join).toList();
    }

    /** Looks once in a run whether the files of a release are still as they were; the releases keep what was compiled. */
    private Opened open(String release, Set<String> intact) {
        try {
            Rulebook rulebook =
                    intact.contains(release) ? releases.rulebook(release) : releases.intactRulebook(release);
            intact.add(release);
            return new Opened(rulebook, null);
        } catch (Problem cannot) {
            return new Opened(null, cannot.code());
        }
    }

    private Found decide(PastDecisions.Past one, Opened rules) {
        try {
            Optional<CaseFacts> facts = past.factsIfAny(one);
            return facts.isEmpty() ? found(one, rules, new Counts(0, 0, 0, 1), null) : decide(one, facts.get(), rules);
        } catch (RuntimeException unreadable) {
            // Whoever changed what is stored need not have left it in one piece; the others are decided all the same.
            return failed(one, rules, "REPLAY-004");
        }
    }

    private Found decide(PastDecisions.Past one, CaseFacts facts, Opened rules) {
        Rulebook rulebook = rules.rulebook();
        if (rulebook == null) {
            return failed(one, rules, String.valueOf(rules.failure()));
        }
        Decision before = past.read(one, facts);
        Again again = Again.of(rulebook, before);
        Decision after = again.decision();
        if (after == null) {
            return failed(one, rules, String.valueOf(again.failure()));
        }
        return again.identical()
                ? found(one, rules, new Counts(1, 0, 0, 0), null)
                : found(
                        one,
                        rules,
                        new Counts(0, 1, 0, 0),
                        texts.differing(one, Compared.between(before, after), again.differences()));
    }

    private static Found failed(PastDecisions.Past one, Opened rules, String code) {
        return found(one, rules, new Counts(0, 0, 1, 0), DifferenceTexts.failed(one, code));
    }

    private static Found found(
            PastDecisions.Past one, Opened rules, Counts counts, ReplayRun.@Nullable Differing differing) {
        return new Found(
                new ReplayRun.Part(one.release(), one.engine(), rules.engine(), rules.failure(), counts), differing);
    }

    @Override
    public void start() {
        running = true;
    }

    /** Waits and does not interrupt: an interrupt inside H2 would close its file. */
    @Override
    public void stop() {
        running = false;
        reader.shutdown();
        try {
            if (reader.awaitTermination(SECONDS_TO_STOP, TimeUnit.SECONDS)) {
                store.letGo(runner, now().minus(LET_GO));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        deciders.shutdown();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private OffsetDateTime now() {
        return OffsetDateTime.now(clock);
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
