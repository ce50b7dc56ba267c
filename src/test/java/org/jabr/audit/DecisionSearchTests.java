package org.jabr.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jabr.cases.PastDecisions;
import org.jabr.cases.RecoveryCase;
import org.jabr.intake.CaseIntake;
import org.jabr.intake.Submission;
import org.jabr.journal.Journal;
import org.jabr.journal.SealLook;
import org.jabr.journal.Seals;
import org.jabr.rules.Decision;
import org.jabr.rules.Money;
import org.jabr.rules.Outcome;
import org.jabr.rules.Problem;
import org.jabr.rules.Verdict;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.transaction.support.TransactionTemplate;

/** Decisions of the real rules, found again by everything that is known about them. */
@SpringBootTest(properties = {"jabr.demo.data=false", "jabr.journal.every=PT24H", "jabr.audit.search-every=PT24H"})
@ActiveProfiles("demo")
@Import(SealLook.class)
abstract class DecisionSearchTests {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Autowired
    CaseIntake intake;

    @Autowired
    PastDecisions past;

    @Autowired
    SealLook seal;

    @Autowired
    Seals seals;

    @Autowired
    Journal journal;

    @Autowired
    DecisionIndex index;

    @Autowired
    DecisionSearch search;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JdbcClient jdbc;

    @Test
    void whatIsNotSealedIsNotFoundAndWhatIsSealedIsFoundOnce() {
        copyAll();
        RecoveryCase recovery = report("40.00");
        resolved(recovery);
        index.look();
        assertThat(search.newest(of("case", recovery.reference()), null, 50)).isEmpty();

        copyAll();
        List<FoundDecision> found = search.newest(of("case", recovery.reference()), null, 50);
        assertThat(found).extracting(FoundDecision::moment).contains("intake", "route", "resolve");
        assertThat(found).extracting(FoundDecision::id).isSortedAccordingTo((a, b) -> Long.compare(b, a));
        assertThat(index.copied()).as("nothing is left to copy").isFalse();
        assertThat(search.newest(of("case", recovery.reference()), null, 50)).isEqualTo(found);
        assertThat(search.newest(of("case", recovery.reference()), found.get(0).id(), 50))
                .isEqualTo(found.subList(1, found.size()));
    }

    @Test
    void aDecisionIsFoundByEverythingThatIsKnownAboutItAndByNothingElse() {
        RecoveryCase recovery = report("80.00");
        PastDecisions.Past stored = resolved(recovery);
        copyAll();
        Decision decision = past.outcome(stored);
        Outcome granted = decision.outcome().stream()
                .filter(one -> one.verdict() == Verdict.GRANT && one.amount() != null)
                .findFirst()
                .orElseThrow();
        Money amount = granted.amount();
        assertThat(amount).isNotNull();
        FoundDecision found = found(of("case", recovery.reference(), "moment", "resolve"));

        assertThat(found.id()).isEqualTo(stored.id());
        assertThat(found.remedies()).hasSameSizeAs(decision.outcome());
        assertThat(found.release()).isEqualTo(recovery.release());
        String day = LocalDate.ofInstant(found.at().toInstant(), ZoneOffset.UTC).toString();
        Map<String, String> right = new TreeMap<>(Map.of(
                "release",
                found.release(),
                "by",
                found.by(),
                "tier",
                found.tier(),
                "type",
                "LATE_DELIVERY",
                "channel",
                "EMAIL",
                "language",
                "en",
                "chosen",
                "NO",
                "from",
                day,
                "until",
                day,
                "remedy",
                granted.remedy()));
        right.put("rule", granted.because().get(0).id());
        Map<String, String> wrong = new TreeMap<>(Map.of(
                "release", "r-none",
                "by", "agent2",
                "tier", "NONE",
                "type", "WRONG_ITEM",
                "channel", "PHONE",
                "language", "ar",
                "chosen", "YES",
                "from", LocalDate.parse(day).plusDays(1).toString(),
                "until", LocalDate.parse(day).minusDays(1).toString(),
                "remedy", "NOTHING"));
        wrong.put("rule", "no-rule");
        assertThat(right.keySet()).isEqualTo(wrong.keySet());
        right.forEach(
                (name, word) -> assertThat(found(of("case", recovery.reference(), "moment", "resolve", name, word)))
                        .as(name)
                        .isEqualTo(found));
        wrong.forEach((name, word) -> assertThat(
                        search.newest(of("case", recovery.reference(), "moment", "resolve", name, word), null, 5))
                .as(name)
                .isEmpty());

        String exactly = amount.amount().toPlainString();
        String more = amount.amount().add(new BigDecimal("0.01")).toPlainString();
        assertThat(of(recovery, amount, "least", exactly)).hasSize(1);
        assertThat(of(recovery, amount, "most", exactly)).hasSize(1);
        assertThat(of(recovery, amount, "least", more)).isEmpty();
        assertThat(of(recovery, amount, "verdict", "REFUSE", "remedy", granted.remedy()))
                .as("another remedy was refused, perhaps, but not this one")
                .isEmpty();
    }

    @Test
    void aGuardrailThatObjectedIsFoundByItsRule() {
        RecoveryCase recovery = report(null);
        PastDecisions.Past stored = resolved(recovery);
        copyAll();
        Decision decision = past.outcome(stored);
        assertThat(decision.objections())
                .as("a percentage of nobody knows what")
                .isNotEmpty();
        String rule = decision.objections().get(0).rule().id();

        assertThat(search.newest(of("case", recovery.reference(), "guardrail", rule), null, 5))
                .singleElement()
                .satisfies(one -> assertThat(one.id()).isEqualTo(stored.id()));
        assertThat(search.counts(of("case", recovery.reference())).facets())
                .filteredOn(facet -> facet.name().equals("guardrail"))
                .singleElement()
                .satisfies(facet -> assertThat(facet.shares()).contains(new DecisionSearch.Share(rule, 1)));
    }

    @Test
    void countsAndSumsWhatItFinds() {
        RecoveryCase first = report("20.00");
        RecoveryCase second = report("60.00");
        PastDecisions.Past one = resolved(first);
        PastDecisions.Past two = resolved(second);
        copyAll();
        for (PastDecisions.Past stored : List.of(one, two)) {
            DecisionSearch.Counts counts = search.counts(of("case", stored.caseReference(), "moment", "resolve"));
            assertThat(counts.decisions()).isEqualTo(1);
            assertThat(counts.cases()).isEqualTo(1);
            long granted = past.outcome(stored).outcome().stream()
                    .filter(outcome -> outcome.verdict() == Verdict.GRANT && outcome.amount() != null)
                    .mapToLong(outcome -> outcome.amount().minor())
                    .sum();
            assertThat(counts.granted()).containsExactly(Money.ofMinor(granted, "USD"));
        }
        DecisionSearch.Counts all = search.counts(DecisionFilter.ALL);
        assertThat(all.facets())
                .filteredOn(facet -> facet.name().equals("moment"))
                .singleElement()
                .satisfies(facet -> assertThat(facet.shares().stream()
                                .mapToLong(DecisionSearch.Share::decisions)
                                .sum())
                        .isEqualTo(all.decisions()));
        List<Long> each = new ArrayList<>();
        search.each(DecisionFilter.ALL, decision -> each.add(decision.position()));
        assertThat(each).hasSize((int) all.decisions()).isSorted();
    }

    @Test
    void whatIsThrownAwayIsCopiedAgainAndIsTheSame() {
        resolved(report("30.00"));
        copyAll();
        List<FoundDecision> before = search.newest(DecisionFilter.ALL, null, 1000);
        for (String table : List.of("found_rule", "found_remedy", "found_decision")) {
            jdbc.sql("delete from " + table).update();
        }
        jdbc.sql("update decision_turn set through = 0").update();
        assertThat(search.newest(DecisionFilter.ALL, null, 1000)).isEmpty();

        transaction.executeWithoutResult(status -> {
            assertThat(index.copied()).isTrue();
            status.setRollbackOnly();
        });
        assertThat(search.newest(DecisionFilter.ALL, null, 1000))
                .as("a node that died in between left nothing")
                .isEmpty();
        index.look();
        assertThat(search.newest(DecisionFilter.ALL, null, 1000)).isEqualTo(before);
    }

    @Test
    void twoNodesThatCopyAtOnceCopyNothingTwice() throws Exception {
        for (int i = 0; i < 3; i++) {
            report("10.00");
        }
        seal.now();
        ExecutorService nodes = Executors.newFixedThreadPool(4);
        try {
            Callable<Boolean> node = () -> {
                index.look();
                return true;
            };
            nodes.invokeAll(List.of(node, node, node, node));
        } finally {
            nodes.shutdown();
            assertThat(nodes.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        }
        index.look();
        List<Long> sealed = journal
                .sealed("case.decided", 0, seals.newest().orElseThrow().size())
                .stream()
                .filter(placed -> !placed.entry().by().equals("nobody"))
                .map(Journal.SealedEntry::position)
                .toList();
        assertThat(jdbc.sql("select position from found_decision order by position")
                        .query(Long.class)
                        .list())
                .isEqualTo(sealed);
    }

    @Test
    void entriesThatSomebodyForgedDoNotStopTheSearch() {
        PastDecisions.Past stored = resolved(report("15.00"));
        copyAll();
        transaction.executeWithoutResult(status -> {
            journal.append("case.decided", stored.caseReference(), "nobody", Map.of("decision", stored.id()));
            journal.append("case.decided", stored.caseReference(), "nobody", Map.of("decision", "none"));
            journal.append("case.decided", stored.caseReference(), "nobody", Map.of("decision", Long.MAX_VALUE));
        });
        PastDecisions.Past later = resolved(report("16.00"));
        copyAll();
        assertThat(search.newest(of("case", stored.caseReference(), "moment", "resolve"), null, 5))
                .hasSize(1);
        assertThat(search.newest(of("case", later.caseReference(), "moment", "resolve"), null, 5))
                .hasSize(1);
    }

    @Test
    void saysWhichWordCannotBe() {
        assertThatThrownBy(() -> of("least", "ten", "currency", "SAR"))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("SEARCH-001"));
        assertThatThrownBy(() -> of("least", "10"))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("SEARCH-002"));
        for (Map.Entry<String, String> word : Map.of(
                        "verdict", "MAYBE",
                        "authority", "NOBODY",
                        "currency", "XXXX",
                        "from", "2026-02-30",
                        "until", "yesterday",
                        "chosen", "PERHAPS",
                        "rule", "a\u0000b")
                .entrySet()) {
            assertThatThrownBy(() -> of(word.getKey(), word.getValue()))
                    .as(word.getKey())
                    .isInstanceOf(Problem.class);
        }
        assertThat(of("unknown", "word").all()).isTrue();
    }

    private List<FoundDecision> of(RecoveryCase recovery, Money amount, String... words) {
        Map<String, String> typed = new TreeMap<>(Map.of(
                "case", recovery.reference(), "moment", "resolve", "currency", amount.currency(), "verdict", "GRANT"));
        for (int i = 0; i < words.length; i += 2) {
            typed.put(words[i], words[i + 1]);
        }
        return search.newest(DecisionFilter.of(typed), null, 5);
    }

    private FoundDecision found(DecisionFilter filter) {
        List<FoundDecision> found = search.newest(filter, null, 5);
        assertThat(found).as(filter.toString()).hasSize(1);
        return found.get(0);
    }

    private static DecisionFilter of(String... words) {
        Map<String, String> typed = new TreeMap<>();
        for (int i = 0; i < words.length; i += 2) {
            typed.put(words[i], words[i + 1]);
        }
        return DecisionFilter.of(typed);
    }

    private void copyAll() {
        seal.now();
        index.look();
    }

    private PastDecisions.Past resolved(RecoveryCase recovery) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            List<Long> ids = jdbc.sql("""
                            select d.id from decision d join recovery_case c on c.id = d.case_id
                            where c.reference = :reference and d.moment = 'resolve'
                            """)
                    .param("reference", recovery.reference())
                    .query(Long.class)
                    .list();
            if (!ids.isEmpty()) {
                return past.these(ids).get(0);
            }
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        throw new AssertionError("not decided: " + recovery.reference());
    }

    private RecoveryCase report(@Nullable String loss) {
        int n = COUNT.incrementAndGet();
        return intake.receive(
                        new Submission(
                                "SEARCH-" + n,
                                "F-" + n,
                                "EMAIL",
                                "Delivery",
                                "Late " + n,
                                null,
                                loss == null ? null : Money.of(loss, "USD"),
                                null,
                                null,
                                null,
                                "en",
                                Map.of("failure.type", "LATE_DELIVERY", "conversation.emotion", "CALM"),
                                Map.of()),
                        "agent")
                .recovery();
    }
}
