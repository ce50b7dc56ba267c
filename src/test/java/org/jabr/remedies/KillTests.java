package org.jabr.remedies;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jabr.remedies.Programs.Program;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sender is killed at every step; what stands in the other side's own log is the truth. */
abstract class KillTests {

    private static final int ORDERS = 6;
    private static final Duration LEASE = Duration.ofSeconds(4);

    @TempDir
    Path folder;

    final Programs programs = new Programs();
    private StubProgram stub;

    /** Where the ledger is, with user and password. */
    abstract List<String> database();

    @BeforeEach
    void aGateway() {
        stub = new StubProgram(folder.resolve("stub.log"), "--delay=5");
    }

    @AfterEach
    void nobodyIsLeft() {
        programs.close();
        stub.close();
    }

    @Test
    void losesNothingAndPaysNothingTwiceWhereverItIsKilled() throws Exception {
        int first = 1;
        for (Step step : Step.values()) {
            Program life = sender(step.name(), "", first, first + ORDERS - 1);
            life.says("AT " + step);
            life.kill();
            first += ORDERS;
        }
        // Killed while the gateway is at it: it has done it, and nobody hears of it.
        control("hold=true");
        Program life = sender("", Step.CALLING.name(), first, first + ORDERS - 1);
        life.says("AT CALLING");
        Thread.sleep(300);
        life.kill();
        control("hold=false");
        first += ORDERS;
        // What was not even placed is placed again by whoever placed it, as after every crash.
        sender("", "", 1, first - 1).says("DONE");

        everythingHappenedOnce(first - 1);
    }

    Program sender(String stop, String say, int from, int to) {
        List<String> args = new ArrayList<>(List.of(stop, say, String.valueOf(from), String.valueOf(to)));
        List<String> database = database();
        Collections.addAll(
                args,
                "--spring.datasource.url=" + database.get(0),
                "--spring.datasource.username=" + database.get(1),
                "--spring.datasource.password=" + database.get(2),
                "--spring.flyway.baseline-on-migrate=true",
                "--spring.flyway.baseline-version=0",
                "--spring.main.banner-mode=off",
                "--jabr.gateways.effects.url=" + stub.url(),
                "--jabr.gateways.effects.secret=" + StubProgram.SECRET,
                "--jabr.gateways.effects.allow-private=true",
                "--jabr.gateways.effects.timeout=PT0.8S",
                "--jabr.gateways.effects.lease=" + LEASE,
                "--jabr.gateways.effects.breaker-calls=100000",
                "--jabr.gateways.effects.retries=" + String.join(",", Collections.nCopies(200, "PT0.3S")));
        return programs.start(SendingProgram.class, args);
    }

    /** The totals of both sides are equal, key by key and to the cent. */
    void everythingHappenedOnce(int many) throws SQLException {
        List<ObjectNode> happened = stub.happened();
        List<String> keys =
                happened.stream().map(line -> line.get("key").asText()).toList();
        assertThat(keys)
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, many)
                        .mapToObj(number -> number + "-REFUND")
                        .toList());
        BigDecimal paid = happened.stream()
                .map(line -> new BigDecimal(line.get("money").get("amount").asText()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        List<String> database = database();
        try (Connection connection = DriverManager.getConnection(database.get(0), database.get(1), database.get(2));
                Statement statement = connection.createStatement()) {
            try (ResultSet row =
                    statement.executeQuery("select state, count(*), sum(amount_minor) from effect group by state")) {
                assertThat(row.next()).isTrue();
                assertThat(row.getString(1)).isEqualTo("CONFIRMED");
                assertThat(row.getInt(2)).isEqualTo(many);
                assertThat(BigDecimal.valueOf(row.getLong(3), 2)).isEqualByComparingTo(paid);
                assertThat(row.next()).isFalse();
            }
            try (ResultSet row = statement.executeQuery(
                    "select count(*) from effect_event where to_state = 'CONFIRMED' and coalesce(from_state, '') <> to_state group by effect_key having count(*) > 1")) {
                assertThat(row.next()).as("confirmed twice").isFalse();
            }
        }
    }

    int counted(String what) {
        String shown = control("");
        int at = shown.indexOf("\"" + what + "\":");
        return at < 0
                ? 0
                : Integer.parseInt(shown.substring(at + what.length() + 3).split("[,}]")[0]);
    }

    String control(String settings) {
        return stub.control(settings);
    }

    static Duration lease() {
        return LEASE;
    }
}
