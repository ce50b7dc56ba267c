package org.jabr.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jabr.cases.CaseDesk;
import org.jabr.cases.Cases;
import org.jabr.cases.RecoveryCase;
import org.jabr.cases.Report;
import org.jabr.customers.Customer;
import org.jabr.customers.Customers;
import org.jabr.customers.PersonalText;
import org.jabr.rules.Problem;
import org.jabr.testing.StubEngines;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Each test has customers and references of its own, so that all share one database. */
@SpringBootTest
@Import(StubEngines.class)
abstract class ImportsTests {

    private static final String PURCHASES = "customer,date,amount,currency,item\n";
    private static final String COMPLAINTS = "externalRef,customer,channel,category,subject,loss\n";

    private final String own = UUID.randomUUID().toString().substring(0, 8);

    @Autowired
    Imports imports;

    @Autowired
    ImportStore store;

    @Autowired
    ImportRunner runner;

    @Autowired
    CaseIntake intake;

    @Autowired
    CaseDesk desk;

    @Autowired
    Cases cases;

    @Autowired
    Customers customers;

    @Autowired
    StubEngines.StubRecovery recovery;

    @Autowired
    JdbcClient jdbc;

    @Test
    void addsPurchasesAndTheirValueOnce() {
        String file =
                PURCHASES + "C,2024-01-05,30.00,USD,\nC,2024-01-05,30.00,USD,\nC,2025-01-05,60.00,USD,\nD,bad,1,USD,\n";

        ImportRun first = purchases(file);
        ImportRun again = purchases(file);

        assertThat(first.status()).isEqualTo(ImportRun.Status.DONE);
        assertThat(first)
                .extracting(ImportRun::total, ImportRun::accepted, ImportRun::duplicates)
                .containsExactly(4, 3, 0);
        assertThat(first.rejected()).extracting(ImportRun.Rejected::line).containsExactly(5);
        assertThat(again).extracting(ImportRun::accepted, ImportRun::duplicates).containsExactly(0, 3);
        long id = customers.find(own + "C").orElseThrow().id();
        assertThat(customers.purchases(id, 10)).hasSize(3);
        assertThat(customers.value(id).orElseThrow().total()).hasToString("120.00 USD");
    }

    @Test
    void makesACaseOfEachComplaintOnce() {
        String file = COMPLAINTS
                + "1,C,WEB,Rail,Late,5.00\n2,C,PHONE,Rail,Late,\n3,C,PIGEON,Rail,Late,\n4,C,WEB,Rail,Late,666\n";

        ImportRun first = complaints(file);
        ImportRun again = complaints(file);

        assertThat(first).extracting(ImportRun::accepted, ImportRun::duplicates).containsExactly(2, 0);
        assertThat(first.rejected())
                .extracting(ImportRun.Rejected::line, ImportRun.Rejected::code)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(4, "FACTS-002"),
                        org.assertj.core.groups.Tuple.tuple(5, "RULES-003"));
        assertThat(again).extracting(ImportRun::accepted, ImportRun::duplicates).containsExactly(0, 2);
        RecoveryCase one = cases.findExternal(own + "1").orElseThrow();
        assertThat(cases.ofCustomer(one.customerId())).hasSize(2).allMatch(c -> recovery.started.contains(c.id()));
    }

    @Test
    void letsALineWithoutAReferenceJoinTheOpenCaseAndOnlyOnce() {
        complaints(COMPLAINTS + "1,C,WEB,Rail,Late train,5.00\n");
        String file = COMPLAINTS.replace("externalRef,", "") + own + "C,PHONE,rail,late  Train,\n" + own
                + "C,PHONE,Rail,Dirty,\n";

        ImportRun first = imports.start("complaints", "generic", bytes(file), "agent");
        ImportRun again = imports.start("complaints", "generic", bytes(file), "agent");

        RecoveryCase joined = cases.findExternal(own + "1").orElseThrow();
        assertThat(joined.contacts()).isEqualTo(2);
        assertThat(joined.channelHops()).isEqualTo(1);
        assertThat(cases.ofCustomer(joined.customerId())).hasSize(2);
        assertThat(first.accepted()).isEqualTo(2);
        assertThat(again.duplicates()).isEqualTo(2);
        desk.withdraw(joined.id(), "customer");
        assertThat(imports.start("complaints", "generic", bytes(file), "agent").duplicates())
                .isEqualTo(2);
    }

    @Test
    void addsWhatAFileSaysOfCustomersToWhatIsKnown() {
        String file =
                "customer,name,language,vulnerable,preferredChannel\nC,سلمى,ar-SA,yes,PHONE\nD,Dan,en,no,PIGEON\n";
        ImportRun first = imports.start("customers", "generic", bytes(named(file)), "agent");
        ImportRun again = imports.start("customers", "generic", bytes(named(file)), "agent");
        imports.start("customers", "generic", bytes(named("customer,email\nC,s@example.org\n")), "agent");

        Customer customer = customers.find(own + "C").orElseThrow();
        assertThat(first.accepted()).isEqualTo(1);
        assertThat(first.rejected()).extracting(ImportRun.Rejected::code).containsExactly("FACTS-002");
        assertThat(again.duplicates()).isEqualTo(1);
        assertThat(customer.language()).isEqualTo("ar");
        assertThat(customer.vulnerable()).isTrue();
        assertThat(PersonalText.shown(customer.name())).isEqualTo("سلمى");
        assertThat(PersonalText.shown(customer.email())).isEqualTo("s@example.org");
    }

    @Test
    void goesOnWhereARestartInterruptedIt() {
        String lines = IntStream.range(0, 50)
                .mapToObj(i -> "r" + i + ",C" + i + ",WEB,Rail,Late,1.00\n")
                .collect(Collectors.joining());
        long id = imports.add(ImportKind.COMPLAINTS, "generic", bytes(named(COMPLAINTS + lines)), "agent");
        // As after a kill: some lines are in, the import still says that it runs, and nobody works on it.
        runner.step(id);
        ImportRun interrupted = store.get(id);

        runner.resume();
        ImportRun ended = await(id);

        assertThat(interrupted)
                .extracting(ImportRun::status, ImportRun::done)
                .containsExactly(ImportRun.Status.RUNNING, 20);
        assertThat(ended)
                .extracting(ImportRun::status, ImportRun::accepted, ImportRun::duplicates)
                .containsExactly(ImportRun.Status.DONE, 50, 0);
        for (int i = 0; i < 50; i++) {
            RecoveryCase opened = cases.findExternal(own + "r" + i).orElseThrow();
            assertThat(cases.ofCustomer(opened.customerId())).hasSize(1);
            assertThat(recovery.started).contains(opened.id());
        }
        assertThat(jdbc.sql("select count(*) from import_line where import_id = :id and content_text is not null")
                        .param("id", id)
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void takesLongFilesInTheBackground() {
        String lines = IntStream.rangeClosed(0, Imports.AT_ONCE)
                .mapToObj(i -> "C" + i % 7 + ",2024-01-05," + i + ".00,USD,\n")
                .collect(Collectors.joining());

        ImportRun started = purchases(PURCHASES + lines);
        ImportRun ended = await(started.id());

        assertThat(started.status()).isEqualTo(ImportRun.Status.RUNNING);
        assertThat(ended).extracting(ImportRun::done, ImportRun::accepted).containsExactly(1001, 1001);
    }

    @Test
    void addsNothingTwiceWhenTheSameFileArrivesManyTimesAtOnce() throws Exception {
        String lines = IntStream.range(0, 60)
                .mapToObj(i -> "p" + i + ",C" + i % 5 + ",WEB,Rail,Late,1.00\n")
                .collect(Collectors.joining());
        String bought = PURCHASES + "C0,2024-01-05,30.00,USD,\n".repeat(40);

        List<ImportRun> runs = atOnce(4, () -> complaints(COMPLAINTS + lines));
        List<ImportRun> bills = atOnce(4, () -> purchases(bought));

        assertThat(runs.stream().mapToInt(ImportRun::accepted).sum()).isEqualTo(60);
        assertThat(runs.stream().mapToInt(ImportRun::duplicates).sum()).isEqualTo(180);
        assertThat(bills.stream().mapToInt(ImportRun::accepted).sum()).isEqualTo(40);
        assertThat(bills.stream().mapToInt(ImportRun::duplicates).sum()).isEqualTo(120);
    }

    @Test
    void makesOneCaseOfAReportThatArrivesManyTimesAtOnce() throws Exception {
        List<Received> received =
                atOnce(8, () -> intake.receive(report(own + "x", own + "new", "Rail", "Late"), "client"));

        assertThat(received)
                .extracting(r -> r.recovery().id())
                .containsOnly(received.get(0).recovery().id());
        assertThat(received)
                .filteredOn(r -> r.became() == Received.Became.OPENED)
                .hasSize(1);
        assertThat(cases.ofCustomer(received.get(0).recovery().customerId())).hasSize(1);
    }

    @Test
    void countsWhatWasFreeOfChargeNeitherAsPurchaseNorForTheFirstDay() {
        ImportRun run = purchases(
                PURCHASES + "Cfree,2024-01-05,0.00,USD,\nCpaid,2024-01-05,0.00,USD,\nCpaid,2024-03-05,30.00,USD,\n");

        assertThat(run.accepted()).isEqualTo(3);
        assertThat(customers.value(customers.find(own + "Cfree").orElseThrow().id()))
                .isEmpty();
        assertThat(customers.value(customers.find(own + "Cpaid").orElseThrow().id()))
                .hasValueSatisfying(value -> {
                    assertThat(value.purchases()).isEqualTo(1);
                    assertThat(value.firstOn()).isEqualTo("2024-03-05");
                });
    }

    @Test
    void neverAnswersWithAnotherCaseWhenACaseIsOpened() {
        Received received = intake.receive(report(own + "y", own + "new", "Rail", "Late"), "client");
        Report again = new Report(
                own + "y", own + "new", "WEB", "Rail", "Late", null, null, "USD", null, null, Map.of(), Map.of());

        assertThatThrownBy(() -> desk.open(again, "client"))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("CASE-002"));
        assertThat(cases.ofCustomer(received.recovery().customerId())).hasSize(1);
    }

    @Test
    void makesOneCaseOfReportsAboutOneMatterThatArriveAtOnce() throws Exception {
        List<Received> received = atOnce(6, () -> intake.receive(report(null, own + "new", "Rail", "Late"), "client"));

        assertThat(received)
                .filteredOn(r -> r.became() == Received.Became.OPENED)
                .hasSize(1);
        assertThat(cases.get(received.get(0).recovery().reference()).contacts()).isEqualTo(6);
    }

    @Test
    void keepsReportsWithReferencesApartAndJoinsThoseWithout() {
        Received first = intake.receive(report(own + "1", own + "C", "Rail", "Late"), "client");
        Received second = intake.receive(report(own + "2", own + "C", "Rail", "Late"), "client");
        Received joined = intake.receive(report(null, own + "C", " rail", "LATE"), "client");
        Received other = intake.receive(report(null, own + "C", "Rail", "Dirty"), "client");

        assertThat(second.became()).isEqualTo(Received.Became.OPENED);
        assertThat(joined.became()).isEqualTo(Received.Became.JOINED);
        assertThat(joined.recovery().id()).isEqualTo(second.recovery().id());
        assertThat(other.became()).isEqualTo(Received.Became.OPENED);
        assertThat(first.recovery().contacts()).isEqualTo(1);
    }

    @Test
    void learnsTheLanguageOnlyWhereItWasNotKnown() {
        Submission arabic = new Submission(
                null, own + "C", "WEB", "Rail", "Late", null, null, null, null, null, "ar", Map.of(), Map.of());
        Submission french = new Submission(
                null, own + "C", "WEB", "Rail", "Dirty", null, null, null, null, null, "fr", Map.of(), Map.of());
        intake.receive(arabic, "client");
        intake.receive(french, "client");

        assertThat(customers.find(own + "C").orElseThrow().language()).isEqualTo("ar");
    }

    @Test
    void keepsHostileTextAsGiven() {
        String hostile = "<script>alert(1)</script> ${7*7} #{1} '; drop table customer; -- \u202E\uD83D\uDE00 %00";
        Received received = intake.receive(
                new Submission(
                        null,
                        own + "C",
                        "WEB",
                        hostile,
                        hostile,
                        hostile,
                        null,
                        null,
                        null,
                        null,
                        null,
                        Map.of(),
                        Map.of("seat", hostile)),
                "client");

        RecoveryCase kept = cases.get(received.recovery().reference());
        assertThat(PersonalText.shown(kept.subject())).isEqualTo(hostile);
        assertThat(PersonalText.shown(kept.description())).isEqualTo(hostile);
        assertThat(kept.given()).containsEntry("answers.seat", hostile);
    }

    @Test
    void refusesWhatAReportCannotBe() {
        assertRefused("INTAKE-001", report(null, " ", "Rail", "Late"));
        assertRefused("INTAKE-001", report(null, own, "Rail", ""));
        assertRefused("INTAKE-002", report("x".repeat(121), own, "Rail", "Late"));
        assertRefused("INTAKE-002", report(null, own, "x".repeat(201), "Late"));
        assertRefused("INTAKE-003", report(null, own, "Rail", "a\0b"));
        assertRefused("INTAKE-003", report(null, own, "Rail", "a\uD83Db"));
        assertThat(customers.find(own)).isEmpty();
    }

    @Test
    void refusesFilesItCannotRead() {
        assertFileRefused("IMPORT-001", "parcels", "generic");
        assertFileRefused("IMPORT-002", "purchases", "nobody");
        assertFileRefused("IMPORT-002", "purchases", "../generic");
        assertFileRefused("IMPORT-003", "customers", "cfpb");
        assertFileRefused("IMPORT-006", "complaints", "cfpb");
        assertFileRefused("IMPORT-006", "purchases", "cfpb");
    }

    private void assertFileRefused(String code, String kind, String mapping) {
        assertThatThrownBy(() -> imports.start(kind, mapping, bytes(PURCHASES), "agent"))
                .isInstanceOfSatisfying(Problem.class, p -> assertThat(p.code()).isEqualTo(code));
    }

    private void assertRefused(String code, Submission submission) {
        assertThatThrownBy(() -> intake.receive(submission, "client"))
                .isInstanceOfSatisfying(Problem.class, p -> assertThat(p.code()).isEqualTo(code));
    }

    private static Submission report(String ref, String customer, String category, String subject) {
        return new Submission(
                ref, customer, "WEB", category, subject, null, null, null, null, null, null, Map.of(), Map.of());
    }

    private ImportRun purchases(String file) {
        return imports.start("purchases", "generic", bytes(named(file)), "agent");
    }

    private ImportRun complaints(String file) {
        return imports.start("complaints", "generic", bytes(named(file)), "agent");
    }

    /** Gives the customers and references of a file names that no other test has. */
    private String named(String file) {
        int end = file.indexOf('\n') + 1;
        boolean referenced = file.startsWith("externalRef");
        return file.substring(0, end)
                + file.substring(end)
                        .lines()
                        .map(line -> own + (referenced ? line.replaceFirst(",", "," + own) : line) + "\n")
                        .collect(Collectors.joining());
    }

    private ImportRun await(long id) {
        Instant end = Instant.now().plus(Duration.ofSeconds(30));
        while (imports.get(id).status() == ImportRun.Status.RUNNING
                && Instant.now().isBefore(end)) {
            Thread.onSpinWait();
        }
        return imports.get(id);
    }

    private static <T> List<T> atOnce(int times, Callable<T> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(times);
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> future : threads.invokeAll(java.util.Collections.nCopies(times, work))) {
                results.add(future.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
