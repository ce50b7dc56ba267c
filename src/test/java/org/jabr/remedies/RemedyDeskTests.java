package org.jabr.remedies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jabr.customers.Customer;
import org.jabr.customers.CustomerRoom;
import org.jabr.customers.Customers;
import org.jabr.rules.Authority;
import org.jabr.rules.CaseId;
import org.jabr.rules.Decider;
import org.jabr.rules.Money;
import org.jabr.rules.Problem;
import org.jabr.rules.Remedy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.jdbc.JdbcTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

@JdbcTest
@Import({
    RemedyDesk.class,
    Effects.class,
    EffectHistory.class,
    BookedGateway.class,
    CustomerRoom.class,
    RemedyDeskTests.Time.class
})
class RemedyDeskTests {

    private static final CaseId CASE = new CaseId(7);
    private static final Remedy REFUND = new Remedy("REFUND", Remedy.RemedyClass.RESTITUTION, "REFUND");
    private static final Remedy CREDIT = new Remedy("CREDIT", Remedy.RemedyClass.GOODWILL, "CREDIT");
    private static final Remedy CALL_BACK = new Remedy("CALL_BACK", Remedy.RemedyClass.CARE, "WORK_ITEM");
    private static final Decider AGENT = new Decider("agent", Authority.AGENT);
    private static final Decider SUPERVISOR = new Decider("supervisor", Authority.SUPERVISOR);

    @TestConfiguration(proxyBeanMethods = false)
    static class Time {

        @Bean
        Clock clock() {
            return Clock.fixed(Instant.parse("2026-03-02T09:00:00Z"), ZoneOffset.UTC);
        }

        @Bean
        Purse purse() {
            return orders -> orders;
        }
    }

    @Autowired
    RemedyDesk desk;

    @Autowired
    Effects effects;

    @Autowired
    Customers customers;

    @Autowired
    JdbcClient jdbc;

    Customer customer;

    @BeforeEach
    void aCustomer() {
        customer = customers.findOrCreate("C-1");
    }

    @Test
    void carriesOutWhatIsGranted() {
        desk.place(List.of(granted(1, REFUND, "8.00")));
        desk.carryOut(CASE);

        Effect refund = effects.find("1-REFUND").orElseThrow();
        assertThat(refund.state()).isEqualTo(Effect.State.CONFIRMED);
        assertThat(refund.reference()).isNotBlank();
        assertThat(bookings()).isEqualTo(1);
    }

    @Test
    void placesAndCarriesOutAnOrderOnlyOnce() {
        desk.place(List.of(granted(1, REFUND, "8.00")));
        desk.carryOut(CASE);
        desk.place(List.of(granted(1, REFUND, "8.00")));
        desk.carryOut(CASE);

        assertThat(effects.ofCase(CASE)).hasSize(1);
        assertThat(bookings()).isEqualTo(1);
    }

    @Test
    void carriesOutNothingThatIsOnlyAskedFor() {
        desk.place(List.of(asked(1, REFUND, "500.00", "rules")));
        desk.carryOut(CASE);

        assertThat(effects.find("1-REFUND").orElseThrow().state()).isEqualTo(Effect.State.ASKED);
        assertThat(bookings()).isZero();
    }

    @Test
    void carriesOutTheLoweredAmountAfterApproval() {
        desk.place(List.of(asked(1, REFUND, "500.00", "rules")));
        desk.approve("1-REFUND", Money.of("300.00", "USD"), "agreed on the phone", SUPERVISOR);
        desk.carryOut(CASE);

        Effect refund = effects.find("1-REFUND").orElseThrow();
        assertThat(refund.state()).isEqualTo(Effect.State.CONFIRMED);
        assertThat(refund.money()).isEqualTo(Money.of("300.00", "USD"));
        assertThat(refund.decidedBy()).isEqualTo("supervisor");
    }

    @Test
    void doesNotLetAnApproverRaiseTheAmount() {
        desk.place(List.of(asked(1, REFUND, "500.00", "rules")));

        assertCode("REMEDY-005", () -> desk.approve("1-REFUND", Money.of("500.01", "USD"), null, SUPERVISOR));
        assertCode("REMEDY-005", () -> desk.approve("1-REFUND", Money.of("300.00", "SAR"), null, SUPERVISOR));
        assertCode("REMEDY-005", () -> desk.approve("1-REFUND", Money.of("0.00", "USD"), null, SUPERVISOR));
        assertThat(effects.find("1-REFUND").orElseThrow().state()).isEqualTo(Effect.State.ASKED);
    }

    @Test
    void asksForTheNamedAuthorityAndForAnotherPerson() {
        desk.place(List.of(asked(1, REFUND, "500.00", "supervisor")));

        assertCode("REMEDY-003", () -> desk.approve("1-REFUND", null, null, AGENT));
        assertCode("REMEDY-004", () -> desk.approve("1-REFUND", null, null, SUPERVISOR));
        desk.approve("1-REFUND", null, null, new Decider("manager", Authority.MANAGER));
        assertThat(effects.find("1-REFUND").orElseThrow().state()).isEqualTo(Effect.State.RESERVED);
    }

    @Test
    void answersARequestOnlyOnce() {
        desk.place(List.of(asked(1, REFUND, "500.00", "rules")));
        desk.refuse("1-REFUND", "already paid by the bank", SUPERVISOR);

        assertCode("REMEDY-002", () -> desk.approve("1-REFUND", null, null, SUPERVISOR));
    }

    @Test
    void leavesWorkForAPersonUntilThePersonDidIt() {
        desk.place(List.of(granted(1, CALL_BACK, null)));
        desk.carryOut(CASE);
        assertThat(effects.find("1-CALL_BACK").orElseThrow().state()).isEqualTo(Effect.State.RESERVED);

        desk.confirmDone(CASE, AGENT);
        assertThat(effects.find("1-CALL_BACK").orElseThrow().state()).isEqualTo(Effect.State.CONFIRMED);
    }

    @Test
    void stopsWhatHasNotLeftTheHouseWhenTheCustomerWithdraws() {
        desk.place(List.of(granted(1, CREDIT, "5.00")));
        desk.carryOut(CASE);
        desk.place(List.of(granted(2, REFUND, "8.00"), asked(3, REFUND, "90.00", "rules")));
        desk.cancelOpen(CASE, Decider.RULES);
        desk.carryOut(CASE);

        assertThat(effects.ofCase(CASE))
                .extracting(Effect::key, Effect::state)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("1-CREDIT", Effect.State.CONFIRMED),
                        org.assertj.core.groups.Tuple.tuple("2-REFUND", Effect.State.CANCELLED),
                        org.assertj.core.groups.Tuple.tuple("3-REFUND", Effect.State.CANCELLED));
    }

    @Test
    void countsAsGoodwillOnlyWhatIsGrantedAndOfThatClass() {
        desk.place(List.of(granted(1, CREDIT, "5.00"), granted(2, REFUND, "8.00"), asked(3, CREDIT, "40.00", "rules")));

        assertThat(effects.goodwillSince(customer.id(), "USD", java.time.OffsetDateTime.parse("2025-03-02T09:00:00Z")))
                .isEqualTo(Money.of("5.00", "USD"));
    }

    private RemedyOrder granted(long decision, Remedy remedy, @Nullable String amount) {
        return order(decision, remedy, amount, false, "rules");
    }

    private RemedyOrder asked(long decision, Remedy remedy, String amount, String by) {
        return order(decision, remedy, amount, true, by);
    }

    private RemedyOrder order(long decision, Remedy remedy, @Nullable String amount, boolean asked, String by) {
        return new RemedyOrder(
                CASE,
                "R-2026-000007",
                customer.id(),
                "GENERAL",
                decision,
                "resolve",
                remedy,
                amount == null ? null : Money.of(amount, "USD"),
                null,
                false,
                asked,
                asked ? Authority.SUPERVISOR : Authority.RULES,
                by);
    }

    private int bookings() {
        return jdbc.sql("select count(*) from gateway_booking")
                .query(Integer.class)
                .single();
    }

    private static void assertCode(String code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.code())
                .isEqualTo(code));
    }
}
