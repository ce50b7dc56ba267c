package org.jabr.remedies;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.List;
import org.jabr.remedies.Programs.Program;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Besides: several nodes on one database, stopped and killed. */
class KillOnPostgresTests extends KillTests {

    private static EmbeddedPostgres server;
    private static int count;

    @BeforeAll
    static void starts() throws IOException {
        server = EmbeddedPostgres.builder()
                .setServerConfig("synchronous_commit", "on")
                .start();
    }

    @AfterAll
    static void stops() throws IOException {
        server.close();
    }

    @BeforeEach
    void aDatabase() throws Exception {
        count++;
        try (var connection = server.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create database kill" + count);
        }
    }

    @AfterEach
    void endsThoseWhoUseIt() {
        programs.close();
    }

    @Override
    List<String> database() {
        return List.of(server.getJdbcUrl("postgres", "kill" + count), "postgres", "");
    }

    @Test
    void sendsNothingAnyMoreWhenItWakesUpAfterItsLease() throws Exception {
        Program late = sender("", Step.CLAIMED.name(), 1, 6);
        late.says("AT CLAIMED");
        late.signal("STOP");
        int before = counted("sends");
        Thread.sleep(lease().toMillis() + 500);
        sender("", "", 7, 8).says("DONE");
        int sends = counted("sends");
        late.signal("CONT");
        late.says("DONE");

        assertThat(counted("sends")).isEqualTo(sends);
        assertThat(before).isLessThanOrEqualTo(6);
        everythingHappenedOnce(8);
    }

    @Test
    void paysOnceWhereItIsStoppedInsideTheCallForLongerThanItsLease() throws Exception {
        control("delay=400");
        Program late = sender("", Step.CALLING.name(), 1, 6);
        late.says("AT CALLING");
        late.signal("STOP");
        Thread.sleep(lease().toMillis() + 500);
        sender("", "", 7, 8).says("DONE");
        late.signal("CONT");
        late.says("DONE");

        everythingHappenedOnce(8);
    }

    @Test
    void paysOnceWhereTwoNodesWorkAndOneIsKilledAgainAndAgainWhileAnswersAreLost() throws Exception {
        control("lose=30&delay=20");
        Program stays = sender("", "", 1, 150);
        for (int i = 0; i < 4; i++) {
            int first = 151 + i * 10;
            Program killed = sender("", Step.CALLING.name(), first, first + 9);
            // The other node may have taken all of its orders before it comes to any.
            killed.saysOrEnds("AT CALLING");
            killed.kill();
        }
        stays.says("DONE");
        control("lose=0");
        sender("", "", 1, 190).says("DONE");

        everythingHappenedOnce(190);
    }
}
