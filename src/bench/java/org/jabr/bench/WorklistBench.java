package org.jabr.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntConsumer;
import org.jabr.JabrApplication;
import org.jabr.rules.Authority;
import org.jabr.rules.Decider;
import org.jabr.worklist.WorkItem;
import org.jabr.worklist.Worklist;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How long the worklist takes with 10,000 and with 1,000,000 open items on PostgreSQL: pages of the list near and far,
 * with and without filters, a queue that is empty, counts, search and claim. Commits wait for the disk as by default.
 */
public final class WorklistBench {

    private static final double GOAL_MILLIS = 20;
    private static final double GOAL_TIMES = 3;
    private static final int SMALL = Integer.getInteger("bench.small", 10_000);
    private static final int LARGE = Integer.getInteger("bench.large", 1_000_000);
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 3000);
    private static final int WARM = 500;
    private static final int PAGE = 26;
    private static final int QUEUES = 9;
    private static final Decider AGENT = new Decider("agent", Authority.AGENT);

    private final Worklist worklist;
    private final JdbcClient jdbc;

    private WorklistBench(ConfigurableApplicationContext house) {
        this.worklist = house.getBean(Worklist.class);
        this.jdbc = house.getBean(JdbcClient.class);
    }

    public static void main(String[] args) throws IOException {
        try (EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("fsync", "on")
                .start()) {
            SpringApplication application = new SpringApplication(JabrApplication.class);
            application.setAdditionalProfiles("demo");
            try (ConfigurableApplicationContext house = application.run(
                    "--server.port=0",
                    "--jabr.demo.data=false",
                    "--spring.datasource.url=" + server.getJdbcUrl("postgres", "postgres"),
                    "--spring.datasource.username=postgres",
                    "--spring.datasource.password=")) {
                WorklistBench bench = new WorklistBench(house);
                bench.fill(SMALL);
                Map<String, Double> small = bench.measure();
                System.out.println(small);
                bench.fill(LARGE);
                report(small, bench.measure());
            }
        }
        System.exit(0);
    }

    /** Items of all sorts: few desks have many, and one has none. */
    private void fill(int until) {
        List<String> indexes = jdbc.sql(
                        "select indexdef from pg_indexes where tablename = 'work_item' and indexdef not like '%UNIQUE%'")
                .query(String.class)
                .list();
        jdbc.sql("select indexname from pg_indexes where tablename = 'work_item' and indexdef not like '%UNIQUE%'")
                .query(String.class)
                .list()
                .forEach(index -> jdbc.sql("drop index " + index).update());
        long there = jdbc.sql("select count(*) from work_item where stand in ('FREE', 'TAKEN')")
                .query(Long.class)
                .single();
        jdbc.sql("""
                        insert into work_item (kind, name, case_id, case_reference, release_id, element, subject, authority, not_by, queue,
                            skill, language, state, assignee, due_at, effective_at, why, created_at, stand, cell)
                        select kind, 'Step ' || kind, i / 2, 'R-2026-' || lpad(cast(i / 2 as text), 7, '0'), 'r-bench', 'step', 'S-' || i,
                            case when kind = 'APPROVAL' then 'SUPERVISOR' else 'AGENT' end,
                            case when kind = 'APPROVAL' then 'person' || (i % 500) end,
                            'QUEUE-' || least(i * 7 % 11, 8), 'SKILL-' || (i / 13 % 4), case when i % 3 = 0 then 'ar' else 'en' end,
                            case when i % 50 = 0 then 'CLAIMED' else 'OPEN' end, case when i % 50 = 0 then 'person' || (i % 1000) end,
                            now() + (i * 7919 % 100000 - 20000) * interval '1 minute',
                            now() + (i * 7919 % 100000 - 20000 - i % 240) * interval '1 minute',
                            '[{"part":"due","minutes":0,"because":[]},{"part":"boost","minutes":' || (i % 240) || ',"because":["boost-gold"]}]',
                            now(), case when i % 50 = 0 then 'TAKEN' else 'FREE' end,
                            case when i % 50 = 0 then 'TAKEN' else 'FREE' end || '/QUEUE-' || least(i * 7 % 11, 8) || '/' || kind || '/'
                                || case when i % 3 = 0 then 'ar' else 'en' end || '/SKILL-' || (i / 13 % 4) || '/'
                                || case when kind = 'APPROVAL' then 'SUPERVISOR' else 'AGENT' end || '/Step ' || kind
                        from (select i, (array['ACKNOWLEDGEMENT','APPROVAL','CONFIRMATION','FOLLOW_UP','ESCALATION','INCIDENT','TASK'])[1 + i % 7] kind
                              from generate_series(cast(? as bigint), cast(? as bigint)) i) made
                        """).params(there + 1, until).update();
        indexes.forEach(index -> jdbc.sql(index).update());
        jdbc.sql("delete from work_count").update();
        jdbc.sql("""
                        insert into work_count (stand, cell, queue, kind, language, skill, authority, name, element, release_id, n)
                        select stand, cell, queue, kind, language, skill, authority, name, max(element), max(release_id), count(*)
                        from work_item group by stand, cell, queue, kind, language, skill, authority, name
                        """).update();
        jdbc.sql("vacuum analyze work_item").update();
        jdbc.sql("vacuum analyze work_count").update();
        // What filling left to write is written before, not while, looking is measured.
        jdbc.sql("checkpoint").update();
    }

    private Map<String, Double> measure() {
        Worklist.Filter all = Worklist.Filter.OPEN;
        Worklist.Filter mayDo = filter(null, null, null, null, Authority.AGENT, null);
        Worklist.Filter queue = filter("QUEUE-3", null, null, null, null, null);
        Worklist.Filter narrow = filter("QUEUE-3", "ar", WorkItem.Kind.FOLLOW_UP, "SKILL-2", Authority.AGENT, null);
        WorkItem deep = deep();
        Map<String, Double> times = new LinkedHashMap<>();
        times.put("list, first page", p99(n -> worklist.list(all, null, PAGE)));
        times.put("list, deep page", p99(n -> worklist.list(all, deep, PAGE)));
        times.put("list of one desk", p99(n -> worklist.list(queue, null, PAGE)));
        times.put("list of one desk, deep page", p99(n -> worklist.list(queue, deep, PAGE)));
        times.put(
                "list of an empty desk",
                p99(n -> worklist.list(filter("EMPTY", null, null, null, null, null), null, PAGE)));
        times.put(
                "list of an empty desk, narrowed",
                p99(n -> worklist.list(
                        filter("EMPTY", "ar", WorkItem.Kind.FOLLOW_UP, null, Authority.AGENT, null), null, PAGE)));
        times.put("list of what I may do", p99(n -> worklist.list(mayDo, null, PAGE)));
        times.put("list of what I may do, deep page", p99(n -> worklist.list(mayDo, deep, PAGE)));
        times.put("list, narrowed by everything", p99(n -> worklist.list(narrow, null, PAGE)));
        times.put(
                "list of one language, late",
                p99(n -> worklist.list(
                        new Worklist.Filter(
                                Worklist.Filter.Show.OPEN,
                                null,
                                true,
                                null,
                                "ar",
                                null,
                                null,
                                null,
                                null,
                                null,
                                OffsetDateTime.now(Clock.systemUTC()),
                                null,
                                null,
                                null),
                        null,
                        PAGE)));
        times.put("all counts", p99(n -> worklist.cells()));
        times.put(
                "search by case",
                p99(n -> worklist.list(
                        new Worklist.Filter(
                                false, null, false, null, null, null, String.format("R-2026-%07d", 1 + n * 3)),
                        null,
                        PAGE)));
        times.put(
                "search by step",
                p99(n -> worklist.list(
                        filter(null, null, null, null, null, List.of("Step TASK", "Step INCIDENT")), null, PAGE)));
        times.put("search by subject", p99(n -> worklist.knowsSubject("S-" + (n + 1))));
        List<Long> free = worklist
                .list(
                        new Worklist.Filter(false, null, true, "QUEUE-5", null, WorkItem.Kind.TASK, null),
                        null,
                        ROUNDS + WARM)
                .stream()
                .map(WorkItem::id)
                .toList();
        int claims = Math.min(free.size() - WARM / 2, ROUNDS);
        times.put("claim", p99(Math.max(1, claims), n -> worklist.claim(free.get(n % free.size()), AGENT)));
        free.forEach(id -> {
            if (worklist.get(id).assignee() != null) {
                worklist.release(id, AGENT);
            }
        });
        return times;
    }

    private static Worklist.Filter filter(
            String queue, String language, WorkItem.Kind kind, String skill, Authority authority, List<String> names) {
        return new Worklist.Filter(
                Worklist.Filter.Show.OPEN,
                null,
                false,
                queue,
                language,
                kind,
                null,
                skill,
                authority,
                authority == null ? null : "agent",
                null,
                null,
                null,
                names);
    }

    /** An item in the middle of the list. */
    private WorkItem deep() {
        long id = jdbc.sql(
                        "select id from work_item where stand = 'FREE' and effective_at > now() + interval '500 hours' order by effective_at, id fetch first 1 rows only")
                .query(Long.class)
                .single();
        return worklist.get(id);
    }

    private static double p99(IntConsumer work) {
        return p99(ROUNDS, work);
    }

    private static double p99(int rounds, IntConsumer work) {
        int warm = Math.min(WARM, rounds / 2);
        long[] times = new long[rounds - warm];
        // The garbage of what was measured before is not this measurement's.
        System.gc();
        for (int n = 0; n < rounds; n++) {
            long start = System.nanoTime();
            work.accept(n);
            if (n >= warm) {
                times[n - warm] = System.nanoTime() - start;
            }
        }
        Arrays.sort(times);
        return times[(int) Math.ceil(times.length * 0.99) - 1] / 1e6;
    }

    private static void report(Map<String, Double> small, Map<String, Double> large) throws IOException {
        List<String> goals = new ArrayList<>();
        StringBuilder rows = new StringBuilder();
        large.forEach((what, millis) -> {
            double before = small.get(what);
            // What takes less than a millisecond either way is not compared: it is mostly noise.
            double times = Math.max(1, millis) / Math.max(1, before);
            goals.add(goal(what + " ms", millis, GOAL_MILLIS));
            goals.add(goal(what + " times", times, GOAL_TIMES));
            rows.append(String.format(Locale.ROOT, "| %s | %.2f | %.2f | %.1f |%n", what, before, millis, times));
        });
        Path folder = Path.of("target", "bench");
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("worklist.json"), "{\"goals\":[" + String.join(",", goals) + "]}\n");
        String text = String.format(
                Locale.ROOT, """
                # Worklist

                | what | %,d open items, ms at p99 | %,d open items, ms at p99 | times |
                | --- | --- | --- | --- |
                %s
                Goals: %.0f ms at p99 with %,d open items in %d desks, and at most %.0f times the time with %,d. %d rounds each.
                """, SMALL, LARGE, rows, GOAL_MILLIS, LARGE, QUEUES, GOAL_TIMES, SMALL, ROUNDS);
        Files.writeString(folder.resolve("worklist.md"), text);
        System.out.println(text);
    }

    private static String goal(String id, double measured, double goal) {
        return String.format(
                Locale.ROOT,
                "{\"id\":\"worklist: %s\",\"measured\":%.2f,\"goal\":%.1f,\"holds\":%s}",
                id,
                measured,
                goal,
                measured <= goal);
    }
}
