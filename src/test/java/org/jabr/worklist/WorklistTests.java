package org.jabr.worklist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;
import org.jabr.people.Absences;
import org.jabr.people.AccountChanges;
import org.jabr.people.Accounts;
import org.jabr.people.Breaks;
import org.jabr.rules.Authority;
import org.jabr.rules.CaseId;
import org.jabr.rules.Decider;
import org.jabr.rules.Problem;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.jdbc.AutoConfigureTestDatabase;
import org.springframework.boot.test.autoconfigure.jdbc.JdbcTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

@JdbcTest
@AutoConfigureTestDatabase(replace = AutoConfigureTestDatabase.Replace.NONE)
@Import({
    Worklist.class,
    WorkTally.class,
    WorkSearch.class,
    WorkKeeper.class,
    Routing.class,
    Staff.class,
    Accounts.class,
    AccountChanges.class,
    Absences.class,
    Breaks.class,
    WorklistTests.Room.class
})
@Transactional(propagation = Propagation.NOT_SUPPORTED)
abstract class WorklistTests {

    private static final OffsetDateTime NOON = OffsetDateTime.parse("2026-03-02T12:00:00Z");
    private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");
    private static final Decider AGENT = new Decider("agent", Authority.AGENT);
    private static final Decider OTHER = new Decider("agent2", Authority.AGENT);
    private static final Decider SUPERVISOR = new Decider("supervisor", Authority.SUPERVISOR);

    @TestConfiguration(proxyBeanMethods = false)
    static class Room {

        final List<WorkItem.Completed> heard = new ArrayList<>();
        boolean refuses;
        Instant now = START;

        @Bean
        Clock clock() {
            return new Clock() {
                @Override
                public Instant instant() {
                    return now;
                }

                @Override
                public java.time.ZoneId getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(java.time.ZoneId zone) {
                    return this;
                }
            };
        }

        @Bean
        ObjectMapper json() {
            return new ObjectMapper();
        }

        @EventListener
        void completed(WorkItem.Completed event) {
            if (refuses) {
                throw new Problem(Problem.Kind.INVALID, "FORM-001", "reason");
            }
            synchronized (heard) {
                heard.add(event);
            }
        }
    }

    @Autowired
    Worklist worklist;

    @Autowired
    Room room;

    @Autowired
    WorkTally tally;

    @Autowired
    WorkKeeper keeper;

    @Autowired
    Routing routing;

    @Autowired
    Absences absences;

    @Autowired
    JdbcClient jdbc;

    @BeforeEach
    void peopleWorkHere() {
        person("agent", "AGENT", "STANDARD", "en");
        person("agent2", "AGENT", "STANDARD", "en");
        person("supervisor", "SUPERVISOR", "STANDARD", "en");
    }

    @AfterEach
    void empty() {
        for (String table : List.of("work_item", "work_count", "work_change", "account_absence", "account")) {
            jdbc.sql("delete from " + table).update();
        }
        room.now = START;
        room.heard.clear();
        room.refuses = false;
    }

    @Test
    void putsTheEarliestEffectiveDeadlineFirst() {
        open("plain", NOON, Authority.AGENT, null);
        open("boosted", NOON.plusHours(1), Authority.AGENT, null, new WorkItem.Why("boost", 90, List.of("boost-gold")));

        assertThat(worklist.list(Worklist.Filter.OPEN, null, 10))
                .extracting(WorkItem::name)
                .containsExactly("boosted", "plain");
    }

    @Test
    void pagesThroughTheListWithoutLosingOrRepeating() {
        for (int i = 0; i < 7; i++) {
            open("item " + i, NOON, Authority.AGENT, null);
        }
        List<String> seen = new ArrayList<>();
        WorkItem after = null;
        for (List<WorkItem> page = worklist.list(Worklist.Filter.OPEN, null, 3);
                !page.isEmpty();
                page = worklist.list(Worklist.Filter.OPEN, after, 3)) {
            page.forEach(item -> seen.add(item.name()));
            after = page.get(page.size() - 1);
        }

        assertThat(seen).hasSize(7).doesNotHaveDuplicates();
    }

    @Test
    void givesAnItemToOnePersonOnly() {
        long id = open("item", NOON, Authority.AGENT, null);
        worklist.claim(id, AGENT);

        assertCode("WORK-002", () -> worklist.claim(id, OTHER));
        assertThat(worklist.claim(id, AGENT).assignee()).isEqualTo("agent");
    }

    @Test
    void letsOneOfTwoPeopleCompleteTheSameItemAndTellsTheOther() throws Exception {
        for (int round = 0; round < 10; round++) {
            long id = open("item", NOON, Authority.AGENT, null);
            room.heard.clear();
            List<String> results = both(() -> complete(id, AGENT), () -> complete(id, OTHER));

            assertThat(results).containsExactlyInAnyOrder("done", "WORK-002");
            assertThat(room.heard).hasSize(1);
        }
    }

    @Test
    void leavesTheItemOpenWhereTheRoomThatMadeItRefusesTheAnswers() {
        long id = open("item", NOON, Authority.AGENT, null);
        room.refuses = true;

        assertCode("FORM-001", () -> worklist.complete(id, Map.of(), AGENT));
        assertThat(worklist.get(id).state()).isEqualTo(WorkItem.State.OPEN);
    }

    @Test
    void asksForTheItemsAuthority() {
        long id = open("approval", NOON, Authority.SUPERVISOR, null);

        assertCode("WORK-003", () -> worklist.claim(id, AGENT));
        assertCode("WORK-003", () -> worklist.complete(id, Map.of(), AGENT));
        worklist.complete(id, Map.of("verdict", "APPROVE"), SUPERVISOR);
        assertThat(room.heard).hasSize(1);
    }

    @Test
    void keepsAnItemFromThePersonWhoAskedForIt() {
        long id = open("approval", NOON, Authority.AGENT, "agent");

        assertCode("WORK-004", () -> worklist.complete(id, Map.of(), AGENT));
        worklist.complete(id, Map.of(), OTHER);
    }

    @Test
    void takesAnItemBackOnlyForItsOwnerOrASupervisor() {
        long id = open("item", NOON, Authority.AGENT, null);
        worklist.claim(id, AGENT);

        assertCode("WORK-005", () -> worklist.release(id, OTHER));
        assertThat(worklist.release(id, SUPERVISOR).state()).isEqualTo(WorkItem.State.OPEN);
    }

    @Test
    void bringsBackByItselfWhatWasPutOff() {
        long id = open("item", NOON, Authority.AGENT, null);
        worklist.snooze(id, at("10:00"), AGENT);
        assertThat(worklist.list(Worklist.Filter.OPEN, null, 10)).isEmpty();
        assertThat(count(Worklist.Filter.Show.SNOOZED)).isEqualTo(1);
        keeper.look();
        assertThat(worklist.list(Worklist.Filter.OPEN, null, 10)).isEmpty();

        room.now = Instant.parse("2026-03-02T10:00:00Z");
        keeper.look();

        assertThat(worklist.list(Worklist.Filter.OPEN, null, 10)).hasSize(1);
        assertThat(count(Worklist.Filter.Show.SNOOZED)).isZero();
    }

    @Test
    void neverPutsAnItemOffBeyondItsEffectiveDeadline() {
        long id = open("item", NOON, Authority.AGENT, null, new WorkItem.Why("boost", 90, List.of("boost-gold")));

        assertThat(worklist.snooze(id, NOON.plusDays(3), AGENT).snoozedUntil()).isEqualTo(at("10:30"));
        long late = open("late", at("08:00"), Authority.AGENT, null);
        assertCode("WORK-006", () -> worklist.snooze(late, NOON, AGENT));
        assertCode("WORK-006", () -> worklist.snooze(id, at("08:00"), AGENT));
    }

    @Test
    void keepsTheOwnerOfWhatIsPutOffAndGivesItToWhoeverClaimsIt() {
        long id = open("item", NOON, Authority.AGENT, null);
        worklist.claim(id, AGENT);
        worklist.snooze(id, at("10:00"), AGENT);
        assertCode("WORK-005", () -> worklist.snooze(id, at("10:00"), OTHER));
        assertCode("WORK-005", () -> worklist.wake(id, OTHER));

        assertThat(worklist.wake(id, AGENT).assignee()).isEqualTo("agent");
        long free = open("free", NOON, Authority.AGENT, null);
        worklist.snooze(free, at("10:00"), OTHER);
        assertThat(worklist.claim(free, AGENT).stand()).isEqualTo(WorkItem.Stand.TAKEN);
    }

    @Test
    void letsASupervisorGiveAnItemToWhomMayDoIt() {
        long id = open("item", NOON, Authority.AGENT, "agent2");
        assertCode("WORK-007", () -> worklist.assign(id, "agent", OTHER));
        assertCode("WORK-008", () -> worklist.assign(id, "nobody", SUPERVISOR));
        assertCode("WORK-010", () -> worklist.assign(id, "agent2", SUPERVISOR));
        long approval = open("approval", NOON, Authority.SUPERVISOR, null);
        assertCode("WORK-009", () -> worklist.assign(approval, "agent", SUPERVISOR));

        assertThat(worklist.assign(id, "agent", SUPERVISOR).assignee()).isEqualTo("agent");
        assertThat(worklist.assign(id, "agent", SUPERVISOR).reroutes()).isZero();
        assertThat(worklist.assign(id, "supervisor", SUPERVISOR).reroutes()).isEqualTo(1);
        worklist.complete(id, Map.of(), SUPERVISOR);
        assertCode("WORK-002", () -> worklist.assign(id, "agent", SUPERVISOR));
        assertThat(worklist.rerouted()).containsExactly(new Worklist.Rerouted("GENERAL", 2, 1));
    }

    @Test
    void letsASupervisorSendAnItemToAnotherDeskWhereEverybodyMayTakeIt() {
        long id = open("item", NOON, Authority.AGENT, null);
        open("other", NOON, Authority.AGENT, null);
        worklist.open(work("there", NOON, Authority.AGENT, null, "BILLING", null));
        worklist.claim(id, AGENT);
        assertCode("WORK-007", () -> worklist.redirect(id, "BILLING", AGENT));
        assertCode("WORK-019", () -> worklist.redirect(id, "NOWHERE", SUPERVISOR));

        WorkItem sent = worklist.redirect(id, "BILLING", SUPERVISOR);

        assertThat(sent).isEqualTo(worklist.get(id));
        assertThat(sent.queue()).isEqualTo("BILLING");
        assertThat(sent.stand()).isEqualTo(WorkItem.Stand.FREE);
        assertThat(worklist.redirect(id, "BILLING", SUPERVISOR).reroutes()).isEqualTo(1);
        assertThat(worklist.rerouted())
                .containsExactly(new Worklist.Rerouted("BILLING", 1, 0), new Worklist.Rerouted("GENERAL", 2, 1));
        worklist.complete(id, Map.of(), AGENT);
        assertCode("WORK-002", () -> worklist.redirect(id, "BILLING", SUPERVISOR));
    }

    @Test
    void givesNothingToWhoIsAwayButToTheirStandIn() {
        absences.add("agent", at("08:00"), at("18:00"), "agent2", "supervisor");
        long id = open("item", NOON, Authority.AGENT, null);
        assertCode("WORK-011", () -> worklist.assign(id, "agent", SUPERVISOR));
        worklist.open(work("theirs", NOON, Authority.AGENT, null, "GENERAL", "agent"));

        assertThat(worklist.list(mine("agent2"), null, 10))
                .extracting(WorkItem::name)
                .containsExactly("theirs");
    }

    @Test
    void suggestsWhoKnowsTheCustomerAndThenWhoHasLeastToDo() {
        WorkItem item = worklist.get(open("item", NOON, Authority.AGENT, null));
        assertThat(suggested(item, "agent2")).isEqualTo("agent2 CONTINUITY");
        absences.add("agent2", at("08:00"), at("18:00"), null, "supervisor");
        worklist.assign(open("other", NOON, Authority.AGENT, null), "agent", SUPERVISOR);
        assertThat(suggested(item, "agent2")).isEqualTo("supervisor SKILL");
        person("arab", "AGENT", "EMPATHY", "ar");
        jdbc.sql("update work_item set language = 'ar' where id = :id")
                .param("id", item.id())
                .update();
        assertThat(suggested(worklist.get(item.id()), null)).isEqualTo("arab LANGUAGE");
        assertThat(routing.skills(worklist.cells(), routing.desk()).unused()).contains("EMPATHY", "ar");
    }

    @Test
    void tellsForEachItemWhatBecameOfIt() {
        long good = open("good", NOON, Authority.AGENT, null);
        long strict = open("strict", NOON, Authority.SUPERVISOR, null);
        long last = open("last", NOON, Authority.AGENT, null);
        List<Bulk.Result> results = Bulk.each(List.of(good, strict, 987_654L, last), id -> worklist.claim(id, AGENT));

        assertThat(results)
                .extracting(result ->
                        result.problem() == null ? "done" : result.problem().code())
                .containsExactly("done", "WORK-003", "WORK-001", "done");
        assertThat(worklist.mine("agent")).isEqualTo(2);
    }

    @Test
    void countsWithoutLookingAtItemsAndCountsRight() {
        Random random = new Random(7);
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            if (ids.size() < 40 || random.nextInt(4) == 0) {
                worklist.open(work(
                        "step " + random.nextInt(3),
                        NOON.plusMinutes(random.nextInt(600)),
                        random.nextBoolean() ? Authority.AGENT : Authority.SUPERVISOR,
                        random.nextInt(5) == 0 ? "agent" : null,
                        "QUEUE-" + random.nextInt(3),
                        null));
                ids.add(newest());
            } else {
                long id = ids.get(random.nextInt(ids.size()));
                Decider by = random.nextBoolean() ? AGENT : SUPERVISOR;
                List<LongConsumer> changes = List.of(
                        one -> worklist.claim(one, by),
                        one -> worklist.release(one, by),
                        one -> worklist.snooze(one, NOON, by),
                        one -> worklist.wake(one, by),
                        one -> worklist.assign(one, "agent2", by),
                        one -> worklist.redirect(one, "QUEUE-1", by),
                        one -> worklist.repin(one, "r-2", "other", "renamed", null),
                        one -> worklist.complete(one, Map.of(), by));
                Bulk.each(List.of(id), changes.get(random.nextInt(changes.size())));
            }
            if (random.nextInt(50) == 0) {
                tally.fold();
            }
        }
        isCountedRight();
        tally.fold();
        isCountedRight();
        assertThat(jdbc.sql(
                                "select count(*) from (select cell from work_count group by cell having count(*) > 1) twice")
                        .query(Long.class)
                        .single())
                .isZero();
        for (Worklist.Filter filter : filters()) {
            List<WorkItem> expected =
                    worklist.all(ids).stream().filter(filter::matches).toList();
            // Small pages walk less far than there are items, so that rare ones are found cell by cell.
            for (int size : new int[] {1, 7}) {
                List<WorkItem> found = new ArrayList<>();
                WorkItem after = null;
                for (List<WorkItem> page = worklist.list(filter, null, size);
                        !page.isEmpty();
                        page = worklist.list(filter, after, size)) {
                    found.addAll(page);
                    after = page.get(page.size() - 1);
                }
                assertThat(found).as(filter.toString()).isEqualTo(expected);
            }
            if (filter.countable() && filter.notFor() == null) {
                assertThat(worklist.cells().count(filter)).as(filter.toString()).isEqualTo(expected.size());
            }
        }
    }

    private static List<Worklist.Filter> filters() {
        List<Worklist.Filter> filters = new ArrayList<>();
        for (Worklist.Filter.Show show : Worklist.Filter.Show.values()) {
            for (String queue : new String[] {null, "QUEUE-1", "EMPTY"}) {
                for (String name : new String[] {null, "step 1", "renamed"}) {
                    for (Authority authority : new Authority[] {null, Authority.AGENT}) {
                        for (OffsetDateTime due : new OffsetDateTime[] {null, NOON.plusHours(2)}) {
                            for (String who : new String[] {null, "agent2"}) {
                                filters.add(new Worklist.Filter(
                                        show,
                                        who,
                                        who == null && due != null,
                                        queue,
                                        null,
                                        null,
                                        null,
                                        null,
                                        authority,
                                        authority == null ? null : "agent",
                                        due,
                                        null,
                                        null,
                                        name == null ? null : List.of(name)));
                            }
                        }
                    }
                }
            }
        }
        return filters;
    }

    @Test
    void countsRightWhileManyChangeAndOneFolds() throws Exception {
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            ids.add(open("item", NOON, Authority.AGENT, null));
        }
        both(
                () -> {
                    ids.forEach(id -> Bulk.each(List.of(id), one -> worklist.claim(one, AGENT)));
                    return "";
                },
                () -> {
                    ids.forEach(id -> {
                        Bulk.each(List.of(id), one -> worklist.assign(one, "agent2", SUPERVISOR));
                        tally.fold();
                    });
                    return "";
                });

        isCountedRight();
    }

    @Test
    void foreseesWhatWillBeLate() {
        open("late", at("08:00"), Authority.AGENT, null);
        open("soon", at("09:30"), Authority.AGENT, null);
        long snoozed = open("noon", NOON, Authority.AGENT, null);
        worklist.snooze(snoozed, at("11:00"), AGENT);

        assertThat(worklist.forecast(List.of("GENERAL", "EMPTY"), List.of(1, 4)))
                .containsExactly(
                        new Worklist.Forecast("GENERAL", 1, Map.of(1, 1L, 4, 2L)),
                        new Worklist.Forecast("EMPTY", 0, Map.of(1, 0L, 4, 0L)));
    }

    private void isCountedRight() {
        Map<String, Long> counted = new TreeMap<>();
        worklist.cells().cells().forEach(cell -> counted.put(cell.key(), cell.count()));
        Map<String, Long> real = new TreeMap<>();
        jdbc.sql("select cell, count(*) n from work_item group by cell")
                .query((row, n) -> real.put(row.getString("cell"), row.getLong("n")))
                .list();
        assertThat(counted).isEqualTo(real);
    }

    private String suggested(WorkItem item, @Nullable String owner) {
        return routing.desk()
                .suggest(item, owner)
                .map(one -> one.who().login() + " " + one.because())
                .orElse("nobody");
    }

    private void person(String login, String role, String skill, String language) {
        jdbc.sql(
                        "insert into account (login, name_en, name_ar, password_hash, password_is_one_time, active, created_at) values (?, ?, ?, '', false, true, ?)")
                .params(login, login, login, NOON)
                .update();
        Map.of("ROLE", role, "SKILL", skill, "LANGUAGE", language)
                .forEach((kind, word) -> jdbc.sql("insert into account_trait (login, kind, word) values (?, ?, ?)")
                        .params(login, kind, word)
                        .update());
    }

    private long count(Worklist.Filter.Show show) {
        return worklist.cells()
                .count(new Worklist.Filter(
                        show, null, false, null, null, null, null, null, null, null, null, null, null, null));
    }

    private static Worklist.Filter mine(String login) {
        return new Worklist.Filter(false, login, false, null, null, null, null);
    }

    private static OffsetDateTime at(String time) {
        return OffsetDateTime.parse("2026-03-02T" + time + ":00Z");
    }

    private String complete(long id, Decider by) {
        try {
            worklist.complete(id, Map.of(), by);
            return "done";
        } catch (Problem problem) {
            return problem.code();
        }
    }

    private static List<String> both(Callable<String> one, Callable<String> other) throws Exception {
        CyclicBarrier start = new CyclicBarrier(2);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<String>> futures = new ArrayList<>();
            for (Callable<String> call : List.of(one, other)) {
                futures.add(threads.submit(() -> {
                    start.await();
                    return call.call();
                }));
            }
            List<String> results = new ArrayList<>();
            for (Future<String> future : futures) {
                results.add(future.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    private long open(
            String name, OffsetDateTime due, Authority authority, @Nullable String notBy, WorkItem.Why... why) {
        worklist.open(work(name, due, authority, notBy, "GENERAL", null, why));
        return newest();
    }

    private long newest() {
        return jdbc.sql("select max(id) from work_item").query(Long.class).single();
    }

    private static NewWork work(
            String name,
            OffsetDateTime due,
            Authority authority,
            @Nullable String notBy,
            String queue,
            @Nullable String assignee,
            WorkItem.Why... why) {
        return new NewWork(
                WorkItem.Kind.TASK,
                name,
                new CaseId(1),
                "R-2026-000001",
                "r-1",
                null,
                "task",
                null,
                null,
                authority,
                notBy,
                queue,
                "STANDARD",
                "en",
                assignee,
                due,
                List.of(why));
    }

    private static void assertCode(String code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.code())
                .isEqualTo(code));
    }
}
