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
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jabr.rules.Authority;
import org.jabr.rules.CaseId;
import org.jabr.rules.Decider;
import org.jabr.rules.Problem;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.jdbc.JdbcTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

@JdbcTest
@Import({Worklist.class, WorklistTests.Room.class})
@Transactional(propagation = Propagation.NOT_SUPPORTED)
class WorklistTests {

    private static final OffsetDateTime NOON = OffsetDateTime.parse("2026-03-02T12:00:00Z");
    private static final Decider AGENT = new Decider("agent", Authority.AGENT);
    private static final Decider OTHER = new Decider("agent2", Authority.AGENT);
    private static final Decider SUPERVISOR = new Decider("supervisor", Authority.SUPERVISOR);

    @TestConfiguration(proxyBeanMethods = false)
    static class Room {

        final List<WorkItem.Completed> heard = new ArrayList<>();
        boolean refuses;

        @Bean
        Clock clock() {
            return Clock.fixed(Instant.parse("2026-03-02T09:00:00Z"), ZoneOffset.UTC);
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
    JdbcClient jdbc;

    @AfterEach
    void empty() {
        jdbc.sql("delete from work_item").update();
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
        worklist.open(new NewWork(
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
                "GENERAL",
                "STANDARD",
                "en",
                null,
                due,
                List.of(why)));
        return jdbc.sql("select max(id) from work_item").query(Long.class).single();
    }

    private static void assertCode(String code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.code())
                .isEqualTo(code));
    }
}
