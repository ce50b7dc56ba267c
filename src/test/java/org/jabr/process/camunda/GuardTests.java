package org.jabr.process.camunda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jabr.process.camunda.Desk.AGENT;
import static org.jabr.process.camunda.Desk.MANAGER;
import static org.jabr.process.camunda.Desk.SUPERVISOR;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jabr.cases.Calendars;
import org.jabr.cases.RecoveryCase;
import org.jabr.customers.Customer;
import org.jabr.customers.PersonalText;
import org.jabr.customers.StaffLink;
import org.jabr.customers.StaffLinks;
import org.jabr.customers.Vault;
import org.jabr.guard.GuardDesk;
import org.jabr.guard.GuardFinding;
import org.jabr.guard.GuardLook;
import org.jabr.guard.Sign;
import org.jabr.remedies.Effect;
import org.jabr.rules.Authority;
import org.jabr.rules.Decider;
import org.jabr.rules.Problem;
import org.jabr.worklist.WorkItem;
import org.jabr.worklist.Worklist;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is found of giving and claiming by the default rules; each test lives in years of its own. */
abstract class GuardTests {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final Decider SUPERVISOR2 = new Decider("supervisor2", Authority.SUPERVISOR);
    private static final Decider MANAGER2 = new Decider("manager2", Authority.MANAGER);
    private static final GuardDesk.Reading AUDITOR =
            new GuardDesk.Reading(new Decider("auditor", Authority.RULES), true);
    private static final Duration APART = Duration.ofDays(1200);

    @Autowired
    Desk desk;

    @Autowired
    GuardLook round;

    @Autowired
    GuardDesk guard;

    @Autowired
    Calendars calendars;

    @Autowired
    StaffLinks links;

    @Autowired
    MovableClock clock;

    @Autowired
    JdbcClient jdbc;

    private Duration passed = Duration.ZERO;
    private RecoveryCase recovery;
    private long fake;

    @BeforeEach
    void yearsLater() {
        for (String person : List.of(
                "agent:AGENT",
                "supervisor:SUPERVISOR",
                "supervisor2:SUPERVISOR",
                "manager:MANAGER",
                "manager2:MANAGER")) {
            person(person.substring(0, person.indexOf(':')), person.substring(person.indexOf(':') + 1));
        }
        recovery = desk.lateDelivery().reported();
        COUNT.incrementAndGet();
        pass(APART);
    }

    @AfterEach
    void nothingIsLeft() {
        forget();
        clock.pass(passed.negated());
        passed = Duration.ZERO;
        jdbc.sql("delete from effect where effect_key like 'guard-%'").update();
        jdbc.sql("delete from staff_link").update();
        jdbc.sql("delete from account where login in ('agent', 'supervisor', 'supervisor2', 'manager', 'manager2')")
                .update();
    }

    @Test
    void findsACustomerWithManyClaimsOnceTheyAreManyAndOnlyOnce() {
        long customer = customer(null, null);
        for (int i = 1; i < 8; i++) {
            give(null, "rules", customer, 1000, "RESTITUTION", i);
        }
        assertThat(found("many-claims")).isEmpty();

        give(null, "rules", customer, 1000, "RESTITUTION", 0);
        GuardFinding finding = one("many-claims");
        assertThat(finding.subject()).isEqualTo("customer/" + customer);
        assertThat(finding.evidence()).hasSize(8);
        assertThat(finding.numbers().get("cases")).isEqualByComparingTo("8");
        assertThat(one("many-claims").id()).isEqualTo(finding.id());
        assertThat(work()).singleElement().satisfies(item -> {
            assertThat(item.authority()).isEqualTo(Authority.SUPERVISOR);
            assertThat(Duration.between(now(), item.dueAt())).isEqualTo(Duration.ofDays(5));
        });
        pass(Duration.ofDays(370));
        give(null, "rules", customer, 1000, "RESTITUTION", 0);
        assertThat(found("many-claims")).hasSize(1);
    }

    @Test
    void findsCustomersWhoShareAnAddressOrANumberTogether() {
        String huda = "Huda-" + fake() + "@Example.com";
        long one = customer(" " + huda, null);
        long other = customer(huda.toLowerCase(Locale.ROOT) + " ", null);
        // One of them was stored before there were marks.
        jdbc.sql("delete from customer_mark where customer_id = :id")
                .param("id", other)
                .update();
        jdbc.sql("update customer set marked = false where id = :id")
                .param("id", other)
                .update();
        long stranger = customer("other-" + fake() + "@example.com", null);
        claims(one, 4);
        claims(other, 3);
        claims(stranger, 4);
        assertThat(found("many-claims-of-one-household")).isEmpty();
        claims(other, 1);
        GuardFinding finding = one("many-claims-of-one-household");
        assertThat(finding.numbers().get("customers")).isEqualByComparingTo("2");
        assertThat(finding.evidence()).hasSize(8);
    }

    @Test
    void findsNothingInANumberThatVeryManyShare() {
        String number = "+966 11 " + (1_000_000 + fake());
        for (int i = 0; i < 6; i++) {
            claims(customer(null, number), 2);
        }
        assertThat(found("many-claims-of-one-household")).hasSize(1);
        forget();
        claims(customer(null, "00" + number.replaceAll("\\D", "")), 2);
        assertThat(found("many-claims-of-one-household")).isEmpty();
    }

    @Test
    void findsWhatIsMuchBesideWhatWasBought() {
        long customer = customer(null, null);
        long unknown = customer(null, null);
        bought(customer, 10_000);
        for (int i = 0; i < 5; i++) {
            give(null, "rules", customer, i == 0 ? 999 : 1000, "RESTITUTION", i);
            give(null, "rules", unknown, 1000, "RESTITUTION", i);
        }
        assertThat(found("claims-beside-purchases")).isEmpty();
        give(null, "rules", customer, 1, "RESTITUTION", 0);
        assertThat(one("claims-beside-purchases").size()).isEqualByComparingTo("50");
    }

    @Test
    void findsWhoGivesToThemselvesAndToThoseWhoShareTheirNumber() {
        String number = "0551" + (100_000 + fake());
        long self = customer(null, number);
        long household = customer(null, number.replace("0551", "0551-"));
        long stranger = customer(null, null);
        links.declare("agent", ref(self), StaffLink.Relation.SELF, AGENT);
        give(null, "agent", stranger, 1000, "GOODWILL", 1);
        give(null, "supervisor", self, 1000, "GOODWILL", 1);
        assertThat(found("self-grant-seen")).isEmpty();
        give(null, "agent", self, 1000, "GOODWILL", 0);
        give(null, "agent", household, 700, "RESTITUTION", 0);

        List<GuardFinding> findings = found("self-grant-seen");
        assertThat(findings)
                .extracting(GuardFinding::subject)
                .containsExactlyInAnyOrder("agent/agent/" + self, "agent/agent/" + household);
        assertThat(findings).allSatisfy(one -> assertThat(one.concerned()).contains("agent"));
        assertThat(work()).extracting(WorkItem::notBy).containsOnly("agent");
    }

    @Test
    void aTieOfAnotherSortReachesTheCustomerAloneAndEndsWhenItEnds() {
        String number = "0552" + (100_000 + fake());
        long friend = customer(null, number);
        long neighbour = customer(null, number);
        StaffLink link = links.declare("agent", ref(friend), StaffLink.Relation.OTHER, AGENT);
        assertThat(links.declare("agent", ref(friend), StaffLink.Relation.OTHER, AGENT)
                        .id())
                .isEqualTo(link.id());
        assertThat(links.related("agent", friend)).isTrue();
        assertThat(links.related("agent", neighbour)).isFalse();
        give(null, "agent", neighbour, 1000, "GOODWILL", 0);
        assertThat(found("self-grant-seen")).isEmpty();

        refused("TIE-005", () -> links.end(link.id(), AGENT));
        refused("TIE-003", () -> links.declare("supervisor", ref(friend), StaffLink.Relation.OTHER, AGENT));
        refused("TIE-001", () -> links.declare("agent", "C-NOBODY", StaffLink.Relation.OTHER, AGENT));
        refused("TIE-002", () -> links.declare("nobody", ref(friend), StaffLink.Relation.OTHER, SUPERVISOR));
        links.end(link.id(), SUPERVISOR);
        refused("TIE-004", () -> links.end(link.id(), SUPERVISOR));
        assertThat(links.related("agent", friend)).isFalse();
        pass(Duration.ofDays(2));
        give(null, "agent", friend, 1000, "GOODWILL", 0);
        assertThat(found("self-grant-seen")).isEmpty();
        give(null, "agent", friend, 1000, "GOODWILL", 3);
        assertThat(one("self-grant-seen").evidence()).hasSize(2);
    }

    @Test
    void keepsWhatWasAskedForSomebodyCloseApartFromGivingIt() {
        long relative = customer(null, null);
        links.declare("agent", ref(relative), StaffLink.Relation.RELATIVE, SUPERVISOR);
        give("agent", "manager", relative, 1000, "GOODWILL", 0);
        assertThat(found("self-grant-seen")).isEmpty();
        assertThat(one("asked-for-relatives").severity()).isEqualTo("LOW");
        assertThat(work()).isEmpty();
    }

    @Test
    void findsAmountsThatWereSplitBelowTheLimit() {
        long split = customer(null, null);
        long small = customer(null, null);
        for (int i = 0; i < 3; i++) {
            give(null, "agent", small, 2_999, "GOODWILL", i);
            give(null, "agent", split, i == 0 ? 2_999 : 4_000, "GOODWILL", i);
        }
        assertThat(found("split-below-the-limit")).isEmpty();
        give(null, "agent", split, 3_000, "GOODWILL", 0);
        GuardFinding finding = one("split-below-the-limit");
        assertThat(finding.subject()).isEqualTo("agent/agent/" + split);
        assertThat(finding.numbers().get("units")).isEqualByComparingTo("110");
    }

    @Test
    void comparesAmountsOfSeveralCurrenciesInPolicyUnits() {
        long split = customer(null, null);
        for (int i = 0; i < 3; i++) {
            give(null, "agent", split, 4_000, "GOODWILL", i);
        }
        jdbc.sql("update effect set currency = 'SAR' where customer_id = :id")
                .param("id", split)
                .update();
        assertThat(found("split-below-the-limit"))
                .as("40 riyals are far below the limit")
                .isEmpty();
        jdbc.sql("update effect set amount_minor = 15000 where customer_id = :id")
                .param("id", split)
                .update();
        assertThat(one("split-below-the-limit").numbers().get("units")).isEqualByComparingTo("120");
    }

    @Test
    void findsWhoOftenGivesJustBelowTheLimit() {
        for (int i = 0; i < 15; i++) {
            give(null, "agent", customer(null, null), i < 8 ? 4_500 : 1_000 + i, "GOODWILL", 1);
        }
        assertThat(found("often-just-below-the-limit")).isEmpty();
        jdbc.sql("update effect set amount_minor = 4500 where effect_key like 'guard-%' and amount_minor = 1014")
                .update();
        assertThat(one("often-just-below-the-limit").size()).isEqualByComparingTo("60");
        forget();
        jdbc.sql("delete from effect where effect_key like 'guard-%' and amount_minor = 1013")
                .update();
        assertThat(found("often-just-below-the-limit")).as("too few to say").isEmpty();
    }

    @Test
    void findsWhoGivesFarMoreThanTheOthers() {
        for (int i = 0; i < 5; i++) {
            give(null, "peer" + i, customer(null, null), 10_000 + 500 * (i - 2), "GOODWILL", 1);
        }
        List<Long> mine = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            mine.add(customer(null, null));
            give(null, "agent", mine.get(i), 1_250, "GOODWILL", 1);
        }
        // The others' median is 100 and their MAD 5: 125 is a score of 3.37, 126 one of 3.51.
        assertThat(found("far-above-the-desk")).isEmpty();
        jdbc.sql("update effect set amount_minor = 1260 where decided_by = 'agent' and effect_key like 'guard-%'")
                .update();
        GuardFinding finding = one("far-above-the-desk");
        assertThat(finding.subject()).isEqualTo("agent/agent");
        assertThat(finding.numbers().get("score")).isEqualByComparingTo("3.51");
        forget();
        jdbc.sql("delete from effect where decided_by = 'peer0'").update();
        assertThat(found("far-above-the-desk")).as("too few to compare with").isEmpty();
    }

    @Test
    void findsWhoGivesFarMoreThanBefore() {
        for (int i = 1; i <= 4; i++) {
            give(null, "agent", customer(null, null), 10_000 + (i % 2 == 0 ? 500 : -500), "GOODWILL", 30 * i + 1);
        }
        for (int i = 0; i < 10; i++) {
            give(null, "agent", customer(null, null), 1_250, "GOODWILL", 1);
        }
        assertThat(found("far-above-the-own-past")).isEmpty();
        jdbc.sql("update effect set amount_minor = 1260 where amount_minor = 1250 and effect_key like 'guard-%'")
                .update();
        assertThat(one("far-above-the-own-past").numbers().get("others")).isEqualByComparingTo("4");
        forget();
        jdbc.sql("delete from effect where effect_key like 'guard-%' and created_at < :at")
                .param("at", now().minusDays(120))
                .update();
        assertThat(found("far-above-the-own-past")).as("too short a past").isEmpty();
    }

    @Test
    void findsOneCustomerAgainAndAgain() {
        long favourite = customer(null, null);
        for (int i = 0; i < 6; i++) {
            give(null, "agent", favourite, 500 + i, "GOODWILL", i);
        }
        for (int i = 0; i < 10; i++) {
            give(null, "agent", customer(null, null), 500 + i, "GOODWILL", i);
        }
        assertThat(found("one-customer-again-and-again")).isEmpty();
        jdbc.sql("delete from effect where effect_key like 'guard-%' and amount_minor = 509")
                .update();
        assertThat(one("one-customer-again-and-again").subject()).isEqualTo("agent/agent/" + favourite);
    }

    @Test
    void findsWhatIsGivenWhileTheBusinessIsClosed() {
        OffsetDateTime closed = lastMorning(false);
        OffsetDateTime open = lastMorning(true);
        for (int i = 0; i < 5; i++) {
            give(null, "agent", customer(null, null), 1_000, "GOODWILL", closed);
            give(null, "agent", customer(null, null), i == 0 ? 1_001 : 1_000, "GOODWILL", open);
        }
        jdbc.sql("update effect set remedy_class = 'CARE' where decided_by = 'agent' and amount_minor = 1001")
                .update();
        assertThat(found("while-closed")).as("nine are too few").isEmpty();
        jdbc.sql("update effect set remedy_class = 'GOODWILL' where decided_by = 'agent' and amount_minor = 1001")
                .update();
        assertThat(one("while-closed").size()).isEqualByComparingTo("50");
        assertThat(work()).isEmpty();
    }

    /** Eleven o'clock in the calendar's zone, on the last day on which the business was open then, or was not. */
    private OffsetDateTime lastMorning(boolean open) {
        return Stream.iterate(
                        now().withOffsetSameInstant(ZoneOffset.UTC)
                                .truncatedTo(ChronoUnit.DAYS)
                                .minusDays(1)
                                .withHour(8),
                        day -> day.minusDays(1))
                .filter(day -> calendars.open(recovery.release(), day) == open)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void findsWhoAlwaysHasTheSameApproverWhereThereAreOthers() {
        for (int i = 0; i < 10; i++) {
            give("agent", "supervisor", customer(null, null), 1_000, "GOODWILL", i);
        }
        give("agent2", "supervisor2", customer(null, null), 1_000, "GOODWILL", 1);
        assertThat(found("always-the-same-approver"))
                .as("two approvers are no choice")
                .isEmpty();
        give("agent2", "manager", customer(null, null), 1_000, "GOODWILL", 1);
        GuardFinding finding = one("always-the-same-approver");
        assertThat(finding.concerned()).contains("agent", "supervisor");
        assertThat(finding.authority()).isEqualTo(Authority.MANAGER);
    }

    @Test
    void findsTwoWhoApproveEachOther() {
        for (int i = 0; i < 3; i++) {
            give("supervisor", "supervisor2", customer(null, null), 1_000, "GOODWILL", i);
            give("supervisor2", "supervisor", customer(null, null), 1_000, i == 0 ? "CARE" : "GOODWILL", i);
        }
        assertThat(found("approve-each-other")).isEmpty();
        give("supervisor2", "supervisor", customer(null, null), 1_000, "GOODWILL", 1);
        assertThat(one("approve-each-other").subject()).isEqualTo("pair/supervisor/supervisor2");
        refused("GUARD-002", () -> guard.get(latest("approve-each-other"), reading(SUPERVISOR)));
        assertThat(guard.get(latest("approve-each-other"), reading(MANAGER)).open())
                .isTrue();
    }

    @Test
    void keepsAFindingFromWhomItIsAbout() {
        long self = customer(null, null);
        links.declare("supervisor", ref(self), StaffLink.Relation.SELF, SUPERVISOR);
        give(null, "supervisor", self, 1_000, "GOODWILL", 0);
        GuardFinding finding = one("self-grant-seen");
        assertThat(finding.authority()).as("above a supervisor").isEqualTo(Authority.MANAGER);
        WorkItem item = work().get(0);

        assertThat(desk.worklist.inSight(item, SUPERVISOR)).isFalse();
        assertThat(desk.worklist.inSight(item, SUPERVISOR2)).isFalse();
        assertThat(desk.worklist.inSight(item, MANAGER)).isTrue();
        assertThat(guard.list(null, null, null, reading(SUPERVISOR), 10)).isEmpty();
        refused("GUARD-002", () -> guard.get(finding.id(), reading(SUPERVISOR)));
        refused("GUARD-002", () -> judge(finding, GuardFinding.Judgement.NOTHING, SUPERVISOR));
        // Promoted meanwhile: it is still theirs.
        Decider promoted = new Decider("supervisor", Authority.MANAGER);
        refused("WORK-004", () -> desk.worklist.claim(item.id(), promoted));
        refused("GUARD-002", () -> judge(finding, GuardFinding.Judgement.NOTHING, promoted));
        refused("GUARD-002", () -> guard.get(finding.id(), new GuardDesk.Reading(promoted, true)));
        assertThat(desk.worklist.mayAssign(item, "supervisor", MANAGER)).isPresent();
        assertThat(guard.get(finding.id(), AUDITOR).id()).isEqualTo(finding.id());
    }

    @Test
    void whoeverIsCloseToTheCustomerDoesNotLookAtTheirFindingEither() {
        long customer = customer(null, null);
        links.declare("supervisor2", ref(customer), StaffLink.Relation.RELATIVE, SUPERVISOR2);
        claims(customer, 8);
        GuardFinding finding = one("many-claims");
        assertThat(finding.concerned()).containsExactly("supervisor2");
        assertThat(finding.authority()).isEqualTo(Authority.MANAGER);
    }

    @Test
    void aJudgedFindingIsDoneAndComesAgainOnlyWhereItHasGrown() {
        long customer = customer(null, null);
        claims(customer, 8);
        GuardFinding finding = one("many-claims");
        WorkItem item = work().get(0);
        refused("GUARD-003", () -> desk.worklist.complete(item.id(), Map.of(), SUPERVISOR));
        refused("GUARD-003", () -> guard.judge(finding.id(), null, "why", SUPERVISOR));
        refused("GUARD-004", () -> guard.judge(finding.id(), GuardFinding.Judgement.NOTHING, "  ", SUPERVISOR));
        refused("GUARD-002", () -> judge(finding, GuardFinding.Judgement.NOTHING, AGENT));
        String before = desk.found.get(finding.caseId()).toString();

        judge(finding, GuardFinding.Judgement.TALK, SUPERVISOR);

        GuardFinding judged = guard.get(finding.id(), AUDITOR);
        assertThat(judged.state()).isEqualTo(GuardFinding.State.JUDGED);
        assertThat(judged.judgements()).singleElement().satisfies(one -> {
            assertThat(one.by()).isEqualTo("supervisor");
            assertThat(one.reason().value()).isEqualTo("We looked at it together");
        });
        assertThat(desk.worklist.get(item.id()).completedBy()).isEqualTo("supervisor");
        assertThat(desk.found.get(finding.caseId()))
                .as("the case stays as it is")
                .hasToString(before);
        refused("GUARD-005", () -> judge(finding, GuardFinding.Judgement.NOTHING, SUPERVISOR));

        claims(customer, 3);
        assertThat(found("many-claims"))
                .as("eleven are less than half as many again")
                .hasSize(1);
        claims(customer, 1);
        assertThat(found("many-claims"))
                .extracting(GuardFinding::state)
                .containsExactly(GuardFinding.State.OPEN, GuardFinding.State.JUDGED);
    }

    @Test
    void whatGrowsWhileItWaitsStaysOneFinding() {
        long customer = customer(null, null);
        claims(customer, 8);
        long id = one("many-claims").id();
        claims(customer, 8);
        GuardFinding grown = one("many-claims");
        assertThat(grown.id()).isEqualTo(id);
        assertThat(grown.size()).isEqualByComparingTo("16");
        assertThat(grown.evidence()).hasSize(16);
        assertThat(work()).hasSize(1);
    }

    @Test
    void aSupervisorHandsAFindingOnToAManager() {
        claims(customer(null, null), 8);
        GuardFinding finding = one("many-claims");
        judge(finding, GuardFinding.Judgement.ESCALATE, SUPERVISOR);

        assertThat(guard.get(finding.id(), AUDITOR).state()).isEqualTo(GuardFinding.State.ESCALATED);
        refused("GUARD-002", () -> judge(finding, GuardFinding.Judgement.NOTHING, SUPERVISOR2));
        assertThat(work()).singleElement().satisfies(item -> assertThat(item.authority())
                .isEqualTo(Authority.MANAGER));
        judge(finding, GuardFinding.Judgement.NOTHING, MANAGER);
        assertThat(guard.get(finding.id(), AUDITOR).judgements())
                .extracting(GuardFinding.Judged::judgement)
                .containsExactly(GuardFinding.Judgement.ESCALATE, GuardFinding.Judgement.NOTHING);
        assertThat(work()).isEmpty();
    }

    @Test
    void severalNodesFindAPatternOnceAndOneOfTwoJudgesIt() throws Exception {
        claims(customer(null, null), 8);
        together(4, n -> round.look());
        GuardFinding finding = one("many-claims");
        assertThat(work()).hasSize(1);

        AtomicInteger lost = new AtomicInteger();
        together(4, n -> {
            try {
                judge(finding, GuardFinding.Judgement.NOTHING, n % 2 == 0 ? SUPERVISOR : SUPERVISOR2);
            } catch (Problem problem) {
                assertThat(problem.kind()).isEqualTo(Problem.Kind.CONFLICT);
                lost.incrementAndGet();
            }
        });
        assertThat(lost).hasValue(3);
        assertThat(guard.get(finding.id(), AUDITOR).judgements()).hasSize(1);
    }

    /** Neither where customers live, nor what they speak, nor how they wrote is an input of any finding. */
    @Test
    void findsTheSameWhateverTheLanguageTheRegionAndTheChannelAre() {
        long customer = customer(null, null);
        claims(customer, 9);
        for (int i = 0; i < 15; i++) {
            give(null, "agent", customer, 4_600 + i, "GOODWILL", i % 3);
            give("agent", "supervisor", customer(null, null), 900, "GOODWILL", i % 3);
        }
        give("peer", "supervisor2", customer(null, null), 900, "GOODWILL", 1);
        give("peer", "manager", customer(null, null), 900, "GOODWILL", 1);
        List<String> before = all();
        assertThat(before).hasSizeGreaterThan(3);

        for (String other : List.of("ar:PHONE:SERVICE", "fr:LETTER:PAYMENTS")) {
            String[] parts = other.split(":");
            forget();
            jdbc.sql(
                            "update customer set language = :l, preferred_channel = :c, vulnerable = not vulnerable, loyalty_member = not loyalty_member, name_text = :n where external_ref like 'GUARD-%'")
                    .param("l", parts[0])
                    .param("c", parts[1])
                    .param("n", Vault.plain(new PersonalText(parts[2])))
                    .update();
            jdbc.sql("update recovery_case set language = :l, channel = :c where reference like 'G-%'")
                    .param("l", parts[0])
                    .param("c", parts[1])
                    .update();
            jdbc.sql("update effect set team = :q, item = :q where effect_key like 'guard-%'")
                    .param("q", parts[2])
                    .update();
            assertThat(all()).isEqualTo(before);
        }
    }

    @Test
    void whatARelatedAgentChoosesIsAskedOfAManagerWhoIsNotRelated() {
        // What is really granted stays behind, so not in the years of the other tests.
        pass(APART.negated());
        RecoveryCase own = desk.lateDelivery()
                .loss("80.00")
                .fact("conversation.emotion", "ANGRY")
                .open();
        String ref = ref(own.customerId());
        links.declare("agent", ref, StaffLink.Relation.RELATIVE, AGENT);
        links.declare("manager", ref, StaffLink.Relation.OTHER, MANAGER);
        desk.complete(
                desk.item(own),
                Map.of(
                        "chosen",
                        List.of(Map.of("remedy", "REFUND")),
                        "conversation.emotion",
                        "ANGRY",
                        "chosenWhy",
                        "It is what everybody gets"),
                AGENT);

        assertThat(desk.effects(own, Effect.State.ASKED)).isNotEmpty().allSatisfy(effect -> {
            assertThat(effect.authority()).isEqualTo(Authority.MANAGER);
            assertThat(effect.askedBy()).isEqualTo("agent");
        });
        WorkItem approval = desk.item(own);
        assertThat(approval.notBy()).isEqualTo("agent");
        refused("GUARD-001", () -> desk.worklist.claim(approval.id(), MANAGER));
        refused("GUARD-001", () -> desk.worklist.complete(approval.id(), Map.of("verdict", "APPROVE"), MANAGER));
        assertThat(desk.worklist.may(Worklist.Action.CLAIM, approval, MANAGER2)).isEmpty();
        String key = desk.effects(own, Effect.State.ASKED).get(0).key();
        refused("CASE-007", () -> desk.cases.approve(own.id(), key, true, null, null, MANAGER));
        assertThat(desk.effects(own, Effect.State.ASKED)).as("nothing is lost").isNotEmpty();

        while (!desk.effects(own, Effect.State.ASKED).isEmpty()) {
            desk.complete(desk.item(own), Map.of("verdict", "APPROVE"), MANAGER2);
        }
        assertThat(desk.effects(own, Effect.State.CONFIRMED))
                .filteredOn(effect -> effect.key().equals(key))
                .hasSize(1);
    }

    @Test
    void aGrantToOneselfIsSeenAtOnceAndIsNotKeptFromHappening() throws Exception {
        // What is really granted stays behind, so not in the years of the other tests.
        pass(APART.negated());
        RecoveryCase own = desk.lateDelivery()
                .loss("80.00")
                .fact("conversation.emotion", "ANGRY")
                .open();
        desk.complete(
                desk.item(own),
                Map.of(
                        "chosen",
                        List.of(Map.of("remedy", "REFUND")),
                        "conversation.emotion",
                        "ANGRY",
                        "chosenWhy",
                        "Before anybody knew"),
                AGENT);
        assertThat(desk.effects(own, Effect.State.CONFIRMED))
                .filteredOn(effect -> "agent".equals(effect.decidedBy()) && effect.money() != null)
                .isNotEmpty();
        links.declare("agent", ref(own.customerId()), StaffLink.Relation.SELF, SUPERVISOR);

        // Another grant of somebody, anywhere, has it looked at; nobody asks for a round.
        RecoveryCase other = desk.lateDelivery()
                .loss("80.00")
                .fact("conversation.emotion", "ANGRY")
                .open();
        desk.complete(
                desk.item(other),
                Map.of(
                        "chosen",
                        List.of(Map.of("remedy", "REFUND")),
                        "conversation.emotion",
                        "ANGRY",
                        "chosenWhy",
                        "As usual"),
                new Decider("agent2", Authority.AGENT));
        for (int i = 0; i < 200 && ofRule("self-grant-seen").isEmpty(); i++) {
            Thread.sleep(50);
        }
        assertThat(ofRule("self-grant-seen"))
                .extracting(GuardFinding::subject)
                .containsExactly("agent/agent/" + own.customerId());
    }

    private List<String> all() {
        round.look();
        return guard.list(null, null, null, AUDITOR, 100).stream()
                .map(one -> one.rule() + " " + one.subject() + " " + one.size() + " " + one.numbers() + " "
                        + one.authority())
                .sorted()
                .toList();
    }

    private void together(int many, IntConsumer what) throws Exception {
        CyclicBarrier start = new CyclicBarrier(many);
        ExecutorService threads = Executors.newFixedThreadPool(many);
        try {
            List<Future<?>> results = new ArrayList<>();
            for (int i = 0; i < many; i++) {
                int n = i;
                results.add(threads.submit(() -> {
                    start.await();
                    what.accept(n);
                    return null;
                }));
            }
            for (Future<?> result : results) {
                result.get();
            }
        } finally {
            threads.shutdown();
        }
    }

    private void judge(GuardFinding finding, GuardFinding.Judgement judgement, Decider by) {
        guard.judge(finding.id(), judgement, "We looked at it together", by);
    }

    private static GuardDesk.Reading reading(Decider who) {
        return new GuardDesk.Reading(who, false);
    }

    /** As if nothing had been found yet. */
    private void forget() {
        work().forEach(item ->
                guard.judge(guard.findingOf(item), GuardFinding.Judgement.NOTHING, "The test is over", MANAGER2));
        jdbc.sql("delete from guard_finding").update();
    }

    private List<GuardFinding> found(String rule) {
        round.look();
        return ofRule(rule);
    }

    private List<GuardFinding> ofRule(String rule) {
        return guard.list(null, null, null, AUDITOR, 200).stream()
                .filter(one -> one.rule().equals(rule))
                .toList();
    }

    private GuardFinding one(String rule) {
        List<GuardFinding> found = found(rule);
        assertThat(found).as(rule).hasSize(1);
        assertThat(Sign.values()).contains(found.get(0).sign());
        return found.get(0);
    }

    private long latest(String rule) {
        return ofRule(rule).get(0).id();
    }

    private List<WorkItem> work() {
        return desk.worklist.list(
                new Worklist.Filter(
                        Worklist.Filter.Show.OPEN,
                        null,
                        false,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        List.of(WorkItem.LOOK_AT_FINDING)),
                null,
                100);
    }

    private void claims(long customer, int many) {
        for (int i = 0; i < many; i++) {
            give(null, "rules", customer, 1_000, "RESTITUTION", i);
        }
    }

    /** Something given so many days ago, in a case of its own. */
    private void give(
            @Nullable String asked, String decided, long customer, long minor, String remedyClass, int daysAgo) {
        give(
                asked,
                decided,
                customer,
                minor,
                remedyClass,
                now().minusDays(daysAgo).minusSeconds(1));
    }

    private void give(
            @Nullable String asked, String decided, long customer, long minor, String remedyClass, OffsetDateTime at) {
        long number = fake();
        jdbc.sql("""
                        insert into effect (effect_key, case_id, case_reference, customer_id, decision_id, moment, remedy, remedy_class, kind,
                            amount_minor, currency, state, authority, asked_by, decided_by, team, created_at, updated_at)
                        values (:key, :caseId, :reference, :customer, 0, 'resolve', 'CREDIT', :class, 'CREDIT', :minor, 'USD', 'CONFIRMED',
                            'AGENT', :asked, :decided, 'DELIVERY', :at, :at)
                        """)
                .param("key", "guard-" + number)
                .param("caseId", anotherCase())
                .param("reference", recovery.reference())
                .param("customer", customer)
                .param("class", remedyClass)
                .param("minor", minor)
                .param("asked", asked)
                .param("decided", decided)
                .param("at", at)
                .update();
    }

    /** As the one that was reported, under a number of its own. */
    private long anotherCase() {
        Map<String, Object> row = jdbc.sql("select * from recovery_case where id = :id")
                .param("id", recovery.id().value())
                .query()
                .singleRow();
        Map<String, Object> copy = new LinkedHashMap<>();
        row.forEach((name, value) -> copy.put(name.toLowerCase(Locale.ROOT), value));
        long id =
                jdbc.sql("select max(id) from recovery_case").query(Long.class).single() + 1_000_000;
        copy.put("id", id);
        copy.put("reference", "G-" + id);
        copy.put("external_ref", null);
        jdbc.sql("insert into recovery_case (" + String.join(", ", copy.keySet()) + ") values (:"
                        + String.join(", :", copy.keySet()) + ")")
                .params(copy)
                .update();
        return id;
    }

    private void bought(long customer, long minor) {
        jdbc.sql(
                        "insert into purchase (customer_id, identity, bought_on, amount_minor, currency) values (:id, :identity, :on, :minor, 'USD')")
                .param("id", customer)
                .param("identity", "guard-" + fake())
                .param("on", now().toLocalDate().minusDays(9))
                .param("minor", minor)
                .update();
    }

    private long customer(@Nullable String email, @Nullable String phone) {
        return desk.transaction.execute(status -> desk.customers
                .save(new Customer.Details(
                        "GUARD-" + COUNT.get() + "-" + fake(),
                        null,
                        PersonalText.of(email),
                        PersonalText.of(phone),
                        "en",
                        null,
                        false,
                        false,
                        false))
                .id());
    }

    private String ref(long customer) {
        return desk.customers.get(customer).externalRef();
    }

    private long fake() {
        return ++fake;
    }

    private void pass(Duration time) {
        clock.pass(time);
        passed = passed.plus(time);
    }

    private OffsetDateTime now() {
        return OffsetDateTime.ofInstant(clock.instant(), clock.getZone());
    }

    private void person(String login, String role) {
        jdbc.sql(
                        "insert into account (login, name_en, name_ar, password_hash, password_is_one_time, active, created_at) values (:login, :login, :login, '', false, true, :at)")
                .param("login", login)
                .param("at", now())
                .update();
        jdbc.sql("insert into account_trait (login, kind, word) values (:login, 'ROLE', :role)")
                .param("login", login)
                .param("role", role)
                .update();
    }

    private static void refused(String code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.code())
                .isEqualTo(code));
    }
}
