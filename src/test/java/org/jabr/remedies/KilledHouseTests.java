package org.jabr.remedies;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jabr.remedies.Programs.Program;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole house is killed at every step between a reservation and its confirmation. Afterwards what the gateway wrote
 * down, the effects, the books and what a case shows agree key by key and to the last minor unit.
 */
class KilledHouseTests {

    private static final int COMPLAINTS = 4;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    @TempDir
    Path folder;

    private final Programs programs = new Programs();

    @AfterEach
    void nobodyIsLeft() {
        programs.close();
    }

    @Test
    void losesNothingAndPaysNothingTwiceOnH2() throws Exception {
        killedAtEveryStep(
                "jdbc:h2:file:" + folder.resolve("jabr")
                        + ";DEFAULT_NULL_ORDERING=HIGH;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE",
                "sa");
    }

    @Test
    void losesNothingAndPaysNothingTwiceOnPostgres() throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setServerConfig("synchronous_commit", "on")
                .start()) {
            killedAtEveryStep(server.getJdbcUrl("postgres", "postgres"), "postgres");
            programs.close();
        }
    }

    private void killedAtEveryStep(String database, String user) throws Exception {
        StubProgram stub = new StubProgram(folder.resolve("stub.log"), "--delay=20", "--lose=20");
        try (stub) {
            killedAtEveryStep(database, user, stub);
        }
    }

    private void killedAtEveryStep(String database, String user, StubProgram stub) throws Exception {
        int last = 0;
        for (Step step : Step.values()) {
            Program life = house(step.name(), last + 1, last + COMPLAINTS, database, user, stub.url());
            life.says("AT " + step);
            life.kill();
            last += COMPLAINTS;
        }
        // What did not even come in is brought again; what is known is known.
        Program life = house("", 1, last, database, user, stub.url());
        String house = "http://localhost:" + life.says("PORT ").substring("PORT ".length());
        settled(house, last);

        Map<String, String> happened = new TreeMap<>();
        for (ObjectNode line : stub.happened()) {
            String before = happened.put(
                    line.get("key").asText(),
                    line.get("case").asText() + " " + line.get("kind").asText() + " " + money(line.get("money")));
            assertThat(before).as("happened twice").isNull();
        }
        assertThat(happened).hasSizeGreaterThanOrEqualTo(last);
        assertThat(remedies(house)).isEqualTo(happened);
        assertThat(casePages(house)).isEqualTo(happened);
        life.kill();
        try (Connection books = DriverManager.getConnection(database, user, "")) {
            assertThat(column(books, "select coalesce(sum(amount), 0) from posting"))
                    .containsExactly(BigDecimal.ZERO);
            assertThat(column(books, "select balance from ledger_account where kind = 'RESERVED' and balance <> 0"))
                    .isEmpty();
            assertThat(paidOut(books)).isEqualTo(totals(happened));
            assertThat(
                            column(
                                    books,
                                    "select count(*) from effect_event where to_state = 'CONFIRMED' and from_state <> to_state group by effect_key having count(*) > 1"))
                    .as("confirmed twice")
                    .isEmpty();
        }
    }

    private Program house(String stop, int from, int to, String database, String user, String gateway) {
        List<String> args = new ArrayList<>(List.of(stop, String.valueOf(from), String.valueOf(to)));
        Collections.addAll(
                args,
                "--server.port=0",
                // The demo's people, and none of its cases: those never reach a gateway.
                "--spring.profiles.active=demo",
                "--jabr.demo.data=false",
                "--spring.main.banner-mode=off",
                "--spring.datasource.url=" + database,
                "--spring.datasource.username=" + user,
                "--spring.datasource.password=",
                // A step that was cut short is begun again soon.
                "--camunda.bpm.job-execution.lock-time-in-millis=4000",
                "--jabr.gateways.effects.url=" + gateway,
                "--jabr.gateways.effects.secret=" + StubProgram.SECRET,
                "--jabr.gateways.effects.allow-private=true",
                "--jabr.gateways.effects.timeout=PT0.8S",
                "--jabr.gateways.effects.lease=PT4S",
                "--jabr.gateways.effects.every=PT0.3S",
                "--jabr.gateways.effects.breaker-calls=100000",
                "--jabr.gateways.effects.retries=" + String.join(",", Collections.nCopies(200, "PT0.3S")));
        return programs.start(HouseProgram.class, "700m", args);
    }

    /** Waits until every case is in follow-up and nothing is under way. */
    private static void settled(String house, int many) throws Exception {
        Instant end = Instant.now().plus(PATIENCE);
        List<String> stages = List.of();
        List<String> states = List.of();
        while (Instant.now().isBefore(end)) {
            stages = items(house, "/api/cases?limit=200").stream()
                    .map(one -> one.get("stage").asText())
                    .toList();
            states = items(house, "/api/remedies?limit=200").stream()
                    .map(one -> one.get("state").asText())
                    .filter(state -> !state.equals("CONFIRMED"))
                    .toList();
            if (stages.size() == many && stages.stream().allMatch("FOLLOW_UP"::equals) && states.isEmpty()) {
                return;
            }
            Thread.sleep(500);
        }
        throw new AssertionError("never settled: " + stages + " " + states);
    }

    private static Map<String, String> remedies(String house) throws Exception {
        Map<String, String> shown = new TreeMap<>();
        for (JsonNode one : items(house, "/api/remedies?limit=200")) {
            if (one.path("money").isObject()) {
                shown.put(
                        one.get("key").asText(),
                        one.get("case").asText() + " " + one.get("gateway").asText() + " " + money(one.get("money")));
            }
        }
        return shown;
    }

    /** The same, case by case, as each case shows it. */
    private static Map<String, String> casePages(String house) throws Exception {
        Map<String, String> shown = new TreeMap<>();
        for (JsonNode one : items(house, "/api/cases?limit=200")) {
            String reference = one.get("reference").asText();
            for (JsonNode remedy : get(house, "/api/cases/" + reference).get("remedies")) {
                if (remedy.path("money").isObject()) {
                    shown.put(
                            remedy.get("key").asText(),
                            reference + " " + remedy.get("gateway").asText() + " " + money(remedy.get("money")));
                }
            }
        }
        return shown;
    }

    private static List<JsonNode> items(String house, String path) throws Exception {
        List<JsonNode> items = new ArrayList<>();
        get(house, path).get("items").forEach(items::add);
        return items;
    }

    private static JsonNode get(String house, String path) throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(house + path))
                                .header(
                                        "Authorization",
                                        "Basic "
                                                + Base64.getEncoder()
                                                        .encodeToString("admin:admin".getBytes(StandardCharsets.UTF_8)))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new AssertionError(answer.body(), e);
        }
    }

    private static String money(JsonNode money) {
        return money.get("amount").asText() + " " + money.get("currency").asText();
    }

    private static Map<String, BigDecimal> totals(Map<String, String> happened) {
        Map<String, BigDecimal> totals = new TreeMap<>();
        happened.values().forEach(line -> {
            String[] parts = line.split(" ");
            totals.merge(parts[3], new BigDecimal(parts[2]), BigDecimal::add);
        });
        totals.replaceAll((currency, total) -> total.stripTrailingZeros());
        return totals;
    }

    private static Map<String, BigDecimal> paidOut(Connection books) throws SQLException {
        Map<String, BigDecimal> paid = new TreeMap<>();
        try (Statement statement = books.createStatement();
                ResultSet row = statement.executeQuery(
                        "select unit, abs(sum(balance)) from ledger_account where kind = 'PAID_OUT' group by unit")) {
            while (row.next()) {
                int digits = java.util.Currency.getInstance(row.getString(1)).getDefaultFractionDigits();
                paid.put(
                        row.getString(1),
                        BigDecimal.valueOf(row.getLong(2), digits).stripTrailingZeros());
            }
        }
        return paid;
    }

    private static List<BigDecimal> column(Connection books, String query) throws SQLException {
        List<BigDecimal> values = new ArrayList<>();
        try (Statement statement = books.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            while (row.next()) {
                values.add(row.getBigDecimal(1));
            }
        }
        return values;
    }
}
