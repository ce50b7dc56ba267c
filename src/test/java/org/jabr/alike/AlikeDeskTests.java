package org.jabr.alike;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jabr.cases.Calendars;
import org.jabr.cases.PastDecisions;
import org.jabr.releases.Releases;
import org.jabr.rules.Problem;
import org.jabr.testing.StubEngines;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ActiveProfiles;

/** What is found in what is stored; each test has a month of its own. */
@SpringBootTest(properties = {"jabr.demo.data=false", "jabr.journal.every=PT24H", "jabr.audit.search-every=PT24H"})
@ActiveProfiles("demo")
@Import({StubEngines.class, Planted.class})
abstract class AlikeDeskTests {

    @Autowired
    AlikeDesk desk;

    @Autowired
    AlikeRules rules;

    @Autowired
    Planted planted;

    @Autowired
    Releases releases;

    @Autowired
    PastDecisions past;

    @Autowired
    AlikeDeeds deeds;

    @Autowired
    Calendars calendars;

    @Autowired
    JdbcClient jdbc;

    @Test
    void whatWasPlantedIsFoundAndNothingElse() {
        OffsetDateTime at = OffsetDateTime.parse("2025-03-04T10:00:00Z");
        for (int i = 0; i < 160; i++) {
            boolean chat = i % 2 == 0;
            int k = i / 8;
            boolean granted = chat ? k % 2 == 0 : k % 10 != 0;
            planted.decision(new Planted.Row(
                    at.plusMinutes(i),
                    i / 4 % 2 == 0 ? "GOLD" : "NEW",
                    chat ? "CHAT" : "EMAIL",
                    i / 2 % 2 == 0 ? "ar" : "en",
                    "rules",
                    90,
                    granted ? 20 : 0));
        }
        long twice = planted.newCase();
        planted.decision(twice, new Planted.Row(at, "GOLD", "EMAIL", "en", "rules", 90, 0));
        planted.decision(twice, new Planted.Row(at.plusDays(1), "GOLD", "EMAIL", "en", "rules", 90, 20));
        planted.stored(planted.newCase(), at, "rules", "t:{}", "");
        planted.stored(planted.newCase(), at, "rules", "t:{nothing", "");

        Alike alike = look("2025-03");

        assertThat(alike.basis()).isEqualTo(new Alike.Basis(161, 1, 1, 1, false, 2));
        assertThat(alike.tests()).hasSize(4);
        assertThat(alike.tests())
                .filteredOn(Alike.Comparison::finding)
                .extracting(Alike.Comparison::suspect, Alike.Comparison::outcome)
                .containsExactlyInAnyOrder(
                        tuple("channel", Alike.Outcome.GRANTED), tuple("channel", Alike.Outcome.AMOUNT));
        assertThat(alike.tests()).filteredOn(Alike.Comparison::finding).allSatisfy(one -> {
            double sign = one.value().equals("CHAT") ? -1 : 1;
            double expected = one.outcome() == Alike.Outcome.GRANTED ? 40 : 8;
            assertThat(one.difference()).isCloseTo(sign * expected, within(0.5));
            assertThat(one.with() + one.without()).isEqualTo(161);
        });
        assertThat(alike.twins()).hasSize(2).allSatisfy(one -> {
            assertThat(one.exact()).isTrue();
            assertThat(one.sameRelease()).isTrue();
            assertThat(one.difference()).isEqualByComparingTo("20");
            assertThat(one.less().given()).isEmpty();
            assertThat(one.more().given()).containsEntry("REFUND", new BigDecimal("20.00"));
        });
    }

    @Test
    void whatWasAgreedToInTheEndCounts() {
        OffsetDateTime at = OffsetDateTime.parse("2025-07-01T10:00:00Z");
        String asks = """
                {"remedy":"GOODWILL","amount":{"amount":"15.00","currency":"USD"},"verdict":"ASK","authority":"SUPERVISOR","because":["a"]}""";
        String facts =
                "t:{\"failure\":{\"type\":\"LATE_DELIVERY\",\"currency\":\"USD\"},\"customer\":{\"tier\":\"NEW\"}}";
        long agreed = planted.stored(planted.newCase(), at, "rules", facts, asks);
        planted.asked(agreed, "agreed-1", "rules", "supervisor", "CONFIRMED", at);
        long refused = planted.stored(planted.newCase(), at, "rules", facts, asks);
        planted.asked(refused, "agreed-2", "rules", "supervisor", "REFUSED", at);
        assertThat(look("2025-07").twins()).singleElement().satisfies(one -> {
            assertThat(one.more().decision()).isEqualTo(agreed);
            assertThat(one.more().given()).containsEntry("GOODWILL", new BigDecimal("10.00"));
            assertThat(one.less().decision()).isEqualTo(refused);
            assertThat(one.less().given()).isEmpty();
        });
    }

    @Test
    void aConstantNumberOfStatementsIsAskedHoweverManyDecisionsThereAre() {
        OffsetDateTime at = OffsetDateTime.parse("2025-08-05T10:00:00Z");
        for (int i = 0; i < 120; i++) {
            planted.decision(new Planted.Row(
                    at.plusMinutes(i), "NEW", i % 2 == 0 ? "CHAT" : "EMAIL", "en", "agent", 90, i % 20));
        }
        look("2025-08");
        List<String> few = statements(() -> look("2025-09"));
        List<String> many = statements(() -> look("2025-08"));
        assertThat(few).isNotEmpty();
        assertThat(many).isEqualTo(few);
    }

    @Test
    void whoeverAgreedWithThemselvesIsFoundWhereverItIsStored() {
        OffsetDateTime at = OffsetDateTime.parse("2025-04-08T10:00:00Z");
        long decision = planted.decision(new Planted.Row(at, "NEW", "CHAT", "en", "agent", 90, 20));
        planted.asked(decision, "own-1", "supervisor", "rules", "CONFIRMED", at);
        planted.answered("own-1", "RESERVED", "supervisor", at);
        planted.asked(decision, "own-2", "manager", "manager", "CONFIRMED", at);
        planted.asked(decision, "fine-1", "agent", "rules", "CONFIRMED", at);
        planted.answered("fine-1", "RESERVED", "supervisor", at);
        planted.asked(decision, "fine-2", "agent", "agent", "CANCELLED", at);
        planted.answered("fine-2", "CANCELLED", "agent", at);
        update("insert into release_author (release_id, login) values ('%s', 'writer')".formatted(planted.release()));
        update(
                "insert into release_step (release_id, step, done_by, done_at, note) values ('%s', 'APPROVED', 'writer', timestamp with time zone '2025-04-09 10:00:00+00', '')"
                        .formatted(planted.release()));
        update(
                "insert into budget_change (pot_code, budget, amount, unit, reason, state, asked_by, asked_at, decided_by, decided_at) values ('a', 'b', 1, 'USD', 'c', 'DONE', 'manager', timestamp with time zone '2025-04-09 10:00:00+00', 'manager', timestamp with time zone '2025-04-09 11:00:00+00')");
        update(
                "insert into remedy_choice (case_id, moment, chosen, why_text, chosen_by, chosen_at, state, decision_id) select case_id, moment, '[]', 't:why', 'manager', as_of, 'DECIDED', id from decision where id = "
                        + decision);
        planted.asked(decision, "chosen-1", "rules", "rules", "CONFIRMED", at);
        planted.answered("chosen-1", "RESERVED", "manager", at.plusHours(1));

        Alike alike = look("2025-04");

        assertThat(alike.fourEyes())
                .extracting(one -> one.what() + " " + one.login())
                .containsExactlyInAnyOrder(
                        "APPROVAL supervisor",
                        "APPROVAL manager",
                        "CHOICE manager",
                        "RELEASE writer",
                        "BUDGET manager");
        assertThat(look("2025-02").fourEyes()).isEmpty();
    }

    @Test
    void whatPeopleDidAfterHoursIsCountedForEach() {
        planted.decision(
                new Planted.Row(OffsetDateTime.parse("2025-05-06T10:00:00Z"), "NEW", "CHAT", "en", "agent", 90, 20));
        long late = planted.decision(
                new Planted.Row(OffsetDateTime.parse("2025-05-06T20:00:00Z"), "NEW", "CHAT", "en", "agent", 90, 20));
        planted.decision(
                new Planted.Row(OffsetDateTime.parse("2025-05-06T21:00:00Z"), "NEW", "CHAT", "en", "rules", 90, 20));
        // A Friday
        OffsetDateTime friday = OffsetDateTime.parse("2025-05-09T10:00:00Z");
        planted.asked(late, "late-1", "agent", "rules", "CONFIRMED", friday);
        planted.answered("late-1", "RESERVED", "supervisor", friday);

        Alike alike = look("2025-05");

        assertThat(alike.late())
                .extracting(one -> one.what() + " " + one.login())
                .containsExactly("APPROVAL supervisor", "DECISION agent");
        assertThat(alike.late().get(1).subject()).isEqualTo(String.valueOf(late));
        assertThat(alike.latePeople())
                .containsExactly(new Alike.LatePerson("agent", 1, 2), new Alike.LatePerson("supervisor", 1, 1));
        assertThat(alike.unknownHours()).isZero();
    }

    @Test
    void whoeverNeverRefusesStandsOut() {
        OffsetDateTime at = OffsetDateTime.parse("2025-06-03T07:00:00Z");
        long decision = planted.decision(new Planted.Row(at, "NEW", "CHAT", "en", "agent", 90, 20));
        for (int i = 0; i < 60; i++) {
            String key = "many-" + i;
            boolean refused = i % 2 == 0 && i % 3 != 0;
            planted.asked(decision, key, "agent", "x", refused ? "REFUSED" : "CONFIRMED", at);
            planted.answered(
                    key, refused ? "REFUSED" : "RESERVED", i % 2 == 0 ? "manager" : "supervisor", at.plusHours(1));
        }
        assertThat(look("2025-06").patterns())
                .filteredOn(Alike.Pattern::finding)
                .extracting(one -> one.login() + " " + one.doing() + " " + one.some() + "/" + one.of())
                .containsExactlyInAnyOrder("manager REFUSALS 20/30", "supervisor REFUSALS 0/30");
    }

    @Test
    void theNewestAreComparedWhereThereAreTooMany() {
        OffsetDateTime at = OffsetDateTime.parse("2025-10-07T10:00:00Z");
        for (int i = 0; i < 101; i++) {
            planted.decision(
                    new Planted.Row(at.plusMinutes(i), i == 0 ? "GOLD" : "NEW", "CHAT", "en", "rules", 90, 20));
        }
        AlikeDesk few = new AlikeDesk(
                new AlikeRules(releases) {
                    @Override
                    Optional<AlikePolicy> policy(String release) {
                        return super.policy(release).map(AlikeDeskTests::atMostHundred);
                    }
                },
                releases,
                past,
                deeds,
                calendars);
        Alike cut = few.look("resolve", LocalDate.parse("2025-10-01"), LocalDate.parse("2025-10-31"));
        assertThat(cut.basis()).isEqualTo(new Alike.Basis(100, 0, 0, 0, true, 1));
        assertThat(look("2025-10").basis()).isEqualTo(new Alike.Basis(101, 0, 0, 0, false, 2));
    }

    @Test
    void whatCannotBeAskedIsRefused() {
        assertThat(desk.days()).contains(90);
        fails("ALIKE-011", "resolve", "2025-03-02", "2025-03-01");
        fails("ALIKE-011", "resolve", "1999-01-01", "2025-03-01");
        fails("ALIKE-013", "tea", "2025-03-01", "2025-03-02");
    }

    private void fails(String code, String moment, String from, String to) {
        assertThatThrownBy(() -> desk.look(moment, LocalDate.parse(from), LocalDate.parse(to)))
                .isInstanceOfSatisfying(
                        Problem.class, one -> assertThat(one.code()).isEqualTo(code));
    }

    private static AlikePolicy atMostHundred(AlikePolicy policy) {
        Map<String, AlikePolicy.Limit> settings = new HashMap<>(policy.settings());
        settings.put("most-decisions", new AlikePolicy.Limit("most-decisions", BigDecimal.valueOf(100), "a", "b"));
        return new AlikePolicy(policy.permitted(), policy.suspects(), settings);
    }

    private Alike look(String month) {
        LocalDate first = LocalDate.parse(month + "-01");
        return desk.look("resolve", first, first.plusMonths(1).minusDays(1));
    }

    private void update(String sql) {
        assertThat(jdbc.sql(sql).update()).isPositive();
    }

    /** What this thread sends. */
    private static List<String> statements(Runnable work) {
        Logger logger = (Logger) LoggerFactory.getLogger(JdbcTemplate.class);
        Level before = logger.getLevel();
        boolean additive = logger.isAdditive();
        List<String> heard = new ArrayList<>();
        Thread here = Thread.currentThread();
        // Asked while it is logged: an event that is asked later says the thread that asks.
        AppenderBase<ILoggingEvent> listens = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                if (Thread.currentThread() == here
                        && event.getFormattedMessage().startsWith("Executing prepared SQL statement")) {
                    heard.add(event.getFormattedMessage());
                }
            }
        };
        listens.start();
        logger.setLevel(Level.DEBUG);
        logger.setAdditive(false);
        logger.addAppender(listens);
        try {
            work.run();
        } finally {
            logger.detachAppender(listens);
            logger.setAdditive(additive);
            logger.setLevel(before);
        }
        return heard;
    }
}
