package org.jabr.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jabr.JabrApplication;
import org.jabr.cases.RecoveryCase;
import org.jabr.intake.Imports;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.EventListener;

/**
 * The house is killed, as by a power cut, while it looks after promises and approvals whose time is over: in the middle of
 * a transaction, and again. Each promise is missed exactly once, and each approval moves up exactly once.
 */
class KilledKeepersTests {

    private static final int REPORTS = 30;
    private static final String MISSED = "PROMISE_MISSED";
    private static final String RAISED = "APPROVAL_RAISED";

    @TempDir
    Path folder;

    @Test
    void missesAndRaisesExactlyOnceOnH2() throws Exception {
        killedWhileLooking(new Database(
                "jdbc:h2:file:" + folder.resolve("jabr")
                        + ";DEFAULT_NULL_ORDERING=HIGH;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE",
                "sa"));
    }

    @Test
    void missesAndRaisesExactlyOnceOnPostgres() throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
            killedWhileLooking(new Database(server.getJdbcUrl("postgres", "postgres"), "postgres"));
        }
    }

    private void killedWhileLooking(Database database) throws Exception {
        try (ConfigurableApplicationContext house = new SpringApplicationBuilder(JabrApplication.class)
                .run(arguments(database, "PT1H", "PT1S").toArray(String[]::new))) {
            report(house);
            await(
                    database,
                    () -> database.number("select count(*) from recovery_case where stage = 'RECEIVED'") == 0
                            && database.number("select count(*) from approval_wait") > 0
                            && database.number(
                                            "select count(*) from approval_wait where look_at is null or next_authority is null")
                                    == 0);
        }
        database.change(
                "update promise set due_at = timestamp with time zone '2020-01-01 00:00:00+00' where state = 'OPEN'");
        database.change("update approval_wait set look_at = timestamp with time zone '2020-01-01 00:00:00+00'");
        long promises = database.number("select count(*) from promise where state = 'OPEN'");
        long approvals = database.number("select count(*) from approval_wait");
        assertThat(promises).isGreaterThan(10);
        assertThat(approvals).isGreaterThan(2);

        killedAt(database, "PT1H", "PT1S", RAISED, 2);
        assertThat(noted(database, RAISED)).isBetween(1L, approvals - 1);
        killedAt(database, "PT1S", "PT1H", MISSED, 7);
        assertThat(database.number("select count(*) from promise where state = 'MISSED'"))
                .isBetween(1L, promises - 1);
        try (ConfigurableApplicationContext house = new SpringApplicationBuilder(JabrApplication.class)
                .run(arguments(database, "PT0.5S", "PT0.5S").toArray(String[]::new))) {
            await(
                    database,
                    () -> database.number(
                                            "select count(*) from promise where state = 'OPEN' and due_at < current_timestamp")
                                    == 0
                            && database.number("select count(*) from approval_wait where look_at < current_timestamp")
                                    == 0);
        }

        assertThat(database.number("select count(*) from promise where state = 'MISSED'"))
                .isEqualTo(promises);
        assertThat(noted(database, MISSED)).isEqualTo(promises);
        // A missed promise takes back what was asked for and asks anew, so not all of them have moved up.
        assertThat(noted(database, RAISED))
                .isGreaterThan(1)
                .isEqualTo(database.number("select count(*) from work_item where why like '%\"raised\"%'"));
        assertThat(database.number("select count(*) from work_item where why like '%\"raised\"%\"raised\"%'"))
                .isZero();
        assertThat(database.number("select count(*) from approval_wait where steps > 1"))
                .isZero();
    }

    private static void report(ConfigurableApplicationContext house) {
        String file = "externalRef,customer,channel,category,subject,failureType,loss\n"
                + IntStream.range(0, REPORTS)
                        // Where the loss is not known, somebody has to agree.
                        .mapToObj(i -> "f-%d,C%d,EMAIL,Order,Wrong,%s%n"
                                .formatted(i, i, i % 2 == 0 ? "BILLING_ERROR," : "LATE_DELIVERY,20.50"))
                        .collect(Collectors.joining());
        Imports imports = house.getBean(Imports.class);
        assertThat(imports.start("complaints", "generic", file.getBytes(StandardCharsets.UTF_8), "supervisor")
                        .accepted())
                .isEqualTo(REPORTS);
    }

    private static long noted(Database database, String kind) {
        return database.number("select count(*) from case_event where kind = '" + kind + "'");
    }

    /** Starts the house as a process of its own and kills it inside the transaction that notes something the n-th time. */
    private static void killedAt(Database database, String promises, String approvals, String kind, int n)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Node.class.getName()));
        command.addAll(arguments(database, promises, approvals));
        Process node = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (BufferedReader says =
                new BufferedReader(new InputStreamReader(node.getInputStream(), StandardCharsets.UTF_8))) {
            List<String> said = new ArrayList<>();
            long seen = 0;
            String line;
            while (seen < n && (line = says.readLine()) != null) {
                said.add(line);
                seen += line.equals(Node.SAYS + kind) ? 1 : 0;
            }
            assertThat(seen).as(() -> String.join("\n", said)).isEqualTo(n);
        } finally {
            node.destroyForcibly();
            assertThat(node.waitFor(1, TimeUnit.MINUTES)).isTrue();
        }
    }

    private static List<String> arguments(Database database, String promises, String approvals) {
        // As arguments, which win over every configuration file: never the database of whoever runs the tests.
        return List.of(
                "--server.port=0",
                "--jabr.demo.data=false",
                "--jabr.promises.every=" + promises,
                "--jabr.approvals.every=" + approvals,
                "--spring.datasource.url=" + database.url(),
                "--spring.datasource.username=" + database.user(),
                "--spring.datasource.password=");
    }

    private static void await(Database database, BooleanSupplier condition) {
        Instant end = Instant.now().plus(Duration.ofMinutes(3));
        while (!condition.getAsBoolean() && Instant.now().isBefore(end)) {
            try {
                Thread.sleep(200);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        assertThat(condition.getAsBoolean())
                .as(() -> "received %d, waits %d, open promises %d"
                        .formatted(
                                database.number("select count(*) from recovery_case where stage = 'RECEIVED'"),
                                database.number("select count(*) from approval_wait"),
                                database.number("select count(*) from promise where state = 'OPEN'")))
                .isTrue();
    }

    /** A node that says what it notes while the transaction that notes it is still open. */
    static final class Node {

        static final String SAYS = "noted ";

        private Node() {}

        public static void main(String[] args) {
            new SpringApplicationBuilder(JabrApplication.class, Watch.class).run(args);
        }

        static final class Watch {

            @EventListener
            void noted(RecoveryCase.Noted event) throws InterruptedException {
                System.out.println(SAYS + event.kind());
                // Time to be killed before the transaction ends.
                Thread.sleep(50);
            }
        }
    }

    /** The database from outside the house. */
    record Database(String url, String user) {

        long number(String query) {
            try (Connection connection = DriverManager.getConnection(url, user, "");
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(query)) {
                rows.next();
                return rows.getLong(1);
            } catch (SQLException e) {
                throw new AssertionError(e);
            }
        }

        void change(String statement) {
            try (Connection connection = DriverManager.getConnection(url, user, "");
                    Statement change = connection.createStatement()) {
                change.executeUpdate(statement);
            } catch (SQLException e) {
                throw new AssertionError(e);
            }
        }
    }
}
