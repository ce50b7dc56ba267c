package org.jabr.replay;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jabr.cases.PastDecisions;
import org.jabr.rules.Moment;
import org.jabr.rules.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Carries out backtests, one after the other. One thread reads pages of past decisions and keeps what was found, in
 * their order; a thread for each core reads the documents, decides and compares. What is kept is kept together with the
 * place up to which it counts, so whoever goes on after a restart counts nothing twice.
 */
@Component
class BacktestRunner implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(BacktestRunner.class);

    static final int PAGE = 250;

    /** At most so many pages are counted before they are kept. */
    private static final int PAGES_AT_ONCE = 8;

    private static final Duration BEAT = Duration.ofSeconds(1);
    private static final Duration SILENCE = Duration.ofSeconds(30);
    private static final int SECONDS_TO_STOP = 20;

    private final BacktestStore store;
    private final PastDecisions past;
    private final Deciding.Place place;
    private final Clock clock;
    private final String runner = UUID.randomUUID().toString();
    private final int cores = Runtime.getRuntime().availableProcessors();
    private final ExecutorService deciders = Executors.newFixedThreadPool(cores, task -> daemon(task, "backtest-page"));
    private final ExecutorService reader = Executors.newSingleThreadExecutor(task -> daemon(task, "backtest"));
    private volatile boolean running;

    BacktestRunner(BacktestStore store, PastDecisions past, Deciding.Place place, Clock clock) {
        this.store = store;
        this.past = past;
        this.place = place;
        this.clock = clock;
    }

    /** The name under which this node carries out runs. */
    String name() {
        return runner;
    }

    void runInBackground(Backtest backtest) {
        reader.execute(() -> runLogged(backtest));
    }

    /** Goes on with what another node, or this one before its restart, left behind. */
    @Scheduled(initialDelayString = "${jabr.backtests.every:PT10S}", fixedDelayString = "${jabr.backtests.every:PT10S}")
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

    private void runLogged(Backtest backtest) {
        try {
            run(backtest);
        } catch (RuntimeException e) {
            Throwable why = e instanceof CompletionException ? e.getCause() : e;
            if (why instanceof Problem refused) {
                store.end(backtest.id(), Backtest.State.FAILED, refused.code(), now());
            } else {
                LOG.error("Backtest {} failed", backtest.id(), e);
                store.end(backtest.id(), Backtest.State.FAILED, "BACKTEST-003", now());
            }
        }
    }

    /** What one page came to. */
    private record Page(long lastId, Tally tally, List<Backtest.Changed> changes) {}

    private void run(Backtest backtest) {
        // A run that waited long for its turn may have been taken by another node.
        if (!store.beat(backtest.id(), runner, now())) {
            return;
        }
        Deque<CompletableFuture<Page>> pages = new ArrayDeque<>();
        Deciding deciding = place.open(store.files(backtest.id()), backtest.release());
        try {
            run(backtest, deciding, pages);
        } finally {
            // Nobody may ask the rules any more when they are given back.
            pages.forEach(page -> page.handle((done, failure) -> done).join());
            deciding.close();
        }
    }

    private void run(Backtest backtest, Deciding deciding, Deque<CompletableFuture<Page>> pages) {
        BacktestStore.Standing standing = store.standing(backtest.id());
        Tally tally = Tally.of(standing.sums());
        List<Backtest.Changed> changes = new ArrayList<>();
        long read = standing.afterId();
        long counted = read;
        boolean more = true;
        int notKept = 0;
        OffsetDateTime kept = now();
        while (running) {
            while (more && pages.size() < 2 * cores) {
                List<PastDecisions.Past> next = past.page(backtest.filter(), read, standing.newestId(), PAGE);
                more = next.size() == PAGE;
                if (!next.isEmpty()) {
                    read = next.get(next.size() - 1).id();
                    pages.add(CompletableFuture.supplyAsync(() -> decide(next, deciding), deciders));
                }
            }
            CompletableFuture<Page> first = pages.poll();
            if (first != null) {
                Page page = first.join();
                tally.merge(page.tally());
                changes.addAll(page.changes());
                counted = page.lastId();
                notKept++;
            }
            boolean last = !more && pages.isEmpty();
            if (last || notKept >= PAGES_AT_ONCE || kept.plus(BEAT).isBefore(now())) {
                if (!store.keep(backtest.id(), runner, counted, tally.sums(), changes, last, now())) {
                    return;
                }
                changes.clear();
                notKept = 0;
                kept = now();
            }
            if (last) {
                return;
            }
        }
    }

    private Page decide(List<PastDecisions.Past> page, Deciding deciding) {
        List<Deciding.Asked> asked = page.stream()
                .map(one -> new Deciding.Asked(new Moment(one.moment()), past.facts(one)))
                .toList();
        List<Deciding.Decided> decided = deciding.all(asked);
        Tally tally = new Tally();
        List<Backtest.Changed> changes = new ArrayList<>();
        for (int i = 0; i < page.size(); i++) {
            PastDecisions.Past one = page.get(i);
            Compared compared = Compared.of(past.read(one, asked.get(i).facts()), decided.get(i));
            tally.add(one, compared);
            if (compared.changed()) {
                changes.add(changed(one, compared));
            }
        }
        return new Page(page.get(page.size() - 1).id(), tally, changes);
    }

    private static Backtest.Changed changed(PastDecisions.Past one, Compared compared) {
        long before = Compared.worth(compared.before(), one.currency());
        long after = Compared.worth(compared.after(), one.currency());
        return new Backtest.Changed(
                one.id(),
                one.caseReference(),
                one.moment(),
                one.tier(),
                one.type(),
                one.currency(),
                before,
                after,
                compared.failure() == null ? after - before : 0,
                compared.failure(),
                compared.differences());
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
                store.letGo(runner);
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
