package org.jabr.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jabr.JabrApplication;
import org.jabr.cases.PastDecisions;
import org.jabr.releases.Releases;
import org.jabr.replay.Backtest;
import org.jabr.replay.Backtests;
import org.jabr.rules.CaseFacts;
import org.jabr.rules.Moment;
import org.jabr.rules.Rulebook;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How fast a backtest goes over past decisions, against one thread that only asks the same rules about the same facts.
 * Both are measured in turn, so that a busy machine slows both. The past is that of the demo shop, multiplied, or that
 * of the database that {@code JABR_DATABASE_URL} names.
 */
public final class BacktestBench {

    private static final double GOAL_PER_CORE = 0.4;
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 5);
    private static final int LEAST_DECISIONS = Integer.getInteger("bench.decisions", 20_000);

    private final Backtests backtests;
    private final PastDecisions past;
    private final Releases releases;
    private final JdbcClient jdbc;

    private BacktestBench(ConfigurableApplicationContext house) {
        this.backtests = house.getBean(Backtests.class);
        this.past = house.getBean(PastDecisions.class);
        this.releases = house.getBean(Releases.class);
        this.jdbc = house.getBean(JdbcClient.class);
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        SpringApplication application = new SpringApplication(JabrApplication.class);
        application.setAdditionalProfiles("demo");
        String database = System.getenv("JABR_DATABASE_URL");
        try (ConfigurableApplicationContext house = application.run(
                "--server.port=0",
                "--jabr.demo.data=" + (database == null),
                "--spring.datasource.url="
                        + (database == null
                                ? "jdbc:h2:mem:bench;DEFAULT_NULL_ORDERING=HIGH;DB_CLOSE_DELAY=-1"
                                : database))) {
            new BacktestBench(house).measure();
        }
        System.exit(0);
    }

    private void measure() throws IOException, InterruptedException {
        awaitDemo();
        multiply();
        List<PastDecisions.Past> sample = past.before(Long.MAX_VALUE, LEAST_DECISIONS);
        Rulebook rulebook = releases.rulebook(releases.live().id());
        List<Double> raw = new ArrayList<>();
        List<Double> whole = new ArrayList<>();
        List<Double> reading = new ArrayList<>();
        for (int round = -1; round < ROUNDS; round++) {
            double decided = raw(rulebook, sample);
            double read = reading(sample);
            double tested = backtest();
            if (round >= 0) {
                raw.add(decided);
                reading.add(read);
                whole.add(tested);
            }
        }
        report(median(raw), median(reading), median(whole));
    }

    /** Decisions a second of one thread whose facts lie ready. */
    private double raw(Rulebook rulebook, List<PastDecisions.Past> sample) {
        List<CaseFacts> facts = sample.stream().map(past::facts).toList();
        long start = System.nanoTime();
        for (int i = 0; i < sample.size(); i++) {
            rulebook.decide(new Moment(sample.get(i).moment()), facts.get(i));
        }
        return rate(sample.size(), start);
    }

    /** Decisions a second whose facts and answers one thread reads, without deciding. */
    private double reading(List<PastDecisions.Past> sample) {
        long start = System.nanoTime();
        sample.forEach(one -> past.read(one, past.facts(one)));
        return rate(sample.size(), start);
    }

    private double backtest() throws InterruptedException {
        long start = System.nanoTime();
        Backtest run = backtests.ofRelease(releases.live().id(), PastDecisions.Filter.ALL, "bench");
        while (run.running()) {
            Thread.sleep(20);
            run = backtests.get(run.id());
        }
        if (!run.ended() || run.done() != run.total() || run.failed() > 0) {
            throw new IllegalStateException(run.toString());
        }
        return rate(run.done(), start);
    }

    private static double rate(long decisions, long start) {
        return decisions * 1e9 / (System.nanoTime() - start);
    }

    private static double median(List<Double> rates) {
        List<Double> sorted = new ArrayList<>(rates);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }

    private void awaitDemo() throws InterruptedException {
        long before = -1;
        long now = past.newestId();
        while (now != before || now == 0) {
            Thread.sleep(5000);
            before = now;
            now = past.newestId();
        }
    }

    private void multiply() {
        long there = past.count(PastDecisions.Filter.ALL, past.newestId());
        while (there > 0 && there < LEAST_DECISIONS) {
            there += jdbc.sql("""
                            insert into decision (case_id, moment, release_id, as_of, facts_text, result, decided_by)
                            select case_id, moment, release_id, as_of, facts_text, result, decided_by from decision
                            """).update();
        }
    }

    private void report(double raw, double reading, double whole) throws IOException {
        int cores = Runtime.getRuntime().availableProcessors();
        double measured = whole / raw;
        double goal = GOAL_PER_CORE * cores;
        long decisions = past.count(PastDecisions.Filter.ALL, past.newestId());
        Path folder = Path.of("target", "bench");
        Files.createDirectories(folder);
        Files.writeString(
                folder.resolve("report.json"),
                String.format(
                        Locale.ROOT,
                        "{\"goals\":[{\"id\":\"backtest\",\"measured\":%.2f,\"goal\":%.2f,\"holds\":%s}],\"rates\":{\"raw\":%.0f,\"reading\":%.0f,\"backtest\":%.0f},\"cores\":%d,\"decisions\":%d}%n",
                        measured,
                        goal,
                        measured >= goal,
                        raw,
                        reading,
                        whole,
                        cores,
                        decisions));
        String text = String.format(
                Locale.ROOT, """
                # Backtest

                | what | decisions a second |
                | --- | --- |
                | one thread, facts ready, only deciding | %.0f |
                | one thread, only reading facts and answers | %.0f |
                | backtest of %d decisions on %d cores | %.0f |

                The backtest is %.2f times as fast as one thread that only decides; the goal is %.2f (%.1f for each core).
                Medians of %d rounds.
                """, raw, reading, decisions, cores, whole, measured, goal, GOAL_PER_CORE, ROUNDS);
        Files.writeString(folder.resolve("report.md"), text);
        System.out.println(text);
    }
}
