package org.jabr.web.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.startsWith;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.asyncDispatch;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jabr.cases.CaseDesk;
import org.jabr.cases.RecoveryCase;
import org.jabr.intake.CaseIntake;
import org.jabr.intake.Submission;
import org.jabr.remedies.RemedyDesk;
import org.jabr.rules.Decider;
import org.jabr.rules.Moment;
import org.jabr.rules.Money;
import org.jabr.testing.OnH2;
import org.jabr.testing.StubEngines;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.web.servlet.AutoConfigureMockMvc;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.MvcResult;
import org.springframework.test.web.servlet.ResultActions;

/** Settlements in, reconciliation and files for the accounting out, as another program sees them. */
@SpringBootTest(properties = "jabr.demo.data=false")
@AutoConfigureMockMvc
@ActiveProfiles("demo")
@Import(StubEngines.class)
@OnH2
class SettlementApiTests {

    private static final String HEAD = "id,key,reference,kind,amount,currency,settledOn\n";

    private final String own = UUID.randomUUID().toString().substring(0, 8);

    @Autowired
    MockMvc mvc;

    @Autowired
    CaseIntake intake;

    @Autowired
    CaseDesk desk;

    @Autowired
    RemedyDesk remedies;

    @Autowired
    Clock clock;

    @Test
    void takesALineOnceAndSaysWhyAnotherCannotBe() throws Exception {
        String key = refund("12.50");
        String good = own + "-1," + key + ",,REFUND,12.50,USD,2026-03-03\n";
        String file = HEAD
                + good
                + own + "-2," + key + ",,REFUND,12.5001,USD,2026-03-03\n"
                + own + "-3," + key + ",,REFUND,12.50,XAU,2026-03-03\n"
                + own + "-4," + key + ",,REFUND,-12.50,USD,2026-03-03\n"
                + own + "-5," + key + ",,REFUND,12.50,USD,2026-02-30\n"
                + own + "-6," + key + ",,REFUND,99999,USD,2026-03-03\n"
                + own + "-7,=1+1,,REFUND,12.50,USD,2026-03-03\n"
                + own + "-8,,,REFUND,12.50,USD,2026-03-03\n"
                + own + "-9," + key + ",,REFUND,twelve,USD,2026-03-03\n"
                + good;
        upload("manager", file)
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.kind").value("settlements"))
                .andExpect(jsonPath("$.accepted").value(1))
                .andExpect(jsonPath("$.duplicates").value(1))
                .andExpect(jsonPath("$.rejected[*].code")
                        .value(containsInAnyOrder(
                                "IMPORT-024",
                                "IMPORT-025",
                                "SETTLE-007",
                                "IMPORT-021",
                                "SETTLE-008",
                                "SETTLE-004",
                                "SETTLE-003",
                                "IMPORT-022")));
        upload("manager", HEAD + good)
                .andExpect(jsonPath("$.accepted").value(0))
                .andExpect(jsonPath("$.duplicates").value(1));

        MvcResult once = mvc.perform(post("/api/settlements")
                        .with(httpBasic("manager", "manager"))
                        .header("Idempotency-Key", own)
                        .contentType("text/csv")
                        .content(HEAD + own + "-10," + key + ",,,1.00,USD,2026-03-03\n"))
                .andExpect(jsonPath("$.accepted").value(1))
                .andReturn();
        mvc.perform(post("/api/settlements")
                        .with(httpBasic("manager", "manager"))
                        .header("Idempotency-Key", own)
                        .contentType("text/csv")
                        .content(HEAD + own + "-10," + key + ",,,1.00,USD,2026-03-03\n"))
                .andExpect(jsonPath("$.accepted").value(1));
        String at = String.valueOf(once.getResponse().getHeader("Location"));
        read("auditor", at)
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.status").value("DONE"));
        // It is none of the other imports.
        read("supervisor", at.replace("settlements", "imports")).andExpect(status().isNotFound());
    }

    @Test
    void refusesAWholeFileThatIsTooLongOrNotKnown() throws Exception {
        String lines =
                IntStream.range(0, 100_001).mapToObj(n -> "1,1,1,1,1,1,1\n").collect(Collectors.joining());
        upload("manager", HEAD + lines)
                .andExpect(status().isUnprocessableEntity())
                .andExpect(jsonPath("$.code").value("SETTLE-002"));
        upload("manager", "colour\nred\n")
                .andExpect(status().isUnprocessableEntity())
                .andExpect(jsonPath("$.code").value("IMPORT-006"));
        mvc.perform(post("/api/imports?kind=settlements&mapping=settlements")
                        .with(httpBasic("supervisor", "supervisor"))
                        .contentType("text/csv")
                        .content(HEAD))
                .andExpect(jsonPath("$.code").value("IMPORT-001"));
        upload("supervisor", HEAD).andExpect(status().isForbidden());
        upload("auditor", HEAD).andExpect(status().isForbidden());
    }

    @Test
    void tellsWhatAgreesByDay() throws Exception {
        refund("12.50");
        LocalDate today = LocalDate.now(clock.withZone(ZoneOffset.UTC));
        read("auditor", "/api/reconciliation?from=" + today + "&to=" + today)
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.items[0].day").value(today.toString()))
                .andExpect(jsonPath("$.items[0].granted.currency").value("USD"))
                .andExpect(jsonPath("$.next").doesNotExist());
        read("auditor", "/api/reconciliation?from=2026-01-01&to=2026-12-31")
                .andExpect(status().isUnprocessableEntity())
                .andExpect(jsonPath("$.code").value("SETTLE-015"));
        read("auditor", "/api/reconciliation?from=yesterday&to=2026-12-31").andExpect(status().is4xxClientError());
        read("agent", "/api/reconciliation?from=" + today + "&to=" + today).andExpect(status().isForbidden());
    }

    @Test
    void writesFilesForTheAccounting() throws Exception {
        String key = refund("31.25");
        LocalDate today = LocalDate.now(clock.withZone(ZoneOffset.UTC));
        List<String> effects = file("/api/finance/effects.csv?from=" + today + "&to=" + today);
        assertThat(effects.get(0))
                .isEqualTo(
                        "key,case,remedy,class,kind,amount,currency,state,reference,placedOn,grantedOn,executedOn,settledOn,settled");
        assertThat(effects)
                .filteredOn(line -> line.startsWith(key + ","))
                .singleElement()
                .asString()
                .contains(",REFUND,RESTITUTION,REFUND,31.25,USD,CONFIRMED,R-" + key + "," + today + "," + today + ","
                        + today);

        List<String> journal = file("/api/finance/journal.csv?from=" + today + "&to=" + today);
        assertThat(journal.get(0)).isEqualTo("line,day,number,movement,key,case,account,name,debit,credit,currency");
        assertThat(journal)
                .filteredOn(line -> line.contains(key + "/owe"))
                .hasSize(2)
                .anyMatch(line -> line.endsWith(",6810,Service recovery: refunds,31.25,0.00,USD"))
                .anyMatch(line -> line.endsWith(",2400,Owed to customers from service recovery,0.00,31.25,USD"));
        assertThat(journal.get(journal.size() - 1)).startsWith("CLOSING," + today);
        read("manager", "/api/finance/journal.csv?from=" + today + "&to=2020-01-01")
                .andExpect(status().isUnprocessableEntity())
                .andExpect(jsonPath("$.code").value("SETTLE-016"))
                .andExpect(jsonPath("$.detail").value(startsWith("Please choose")));
        read("supervisor", "/api/finance/journal.csv?from=" + today + "&to=" + today)
                .andExpect(status().isForbidden());
    }

    private String refund(String loss) {
        RecoveryCase recovery = intake.receive(
                        new Submission(
                                null,
                                own + "-" + UUID.randomUUID(),
                                "EMAIL",
                                "Delivery",
                                "Late",
                                "Late",
                                Money.of(loss, "USD"),
                                null,
                                null,
                                null,
                                "en",
                                Map.of(),
                                Map.of()),
                        "agent")
                .recovery();
        desk.decide(recovery.id(), Moment.RESOLVE, Decider.RULES);
        long decision = desk.grant(recovery.id(), Moment.RESOLVE);
        remedies.carryOut(recovery.id());
        return decision + "-REFUND";
    }

    private ResultActions upload(String who, String file) throws Exception {
        return mvc.perform(post("/api/settlements?mapping=settlements")
                .with(httpBasic(who, who))
                .contentType("text/csv")
                .content(file));
    }

    private ResultActions read(String who, String path) throws Exception {
        return mvc.perform(get(path).with(httpBasic(who, who)));
    }

    private List<String> file(String path) throws Exception {
        MvcResult started = read("manager", path).andReturn();
        return mvc.perform(asyncDispatch(started))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString(StandardCharsets.UTF_8)
                .lines()
                .toList();
    }
}
