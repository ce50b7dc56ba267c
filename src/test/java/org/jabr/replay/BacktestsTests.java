package org.jabr.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.jabr.cases.PastDecisions;
import org.jabr.cases.RecoveryCase;
import org.jabr.intake.CaseIntake;
import org.jabr.intake.Submission;
import org.jabr.releases.Draft;
import org.jabr.releases.Drafts;
import org.jabr.releases.Release;
import org.jabr.releases.Releases;
import org.jabr.rules.Authority;
import org.jabr.rules.Consulted;
import org.jabr.rules.Decision;
import org.jabr.rules.Finding;
import org.jabr.rules.Money;
import org.jabr.rules.Outcome;
import org.jabr.rules.Problem;
import org.jabr.rules.Progress;
import org.jabr.rules.RuleRef;
import org.jabr.rules.RuleTrial;
import org.jabr.rules.Rulebook;
import org.jabr.rules.RulebookCompiler;
import org.jabr.rules.TableView;
import org.jabr.rules.Verdict;
import org.jabr.testing.StubEngines;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ActiveProfiles;

/** A backtest on rules of a few lines: what a file of the draft says, they do. */
@SpringBootTest(properties = {"jabr.demo.data=false", "jabr.backtests.every=PT1H"})
@ActiveProfiles("demo")
@Import({StubEngines.class, BacktestsTests.Rules.class})
abstract class BacktestsTests {

    private static final OffsetDateTime MARCH = OffsetDateTime.of(2026, 3, 2, 9, 0, 0, 0, ZoneOffset.UTC);

    @Autowired
    Backtests backtests;

    @Autowired
    BacktestStore store;

    @Autowired
    BacktestRunner runner;

    @Autowired
    PastDecisions past;

    @Autowired
    Drafts drafts;

    @Autowired
    Releases releases;

    @Autowired
    CaseIntake intake;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Clock clock;

    @TestConfiguration(proxyBeanMethods = false)
    static class Rules {

        static volatile CountDownLatch gate = new CountDownLatch(0);

        /** {@code more} doubles, {@code less} halves, {@code ask} asks, {@code fail} fails, anything else repeats. */
        @Bean
        @Primary
        Deciding.Place rulesOfOneWord() {
            return (files, release) -> {
                String word = files.getOrDefault("rules/word.csv", "same");
                if (word.startsWith("broken")) {
                    throw new Problem(Problem.Kind.INVALID, "RULE-054", "rules/word.csv");
                }
                return new Deciding() {
                    @Override
                    public List<Decided> all(List<Asked> asked) {
                        try {
                            gate.await();
                        } catch (InterruptedException e) {
                            throw new IllegalStateException(e);
                        }
                        return asked.stream().map(one -> answer(word, one)).toList();
                    }

                    @Override
                    public void close() {}
                };
            };
        }

        private static Deciding.Decided answer(String word, Deciding.Asked asked) {
            if (word.startsWith("fail")) {
                return new Deciding.Decided(null, "RULES-003");
            }
            Map<?, ?> loss = (Map<?, ?>) ((Map<?, ?>) asked.facts().document().get("failure")).get("loss");
            if (loss == null || !asked.moment().name().equals("resolve")) {
                return new Deciding.Decided(decision(asked, List.of()), null);
            }
            BigDecimal times = new BigDecimal(word.startsWith("more") ? "2" : word.startsWith("less") ? "0.5" : "1");
            Money amount = Money.rounded(
                    new BigDecimal(loss.get("amount").toString()).multiply(times),
                    loss.get("currency").toString());
            Verdict verdict = word.startsWith("ask") ? Verdict.ASK : Verdict.GRANT;
            return new Deciding.Decided(
                    decision(
                            asked,
                            List.of(new Outcome(
                                    "REFUND",
                                    amount,
                                    verdict,
                                    Authority.AGENT,
                                    List.of(new RuleRef("rule-" + word.split(" ")[0]))))),
                    null);
        }

        private static Decision decision(Deciding.Asked asked, List<Outcome> outcome) {
            return new Decision(
                    asked.moment(), asked.facts().asOf(), "x", asked.facts(), List.of(), List.of(), List.of(), outcome);
        }
    }

    @BeforeEach
    void forgetsThePast() {
        Rules.gate.countDown();
        jdbc.sql("delete from backtest_change").update();
        jdbc.sql("delete from backtest_file").update();
        jdbc.sql("delete from backtest").update();
        jdbc.sql("delete from decision").update();
    }

    @Test
    void saysWhoGetsMoreAndWhatItCostsInEachCurrency() {
        List<Long> dollars = decisions(3, 1000, "resolve", "USD");
        decisions(2, 5000, "resolve", "JPY");

        Backtest run = ended(tried("more"));

        BacktestSums sums = backtests.sums(run.id());
        assertThat(run)
                .extracting(Backtest::total, Backtest::done, Backtest::changed, Backtest::failed)
                .containsExactly(5L, 5L, 5L, 0L);
        assertThat(sums.money())
                .extracting(
                        BacktestSums.Money::currency, money -> money.before().minor(), money -> money.after()
                                .minor())
                .containsExactly(tuple("JPY", 10001L, 20002L), tuple("USD", 3003L, 6006L));
        List<Backtest.Changed> first = backtests.changes(run.id(), Backtest.Which.WINNERS, "USD", null, 2);
        assertThat(first).extracting(Backtest.Changed::decision).containsExactly(dollars.get(2), dollars.get(1));
        Backtest.Changed last = first.get(1);
        assertThat(backtests.changes(
                        run.id(),
                        Backtest.Which.WINNERS,
                        "USD",
                        new Backtest.Mark(last.difference(), last.decision()),
                        2))
                .extracting(Backtest.Changed::decision, Backtest.Changed::beforeMinor, Backtest.Changed::difference)
                .containsExactly(tuple(dollars.get(0), 1000L, 1000L));
        assertThat(backtests.changes(run.id(), Backtest.Which.LOSERS, "USD", null, 9))
                .isEmpty();
        assertThat(backtests.counts(run.id()))
                .containsExactlyInAnyOrder(
                        new Backtest.Count(Backtest.Which.WINNERS, "JPY", 2),
                        new Backtest.Count(Backtest.Which.WINNERS, "USD", 3));
        assertThat(sums.hits())
                .contains(new BacktestSums.Hits("rule-more", 0, 5), new BacktestSums.Hits("rule-old", 5, 0));
    }

    @Test
    void saysWhoGetsLess() {
        List<Long> ids = decisions(2, 1000, "resolve", "USD");
        Backtest run = ended(tried("less"));
        assertThat(backtests.changes(run.id(), Backtest.Which.LOSERS, "USD", null, 9))
                .extracting(Backtest.Changed::decision, Backtest.Changed::difference)
                .containsExactly(tuple(ids.get(1), -501L), tuple(ids.get(0), -500L));
    }

    @Test
    void tellsAnotherVerdictFromTheSameAnswerForOtherReasons() {
        decisions(4, 1000, "resolve", "USD");
        Backtest same = ended(tried("same"));
        Backtest asks = ended(tried("ask"));

        assertThat(same.changed()).isZero();
        assertThat(backtests.sums(same.id()).otherReasons()).isEqualTo(4);
        assertThat(backtests.sums(asks.id()).verdicts())
                .containsExactly(new BacktestSums.VerdictChange("REFUND", "GRANT", "ASK", 4));
        assertThat(backtests.changes(asks.id(), Backtest.Which.OTHERS, "", null, 9))
                .hasSize(4)
                .allSatisfy(change -> assertThat(change.differences())
                        .singleElement()
                        .satisfies(d -> assertThat(d.is().authority()).isEqualTo("AGENT")));
    }

    @Test
    void listsWhatCannotBeDecidedAnyMore() {
        List<Long> ids = decisions(3, 1000, "resolve", "USD");
        Backtest run = ended(tried("fail"));
        assertThat(run.state()).isEqualTo(Backtest.State.DONE);
        assertThat(run.failed()).isEqualTo(3);
        assertThat(backtests.sums(run.id()).failures()).containsExactly(new BacktestSums.Failures("RULES-003", 3));
        assertThat(backtests.counts(run.id()))
                .extracting(Backtest.Count::which, Backtest.Count::times)
                .containsExactly(tuple(Backtest.Which.FAILED, 3L));
        assertThat(backtests.changes(run.id(), Backtest.Which.FAILED, "", new Backtest.Mark(0, ids.get(0)), 9))
                .extracting(Backtest.Changed::decision, Backtest.Changed::failure)
                .containsExactly(tuple(ids.get(1), "RULES-003"), tuple(ids.get(2), "RULES-003"));
    }

    @Test
    void failsWithTheReasonWhereTheContentDoesNotCompile() {
        decisions(1, 1000, "resolve", "USD");
        Backtest run = ended(tried("broken"));
        assertThat(run)
                .extracting(Backtest::state, Backtest::failure)
                .containsExactly(Backtest.State.FAILED, "RULE-054");
        assertThat(store.files(run.id())).isEmpty();
    }

    @Test
    void asksOnlyWhatTheFilterLetsThrough() {
        decisions(3, 1000, "resolve", "USD");
        decisions(2, 1000, "exceed", "USD");
        PastDecisions.Filter exceed = new PastDecisions.Filter("exceed", null, null, null);
        PastDecisions.Filter laterThanAll = new PastDecisions.Filter(null, null, MARCH.plusYears(1), null);
        assertThat(ended(tried("same", exceed)))
                .extracting(Backtest::total, Backtest::done)
                .containsExactly(2L, 2L);
        assertThat(ended(tried("more", laterThanAll)).total()).isZero();
        assertThat(ended(tried("less", new PastDecisions.Filter(null, "OTHER", MARCH, MARCH.plusDays(1))))
                        .total())
                .isEqualTo(5);
    }

    @Test
    void countsAsTriedOnlyAfterAFullRun() {
        decisions(2, 1000, "resolve", "USD");
        Release live = releases.live();
        assertThat(backtests.ran(live)).isFalse();
        ended(backtests.ofRelease(live.id(), new PastDecisions.Filter("resolve", null, null, null), "analyst"));
        assertThat(backtests.ran(live)).isFalse();
        Backtest run = ended(backtests.ofRelease(live.id(), PastDecisions.Filter.ALL, "analyst"));
        assertThat(backtests.ran(live)).isTrue();
        assertThat(backtests.latest(live.contentHash())).contains(run);
    }

    @Test
    void runsOnceAtATimeForOneContentAndIsCalledOff() {
        decisions(5, 1000, "resolve", "USD");
        Rules.gate = new CountDownLatch(1);
        String draft = draft("more");
        Backtest first = backtests.ofDraft(draft, PastDecisions.Filter.ALL, "analyst");
        Backtest second = backtests.ofDraft(draft, PastDecisions.Filter.ALL, "analyst");
        assertThat(second.id()).isEqualTo(first.id());

        backtests.cancel(first.id());
        Rules.gate.countDown();

        ended(tried("less"));
        assertThat(backtests.get(first.id()).state()).isEqualTo(Backtest.State.CANCELLED);
        assertThat(backtests.changes(first.id(), Backtest.Which.WINNERS, "USD", null, 9))
                .isEmpty();
        assertThat(ended(backtests.ofDraft(draft, PastDecisions.Filter.ALL, "analyst"))
                        .id())
                .isNotEqualTo(first.id());
    }

    @Test
    void goesOnWhereAnotherNodeStoppedAndCountsNothingTwice() {
        List<Long> ids = decisions(7, 1000, "resolve", "USD");
        SortedMap<String, String> files = new TreeMap<>(Map.of("rules/word.csv", "more"));
        OffsetDateTime longAgo = OffsetDateTime.now(clock).minus(Duration.ofMinutes(5));
        BacktestStore.Begun begun = store.begin(
                new BacktestStore.Wanted(
                        Releases.contentHash(files),
                        null,
                        releases.live().id(),
                        PastDecisions.Filter.ALL,
                        "analyst",
                        ids.get(6),
                        7),
                files,
                "another-node",
                longAgo);
        Tally tally = new Tally();
        List<Backtest.Changed> changes = new ArrayList<>();
        for (PastDecisions.Past one : past.page(PastDecisions.Filter.ALL, 0, ids.get(2), 10)) {
            tally.add(one, new Compared(past.read(one, past.facts(one)), null, "RULES-003", List.of(), false));
            changes.add(new Backtest.Changed(
                    one.id(), one.caseReference(), "resolve", "NEW", "OTHER", "USD", 1, 0, 0, "RULES-003", List.of()));
        }
        assertThat(store.keep(begun.id(), "another-node", ids.get(2), tally.sums(), changes, false, longAgo))
                .isTrue();

        runner.takeOver();
        Backtest run = ended(backtests.get(begun.id()));

        assertThat(run)
                .extracting(Backtest::state, Backtest::done, Backtest::changed, Backtest::failed)
                .containsExactly(Backtest.State.DONE, 7L, 7L, 3L);
        assertThat(backtests.changes(run.id(), Backtest.Which.WINNERS, "USD", null, 9))
                .hasSize(4);
        assertThat(store.keep(begun.id(), "another-node", ids.get(3), tally.sums(), List.of(), false, longAgo))
                .as("the other node wakes up again")
                .isFalse();
    }

    @Test
    void leavesARunAloneThatIsAlive() {
        decisions(1, 1000, "resolve", "USD");
        SortedMap<String, String> files = new TreeMap<>(Map.of("rules/word.csv", "more"));
        BacktestStore.Begun begun = store.begin(
                new BacktestStore.Wanted(
                        Releases.contentHash(files), null, null, PastDecisions.Filter.ALL, "analyst", 1, 1),
                files,
                "another-node",
                OffsetDateTime.now(clock));
        runner.takeOver();
        ended(tried("less"));
        assertThat(backtests.get(begun.id()))
                .extracting(Backtest::state, Backtest::done)
                .containsExactly(Backtest.State.RUNNING, 0L);
    }

    @Test
    void knowsTheNewestRunOfADraftAlsoAfterItChanged() {
        decisions(1, 1000, "resolve", "USD");
        String draft = draft("more");
        Backtest run = ended(backtests.ofDraft(draft, PastDecisions.Filter.ALL, "analyst"));
        assertThat(backtests.latestOfDraft(draft)).contains(run);
        Draft.File file = drafts.file(draft, "rules/word.csv");
        drafts.save(draft, "rules/word.csv", "less", file.version(), "analyst");
        assertThat(backtests.latestOfDraft(draft)).contains(run);
        assertThat(run.contentHash()).isNotEqualTo(drafts.contentHash(draft));
        assertThatThrownBy(() -> backtests.get(-1)).hasMessageContaining("BACKTEST-001");
    }

    @Test
    void findsRulesThatNoPastDecisionTouchesAndTablesWithNoRowOrSeveral() {
        decisions(4, 1000, "resolve", "USD");
        List<TableView> tables = List.of(
                table("type", "UNIQUE", "type-a", "type-b"),
                table("refund", "COLLECT", "refund-a", "refund-b"),
                table("tone", "FIRST", "tone-a", "tone-b", "tone-else"));
        Rulebook rulebook = mock(Rulebook.class);
        when(rulebook.rules())
                .thenReturn(List.of(new RuleRef("type-a"), new RuleRef("refund-b"), new RuleRef("guard/1")));
        when(rulebook.touched(any(), any())).thenReturn(Set.of(new RuleRef("type-a")));
        when(rulebook.consulted(any(), any()))
                .thenReturn(List.of(
                        consulted("type", "type-a", "type-b"),
                        consulted("refund", "refund-a", "refund-c"),
                        consulted("tone", "tone-a", "tone-else")))
                .thenReturn(List.of(consulted("type"), consulted("tone", "tone-a", "tone-b", "tone-else")));
        RulebookCompiler compiler = mock(RulebookCompiler.class);
        when(compiler.tables(any())).thenReturn(tables);
        RuleTrial trial = mock(RuleTrial.class);
        when(trial.rulebook(any(), any())).thenReturn(rulebook);

        List<Finding> findings =
                new HistoryInspection(past, trial, compiler, 3).inspect(new TreeMap<>(), Progress.NONE);

        assertThat(findings)
                .extracting(Finding::code, Finding::file, Finding::place, Finding::values)
                .containsExactly(
                        tuple("HIST-001", "rules/refund.dmn", "refund-b", List.of("refund-b", 3L)),
                        tuple("HIST-001", "rules/guardrails.drl", "guard/1", List.of("guard/1", 3L)),
                        tuple("HIST-002", "rules/type.dmn", "type", List.of("type", 2L, 3L)),
                        tuple("HIST-003", "rules/type.dmn", "type-a", List.of("type", "type-a, type-b", 1L, 3L)),
                        tuple("HIST-003", "rules/tone.dmn", "tone-a", List.of("tone", "tone-a, tone-b", 2L, 3L)));
        assertThat(findings).noneMatch(Finding::blocking);
        verify(rulebook, times(3)).touched(any(), any());
    }

    private static TableView table(String id, String hitPolicy, String... rows) {
        return new TableView(
                "rules/" + id + ".dmn",
                id,
                "",
                hitPolicy,
                List.of(new TableView.Column("type", "", false), new TableView.Column("x", "", true)),
                java.util.Arrays.stream(rows)
                        .map(row -> new TableView.Row(row, List.of(row.endsWith("-else") ? "-" : "1", "1"), ""))
                        .toList());
    }

    private static Consulted consulted(String table, String... matching) {
        return new Consulted(
                "rules/" + table + ".dmn",
                table,
                Map.of(),
                java.util.Arrays.stream(matching).map(RuleRef::new).toList());
    }

    Backtest tried(String word) {
        return tried(word, PastDecisions.Filter.ALL);
    }

    private Backtest tried(String word, PastDecisions.Filter filter) {
        return backtests.ofDraft(draft(word), filter, "analyst");
    }

    private String draft(String word) {
        String id = drafts.open(word, releases.live().id(), "analyst").id();
        // A comment of its own keeps the content of each test apart.
        drafts.save(id, "rules/word.csv", word + " " + UUID.randomUUID(), 0, "analyst");
        return id;
    }

    Backtest ended(Backtest backtest) {
        for (int i = 0; i < 600; i++) {
            Backtest now = backtests.get(backtest.id());
            if (!now.running()) {
                return now;
            }
            pause();
        }
        throw new AssertionError("the backtest does not end");
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Past decisions of one new case, each refunding its loss: {@code minor}, one more, and so on. */
    List<Long> decisions(int n, long minor, String moment, String currency) {
        String own = UUID.randomUUID().toString();
        RecoveryCase recovery = intake.receive(
                        new Submission(
                                own,
                                own,
                                "EMAIL",
                                "Rail",
                                "Late",
                                null,
                                Money.ofMinor(minor, currency),
                                null,
                                null,
                                null,
                                "en",
                                Map.of(),
                                Map.of()),
                        "agent")
                .recovery();
        jdbc.sql("delete from decision where case_id = :id and decided_by <> 'test'")
                .param("id", recovery.id().value())
                .update();
        for (int i = 0; i < n; i++) {
            String amount = "{\"amount\":\""
                    + Money.ofMinor(minor + i, currency).amount().toPlainString() + "\",\"currency\":\"" + currency
                    + "\"}";
            jdbc.sql("""
                            insert into decision (case_id, moment, release_id, as_of, facts_text, result, decided_by)
                            values (:case, :moment, :release, :at, :facts, :result, 'test')
                            """)
                    .param("case", recovery.id().value())
                    .param("moment", moment)
                    .param("release", recovery.release())
                    .param("at", MARCH)
                    .param(
                            "facts",
                            "t:{\"asOf\":\"2026-03-02T09:00:00Z\",\"failure\":{\"currency\":\"" + currency
                                    + "\",\"loss\":" + amount + "}}")
                    .param(
                            "result",
                            "{\"settings\":[],\"proposals\":[],\"objections\":[],\"outcome\":["
                                    + (moment.equals("resolve")
                                            ? "{\"remedy\":\"REFUND\",\"amount\":" + amount
                                                    + ",\"verdict\":\"GRANT\",\"authority\":\"RULES\",\"because\":[\"rule-old\"]}"
                                            : "")
                                    + "]}")
                    .update();
        }
        return jdbc.sql("select id from decision where case_id = :id order by id")
                .param("id", recovery.id().value())
                .query(Long.class)
                .list();
    }
}
