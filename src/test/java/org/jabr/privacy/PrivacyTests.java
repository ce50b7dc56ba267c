package org.jabr.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jabr.cases.CaseDesk;
import org.jabr.cases.Cases;
import org.jabr.cases.RecoveryCase;
import org.jabr.cases.StoredDecision;
import org.jabr.customers.Customer;
import org.jabr.customers.Customers;
import org.jabr.customers.PersonalText;
import org.jabr.customers.Purchase;
import org.jabr.customers.Purchases;
import org.jabr.intake.CaseIntake;
import org.jabr.intake.Submission;
import org.jabr.journal.Evidence;
import org.jabr.journal.Journal;
import org.jabr.journal.Seal;
import org.jabr.journal.SealLook;
import org.jabr.replay.Replay;
import org.jabr.rules.Money;
import org.jabr.rules.Problem;
import org.jabr.testing.StubEngines;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.transaction.support.TransactionTemplate;

/** Erased, kept and let go of, in a real database, with rules of a few lines. */
@SpringBootTest(
        properties = {
            "jabr.demo.data=false",
            "jabr.journal.every=PT24H",
            "jabr.privacy.every=PT24H",
            "jabr.guard.every=PT24H"
        })
@ActiveProfiles("demo")
@Import({StubEngines.class, SealLook.class})
abstract class PrivacyTests {

    private static final AtomicInteger COUNT = new AtomicInteger();

    @Autowired
    PrivacyDesk desk;

    @Autowired
    PrivacyRules rules;

    @Autowired
    Retention retention;

    @Autowired
    Customers customers;

    @Autowired
    Purchases purchases;

    @Autowired
    CaseIntake intake;

    @Autowired
    CaseDesk caseDesk;

    @Autowired
    Cases cases;

    @Autowired
    Replay replay;

    @Autowired
    Journal journal;

    @Autowired
    Evidence evidence;

    @Autowired
    SealLook seal;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    @Test
    void twoPeopleEraseACustomerAndWhatWasProvenStaysProven() {
        RecoveryCase recovery = report(null);
        close(recovery, OffsetDateTime.now());
        seal.now();
        Seal before = evidence.seal(null);
        long decision = decisionOf(recovery);
        String ref = ref(recovery);

        long asked = desk.ask(ref, "asked", "supervisor");
        code("PRIVACY-006", () -> desk.erase(asked, "supervisor"));
        desk.erase(asked, "manager");

        assertThat(desk.get(asked))
                .extracting(Erasure::state, Erasure::decidedBy, Erasure::customerRef)
                .containsExactly(Erasure.State.DONE, "manager", "erased-" + recovery.customerId());
        RecoveryCase after = cases.get(recovery.id());
        assertThat(List.of(after.subject(), after.description())).containsOnly(PersonalText.ERASED);
        assertThat(after.given()).isEmpty();
        assertThat(caseDesk.file(after.reference()).contacts()).isNotEmpty().allSatisfy(contact -> assertThat(
                        PersonalText.shown(contact.body()))
                .isEmpty());
        assertThat(jdbc.sql("select count(*) from decision where case_id = :id and salt is not null")
                        .param("id", recovery.id().value())
                        .query(Long.class)
                        .single())
                .isZero();
        assertThat(replay.of(decision).erased()).isTrue();
        seal.now();
        Seal later = evidence.seal(null);
        assertThat(later.size()).isGreaterThan(before.size());
        assertThat(evidence.check(later, List.of(before)).good()).isTrue();
        assertThat(journal.newest("erasure.done", "customer-" + recovery.customerId(), null, 5))
                .singleElement()
                .satisfies(entry -> assertThat(entry.content()).doesNotContain(ref));
    }

    @Test
    void whatIsUnderWayAndWhatIsHeldIsNotErased() {
        RecoveryCase recovery = report(null);
        String ref = ref(recovery);
        long asked = desk.ask(ref, "asked", "supervisor");
        code("PRIVACY-008", () -> desk.erase(asked, "manager"));
        assertThat(desk.obstacles(recovery.customerId()))
                .extracting("kind", "about")
                .contains(tuple("OPEN_CASE", recovery.reference()));

        close(recovery, OffsetDateTime.now());
        long hold = desk.place(ref, "court", null, "manager");
        code("PRIVACY-007", () -> desk.erase(asked, "manager"));
        assertThat(PersonalText.shown(cases.get(recovery.id()).description())).isEqualTo("I waited");
        desk.lift(hold, "manager");
        code("PRIVACY-010", () -> desk.lift(hold, "manager"));
        desk.erase(asked, "manager");

        code("PRIVACY-005", () -> desk.erase(asked, "manager"));
        code("PRIVACY-001", () -> desk.ask("erased-" + recovery.customerId(), "asked", "supervisor"));
        code("PRIVACY-001", () -> desk.place(ref, "court", null, "manager"));
        assertThat(journal.newest("hold.placed", "customer-" + recovery.customerId(), null, 5))
                .hasSize(1);
        assertThat(journal.newest("hold.lifted", "customer-" + recovery.customerId(), null, 5))
                .hasSize(1);
    }

    @Test
    void aHoldEndsWithItsLastDayAndNeverBeginsInThePast() {
        RecoveryCase recovery = report(null);
        close(recovery, OffsetDateTime.now());
        String ref = ref(recovery);
        code("PRIVACY-009", () -> desk.place(ref, "court", desk.today().minusDays(1), "manager"));
        long hold = desk.place(ref, "court", desk.today(), "manager");
        long asked = desk.ask(ref, "asked", "supervisor");
        code("PRIVACY-007", () -> desk.erase(asked, "manager"));

        jdbc.sql("update legal_hold set until_on = :on where id = :id")
                .param("on", desk.today().minusDays(1))
                .param("id", hold)
                .update();
        desk.erase(asked, "manager");
    }

    @Test
    void aRequestIsAnsweredOnceWithAReasonOfTheRules() {
        RecoveryCase recovery = report(null);
        String ref = ref(recovery);
        code("PRIVACY-002", () -> desk.ask(ref, "because", "supervisor"));
        long asked = desk.ask(ref, "consent", "supervisor");
        code("PRIVACY-003", () -> desk.ask(ref, "asked", "supervisor"));
        code("PRIVACY-002", () -> desk.refuse(asked, "asked", "manager"));
        code("PRIVACY-006", () -> desk.refuse(asked, "duty", "supervisor"));
        assertThat(desk.get(asked).dueOn())
                .isEqualTo(desk.today().plusDays(rules.answerDays().orElseThrow()));

        desk.refuse(asked, "duty", "manager");

        assertThat(desk.get(asked).state()).isEqualTo(Erasure.State.REFUSED);
        assertThat(PersonalText.shown(cases.get(recovery.id()).description())).isEqualTo("I waited");
        code("PRIVACY-005", () -> desk.erase(asked, "manager"));
        assertThat(desk.ask(ref, "asked", "supervisor")).isGreaterThan(asked);
    }

    @Test
    void ofTwoWhoDecideAtOnceOneIsTold() throws Exception {
        RecoveryCase recovery = report(null);
        close(recovery, OffsetDateTime.now());
        long asked = desk.ask(ref(recovery), "asked", "supervisor");

        List<String> came = atOnce(
                () -> tried(() -> desk.erase(asked, "manager")),
                () -> tried(() -> desk.refuse(asked, "duty", "admin")));

        assertThat(came).containsExactlyInAnyOrder("done", "PRIVACY-005");
        boolean erased = desk.get(asked).state() == Erasure.State.DONE;
        assertThat(cases.get(recovery.id()).subject().erased()).isEqualTo(erased);
    }

    @Test
    void whoReportsWhileBeingErasedIsEitherSeenOrSomebodyNew() throws Exception {
        for (int i = 0; i < 10; i++) {
            RecoveryCase recovery = report(null);
            close(recovery, OffsetDateTime.now());
            String ref = ref(recovery);
            long asked = desk.ask(ref, "asked", "supervisor");
            List<RecoveryCase> opened = new ArrayList<>();

            List<String> came =
                    atOnce(() -> tried(() -> desk.erase(asked, "manager")), () -> tried(() -> opened.add(report(ref))));

            assertThat(came.get(1)).isEqualTo("done");
            RecoveryCase fresh = cases.get(opened.get(0).id());
            assertThat(PersonalText.shown(fresh.description()))
                    .as("no open case is about somebody who was erased")
                    .isEqualTo("I waited");
            assertThat(fresh.customerId() == recovery.customerId())
                    .isEqualTo(came.get(0).equals("PRIVACY-008"));
        }
    }

    @Test
    void aCaseThatIsBeingOpenedIsSeenByWhoErases() throws Exception {
        RecoveryCase recovery = report(null);
        close(recovery, OffsetDateTime.now());
        String ref = ref(recovery);
        long asked = desk.ask(ref, "asked", "supervisor");
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            Future<String> erasing = transaction.execute(status -> {
                report(ref);
                Future<String> waits = other.submit(() -> tried(() -> desk.erase(asked, "manager")));
                assertThatThrownBy(() -> waits.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
                return waits;
            });

            assertThat(Objects.requireNonNull(erasing).get()).isEqualTo("PRIVACY-008");
        } finally {
            other.shutdown();
        }
    }

    @Test
    void textsOfACaseAreLetGoOfByTheTimeOfTheirCountryAndNeverWhileHeld() {
        RecoveryCase young = closedYearsAgo(4, null);
        RecoveryCase old = closedYearsAgo(6, null);
        RecoveryCase german = closedYearsAgo(4, "DE");
        RecoveryCase british = closedYearsAgo(5, "GB");
        RecoveryCase held = closedYearsAgo(6, null);
        desk.place(ref(held), "court", null, "manager");
        assertThat(due("case", "")).isEqualTo(1);
        assertThat(due("case", "DE")).isEqualTo(1);
        assertThat(due("case", "GB")).isZero();

        retention.look();

        assertThat(List.of(young, british, held)).allSatisfy(kept -> assertThat(
                        PersonalText.shown(cases.get(kept.id()).description()))
                .isEqualTo("I waited"));
        assertThat(List.of(old, german)).allSatisfy(gone -> {
            assertThat(cases.get(gone.id()).description()).isEqualTo(PersonalText.ERASED);
            assertThat(replay.of(decisionOf(gone)).erased()).isTrue();
            assertThat(PersonalText.shown(customers.get(gone.customerId()).name()))
                    .as("the customer stays")
                    .isEqualTo("Huda");
            assertThat(journal.newest("case.forgotten", gone.reference(), null, 5))
                    .hasSize(1);
        });
        retention.look();
        assertThat(journal.newest("case.forgotten", old.reference(), null, 5)).hasSize(1);
        assertThat(due("case", "")).isZero();
    }

    @Test
    void aCustomerOfLongAgoIsErasedUnlessSomethingIsNewerHeldOrAskedFor() {
        RecoveryCase gone = closedYearsAgo(11, null);
        RecoveryCase buys = closedYearsAgo(11, null);
        buy(buys, LocalDate.now(ZoneOffset.UTC).minusYears(2));
        RecoveryCase bought = closedYearsAgo(11, null);
        buy(bought, LocalDate.now(ZoneOffset.UTC).minusYears(12));
        RecoveryCase open = closedYearsAgo(11, null);
        report(ref(open));
        RecoveryCase held = closedYearsAgo(11, null);
        desk.place(ref(held), "regulator", desk.today(), "manager");
        RecoveryCase asked = closedYearsAgo(11, null);
        desk.ask(ref(asked), "asked", "supervisor");

        retention.look();

        assertThat(List.of(gone, bought)).allSatisfy(one -> {
            assertThat(customers.get(one.customerId()).erasedAt()).isNotNull();
            assertThat(journal.newest("erasure.done", "customer-" + one.customerId(), null, 5))
                    .singleElement()
                    .satisfies(entry -> assertThat(entry.by()).isEqualTo("rules"));
        });
        assertThat(List.of(buys, open, held, asked))
                .allSatisfy(one ->
                        assertThat(customers.get(one.customerId()).erasedAt()).isNull());
    }

    // ---- what there is

    private RecoveryCase closedYearsAgo(int years, String country) {
        OffsetDateTime at = OffsetDateTime.now().minusYears(years).minusDays(2);
        RecoveryCase recovery = report(null);
        close(recovery, at);
        jdbc.sql("update customer set created_at = :at, country = :country where id = :id")
                .param("at", at.minusYears(1))
                .param("country", country)
                .param("id", recovery.customerId())
                .update();
        return recovery;
    }

    private void buy(RecoveryCase recovery, LocalDate on) {
        transaction.executeWithoutResult(status -> purchases.add(
                List.of(new Purchase(ref(recovery), "order-1", on, Money.of("5.00", "USD"), "a ring for Huda"))));
    }

    private RecoveryCase report(String known) {
        int n = COUNT.incrementAndGet();
        String ref = known == null ? "P-" + n : known;
        if (known == null) {
            customers.save(
                    new Customer.Details(ref, new PersonalText("Huda"), null, null, "en", null, false, false, false));
        }
        return intake.receive(
                        new Submission(
                                "PRIVACY-" + n,
                                ref,
                                "EMAIL",
                                "Delivery",
                                "Late " + n,
                                "I waited",
                                Money.of("40.00", "USD"),
                                null,
                                null,
                                null,
                                "en",
                                Map.of(),
                                Map.of()),
                        "agent")
                .recovery();
    }

    private void close(RecoveryCase recovery, OffsetDateTime at) {
        jdbc.sql("update recovery_case set stage = 'CLOSED', closed_at = :at where id = :id")
                .param("at", at)
                .param("id", recovery.id().value())
                .update();
        jdbc.sql("update effect set state = 'CONFIRMED' where case_id = :id")
                .param("id", recovery.id().value())
                .update();
    }

    private String ref(RecoveryCase recovery) {
        return customers.get(recovery.customerId()).externalRef();
    }

    private long decisionOf(RecoveryCase recovery) {
        return caseDesk.file(recovery.reference()).decisions().stream()
                .mapToLong(StoredDecision::id)
                .max()
                .orElseThrow();
    }

    private long due(String kept, String country) {
        return retention.due().stream()
                .filter(due ->
                        due.rule().kept().equals(kept) && due.rule().country().equals(country))
                .mapToLong(Retention.Due::count)
                .sum();
    }

    private static String tried(Runnable deed) {
        try {
            deed.run();
            return "done";
        } catch (Problem problem) {
            return problem.code();
        }
    }

    private static List<String> atOnce(Callable<String> one, Callable<String> other) throws Exception {
        CyclicBarrier start = new CyclicBarrier(2);
        ExecutorService two = Executors.newFixedThreadPool(2);
        try {
            List<Future<String>> came = new ArrayList<>();
            for (Callable<String> deed : List.of(one, other)) {
                came.add(two.submit(() -> {
                    start.await();
                    return deed.call();
                }));
            }
            return List.of(came.get(0).get(), came.get(1).get());
        } finally {
            two.shutdown();
        }
    }

    private static void code(String code, Runnable deed) {
        assertThatThrownBy(deed::run).isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.code())
                .isEqualTo(code));
    }
}
