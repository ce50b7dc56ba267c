package org.jabr.intake.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jabr.cases.Cases;
import org.jabr.cases.RecoveryCase;
import org.jabr.cases.Stage;
import org.jabr.replay.Replay;
import org.jabr.worklist.WorkItem;
import org.jabr.worklist.Worklist;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ActiveProfiles;

/** The whole house at work: the release that ships, on both databases. */
@SpringBootTest
@ActiveProfiles("demo")
abstract class DemoDataTests {

    @Autowired
    DemoData demo;

    @Autowired
    Cases cases;

    @Autowired
    Worklist worklist;

    @Autowired
    Replay replay;

    @Autowired
    JdbcClient jdbc;

    @Test
    void fillsTheShopOnceAndEveryDecisionHoldsWhenItIsMadeAgain() throws InterruptedException {
        Instant patience = Instant.now().plus(Duration.ofMinutes(6));
        while (!demo.filled() && Instant.now().isBefore(patience)) {
            Thread.sleep(200);
        }
        List<RecoveryCase> made = cases.list(null, null, null, 200);
        List<WorkItem> open = worklist.list(Worklist.Filter.OPEN, null, 200);

        assertThat(made).hasSizeBetween(40, 60);
        assertThat(made.stream().map(RecoveryCase::stage).collect(Collectors.toSet()))
                .containsAll(
                        EnumSet.of(Stage.DECIDED, Stage.FOLLOW_UP, Stage.CLOSED, Stage.ESCALATED, Stage.WITHDRAWN));
        assertThat(made).anyMatch(RecoveryCase::reopened);
        assertThat(made.stream().map(RecoveryCase::language).collect(Collectors.toSet()))
                .containsAll(Set.of("ar", "en"));
        assertThat(made.stream().map(RecoveryCase::tier).collect(Collectors.toSet()))
                .contains("NEW", "BRONZE", "SILVER", "GOLD", "PLATINUM");
        assertThat(open).anyMatch(item -> item.kind() == WorkItem.Kind.APPROVAL);
        assertThat(open).noneMatch(item -> item.kind() == WorkItem.Kind.INCIDENT);

        long purchases = count("purchase");
        demo.fill();

        assertThat(count("recovery_case")).isEqualTo(made.size());
        assertThat(count("purchase")).isEqualTo(purchases);
        Replay.Summary again = replay.all(done -> {});
        assertThat(again.decisions()).isGreaterThan(5L * made.size());
        assertThat(again.different()).isEmpty();
    }

    private long count(String table) {
        return jdbc.sql("select count(*) from " + table).query(Long.class).single();
    }
}
