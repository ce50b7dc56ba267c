package org.jabr.web.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.jayway.jsonpath.JsonPath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jabr.cases.CaseDesk;
import org.jabr.cases.Cases;
import org.jabr.cases.RecoveryCase;
import org.jabr.intake.CaseIntake;
import org.jabr.releases.Releases;
import org.jabr.rules.Authority;
import org.jabr.rules.CaseId;
import org.jabr.rules.Decider;
import org.jabr.rules.Moment;
import org.jabr.rules.Money;
import org.jabr.rules.Remedy;
import org.jabr.testing.StubEngines;
import org.jabr.treasury.Grant;
import org.jabr.treasury.Treasury;
import org.jabr.worklist.NewWork;
import org.jabr.worklist.WorkItem;
import org.jabr.worklist.Worklist;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.web.servlet.AutoConfigureMockMvc;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.MvcResult;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** Every address as another program sees it, with rules and diagrams of a few lines behind it. */
@SpringBootTest(properties = "jabr.demo.data=false")
@AutoConfigureMockMvc
@ActiveProfiles("demo")
@Import(StubEngines.class)
abstract class ApiTests {

    private final String own = UUID.randomUUID().toString().substring(0, 8);

    @Autowired
    Releases releases;

    @Autowired
    MockMvc mvc;

    @Autowired
    Treasury treasury;

    @Autowired
    ObjectMapper json;

    @Autowired
    Cases cases;

    @Autowired
    CaseDesk desk;

    @Autowired
    CaseIntake intake;

    @Autowired
    Worklist worklist;

    @Autowired
    Clock clock;

    // ---- reports

    @Test
    void makesACaseAndShowsIt() throws Exception {
        String reference = value(
                report(
                                "{'externalRef':'%s','customer':'%s','channel':'EMAIL','category':'Rail','subject':'Late','description':'<b>late</b>',"
                                        + "'loss':{'amount':'12.50','currency':'USD'},'emotion':'ANGRY','occurredAt':'2026-01-31T14:30:00+03:00',"
                                        + "'language':'ar','answers':{'seat':'4A','rows':2.50}}")
                        .andExpect(status().isCreated())
                        .andExpect(jsonPath("$.became").value("OPENED"))
                        .andExpect(jsonPath("$.stage").value("RECEIVED")),
                "reference");

        read("/api/cases/" + reference)
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.customer.externalRef").value(own))
                .andExpect(jsonPath("$.customer.tier").value("BRONZE"))
                .andExpect(jsonPath("$.customer.language").value("ar"))
                .andExpect(jsonPath("$.loss.amount").value("12.50"))
                .andExpect(jsonPath("$.description").value("<b>late</b>"))
                .andExpect(jsonPath("$.occurredAt").value("2026-01-31T11:30:00Z"))
                .andExpect(jsonPath("$.given['answers.rows']").value(2.5))
                .andExpect(jsonPath("$.decisions[0].moment").value("intake"))
                .andExpect(jsonPath("$.timeline[0].kind").value("RECEIVED"))
                .andExpect(jsonPath("$.clocks[0].kind").value("resolve"));
    }

    @Test
    void answersAReportThatIsKnownWithItsCase() throws Exception {
        String body = "{'externalRef':'%s','customer':'%s','channel':'WEB','category':'Rail','subject':'Late'}";
        MvcResult first = report(body).andExpect(status().isCreated()).andReturn();
        report(body)
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.became").value("KNOWN"))
                .andExpect(header().string("Location", first.getResponse().getHeader("Location")));
        report(body.replace("'externalRef':'%s',", ""), own)
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.became").value("JOINED"))
                .andExpect(jsonPath("$.contactCount").value(2));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "400 | WEB-001 | {'customer':",
                "400 | WEB-001 | []",
                "400 | WEB-001 | null",
                "400 | WEB-001 | {} {}",
                "400 | WEB-001 | {'customer':'a','customer':'b'}",
                "422 | WEB-021 | {'custommer':'x'}",
                "422 | WEB-021 | {'loss':{'amount':'1','currency':'USD','cents':3}}",
                "422 | WEB-022 | {'answers':{'a':1e999999999}}",
                "422 | WEB-022 | {'loss':{'amount':1e-999999999,'currency':'USD'}}",
                "400 | WEB-001 | {'answers':{'a':1e99999999999999}}",
                "422 | WEB-022 | {'customer':5}",
                "422 | WEB-022 | {'customer':{'id':5}}",
                "422 | WEB-022 | {'loss':'12.50'}",
                "422 | INTAKE-001 | {'customer':'x','channel':'WEB','category':'c'}",
                "422 | INTAKE-004 | {'customer':'x','channel':'WEB','category':'c','subject':'s','occurredAt':'2026-01-31'}",
                "422 | INTAKE-004 | {'customer':'x','channel':'WEB','category':'c','subject':'s','occurredAt':'+99999-01-31T00:00:00Z'}",
                "422 | INTAKE-005 | {'customer':'x','channel':'WEB','category':'c','subject':'s','loss':{'amount':'-1','currency':'USD'}}",
                "422 | INTAKE-005 | {'customer':'x','channel':'WEB','category':'c','subject':'s','loss':{'amount':'1e9','currency':'USD'}}",
                "422 | INTAKE-005 | {'customer':'x','channel':'WEB','category':'c','subject':'s','loss':{'amount':true,'currency':'USD'}}",
                "422 | INTAKE-006 | {'customer':'x','channel':'WEB','category':'c','subject':'s','loss':{'amount':'1','currency':'usd'}}",
                "422 | INTAKE-007 | {'customer':'x','channel':'WEB','category':'c','subject':'s','loss':{'amount':'1.001','currency':'USD'}}",
                "422 | INTAKE-008 | {'customer':'x','channel':'WEB','category':'c','subject':'s','answers':{'a':{'b':1}}}",
                "422 | INTAKE-008 | {'customer':'x','channel':'WEB','category':'c','subject':'s','answers':{'a.b':1}}",
                "422 | FACTS-002 | {'customer':'x','channel':'PIGEON','category':'c','subject':'s'}",
                "422 | FACTS-002 | {'customer':'x','channel':'WEB','category':'c','subject':'s','emotion':'HAPPY'}",
                "422 | FACTS-003 | {'customer':'x','channel':'WEB','category':'c','subject':'s','currency':'XAU'}",
                "422 | FACTS-005 | {'customer':'x','channel':'WEB','category':'c','subject':'s','facts':{'customer.tier':'GOLD'}}",
            })
    void refusesAReportWithACode(int expected, String code, String body) throws Exception {
        send("/api/cases", body)
                .andExpect(status().is(expected))
                .andExpect(content().contentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON))
                .andExpect(jsonPath("$.code").value(code))
                .andExpect(jsonPath("$.detail").value(not(containsString(code))));
    }

    @Test
    void tellsARefusalInTheReadersLanguage() throws Exception {
        mvc.perform(post("/api/cases")
                        .with(httpBasic("agent", "agent"))
                        .contentType(MediaType.APPLICATION_JSON)
                        .header("Accept-Language", "ar")
                        .content("{}"))
                .andExpect(status().isUnprocessableEntity())
                .andExpect(jsonPath("$.detail").value("الحقل customer ناقص."));
    }

    @Test
    void takesContactsAndWithdrawals() throws Exception {
        String reference = opened().reference();
        send("/api/cases/" + reference + "/contacts", "{'channel':'PHONE','description':'again','emotion':'ANGRY'}")
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.contactCount").value(2));
        send("/api/cases/" + reference + "/contacts", "{'channel':'PIGEON'}")
                .andExpect(status().isUnprocessableEntity())
                .andExpect(jsonPath("$.code").value("FACTS-002"));
        send("/api/cases/" + reference + "/withdraw", "")
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.stage").value("WITHDRAWN"));
        send("/api/cases/" + reference + "/contacts", "{}")
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.code").value("CASE-006"));
        read("/api/cases/" + reference)
                .andExpect(jsonPath("$.contacts[1].body").value("again"))
                .andExpect(jsonPath("$.given['conversation.emotion']").value("ANGRY"));
    }

    @Test
    void leadsAMergedCaseToTheOneThatGoesOn() throws Exception {
        String body =
                "{'externalRef':'%s','customer':'M-" + own + "','channel':'WEB','category':'Rail','subject':'Late'}";
        String into = reference(report(body.replace("%s", "into-" + own)).andReturn());
        String merged = reference(report(body.replace("%s", "merged-" + own)).andReturn());
        intake.merge(merged, into, "One train.", new Decider("agent", Authority.AGENT));

        read("/api/cases/" + merged)
                .andExpect(jsonPath("$.mergedInto").value(into))
                .andExpect(jsonPath("$.stage").value("CLOSED"))
                .andExpect(header().string("Link", containsString("/api/cases/" + into)));
        read("/api/cases/" + into)
                .andExpect(jsonPath("$.contactCount").value(2))
                .andExpect(jsonPath("$.contacts.length()").value(2))
                .andExpect(header().doesNotExist("Link"));
        send("/api/cases/" + merged + "/contacts", "{'channel':'PHONE'}")
                .andExpect(jsonPath("$.reference").value(into))
                .andExpect(jsonPath("$.contactCount").value(3));
        report(body.replace("%s", "merged-" + own))
                .andExpect(jsonPath("$.became").value("KNOWN"))
                .andExpect(jsonPath("$.reference").value(into));
    }

    private static String reference(MvcResult result) {
        return String.valueOf(result.getResponse().getHeader("Location")).replaceFirst(".*/", "");
    }

    @Test
    void listsCasesPageByPage() throws Exception {
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            made.add(value(
                    report("{'externalRef':'%s" + i
                            + "','customer':'%s','channel':'WEB','category':'c','subject':'s'}"),
                    "reference"));
        }
        List<String> seen = new ArrayList<>();
        String after = "";
        do {
            JsonNode page = json.readTree(read("/api/cases?customer=" + own + "&stage=RECEIVED&limit=2" + after)
                    .andExpect(status().isOk())
                    .andReturn()
                    .getResponse()
                    .getContentAsString());
            page.get("items").forEach(item -> seen.add(item.get("reference").asText()));
            after = page.get("next").isNull()
                    ? ""
                    : "&after=" + page.get("next").asText();
        } while (!after.isEmpty());
        assertThat(seen).isEqualTo(made);
        read("/api/cases?limit=201")
                .andExpect(status().isUnprocessableEntity())
                .andExpect(jsonPath("$.code").value("WEB-023"));
        read("/api/cases?limit=0").andExpect(status().isUnprocessableEntity());
        read("/api/cases?stage=NOWHERE").andExpect(status().isBadRequest());
        read("/api/cases?customer=nobody").andExpect(jsonPath("$.items").isEmpty());
        read("/api/cases/R-1900-000000")
                .andExpect(status().isNotFound())
                .andExpect(jsonPath("$.code").value("CASE-001"));
    }

    // ---- idempotency

    @Test
    void doesARequestUnderAKeyOnce() throws Exception {
        String body = "{'customer':'" + own + "','channel':'WEB','category':'c','subject':'s'}";
        MvcResult first =
                keyed("/api/cases", body, own).andExpect(status().isCreated()).andReturn();
        keyed("/api/cases", body, own)
                .andExpect(status().isCreated())
                .andExpect(content().json(first.getResponse().getContentAsString()))
                .andExpect(header().string("Location", first.getResponse().getHeader("Location")));
        keyed("/api/cases", body.replace("'s'", "'t'"), own)
                .andExpect(status().isUnprocessableEntity())
                .andExpect(jsonPath("$.code").value("WEB-020"));
        keyed("/api/cases", body, "has space " + own).andExpect(status().isBadRequest());
        mvc.perform(post("/api/cases")
                        .with(httpBasic("supervisor", "supervisor"))
                        .header("Idempotency-Key", own)
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(body.replace('\'', '"')))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.became").value("JOINED"));
    }

    @Test
    void letsAFailedRequestBeRepeatedUnderItsKey() throws Exception {
        String reference = opened().reference();
        keyed("/api/cases/R-0-0/withdraw", "", own).andExpect(status().isNotFound());
        keyed("/api/cases/" + reference + "/contacts", "{'channel':'PIGEON'}", own + "a")
                .andExpect(status().isUnprocessableEntity());
        keyed("/api/cases/" + reference + "/contacts", "{'channel':'PHONE'}", own + "a")
                .andExpect(status().isOk());
    }

    @Test
    void doesEqualRequestsThatArriveAtOnceOnlyOnce() throws Exception {
        String reference = opened().reference();
        List<MvcResult> results =
                atOnce(5, () -> keyed("/api/cases/" + reference + "/contacts", "{'channel':'PHONE'}", own)
                        .andReturn());
        assertThat(results).extracting(r -> r.getResponse().getStatus()).containsOnly(200);
        assertThat(results)
                .extracting(r -> r.getResponse().getContentAsString())
                .containsOnly(results.get(0).getResponse().getContentAsString());
        assertThat(cases.get(reference).contacts()).isEqualTo(2);
    }

    // ---- imports

    @Test
    void importsAFileAndNamesTheLinesThatDidNotGoIn() throws Exception {
        String file = "customer,date,amount\n" + own + ",2024-01-05,30.00\n" + own + ",soon,30.00\n";
        String id = value(
                upload("/api/imports?kind=purchases&mapping=generic", "text/csv", file)
                        .andExpect(status().isOk())
                        .andExpect(jsonPath("$.accepted").value(1))
                        .andExpect(jsonPath("$.duplicates").value(0))
                        .andExpect(jsonPath("$.rejected[0].line").value(3))
                        .andExpect(jsonPath("$.rejected[0].code").value("IMPORT-021"))
                        .andExpect(jsonPath("$.rejected[0].message")
                                .value("date is not a date that exists, written as ISO 8601.")),
                "id");
        mvc.perform(get("/api/imports/" + id).with(httpBasic("supervisor", "supervisor")))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.status").value("DONE"));
        mvc.perform(get("/api/imports").with(httpBasic("supervisor", "supervisor")))
                .andExpect(jsonPath("$.items[*].id").value(hasItem(Integer.parseInt(id))));
        upload("/api/imports?kind=purchases&mapping=generic", "text/csv", file)
                .andExpect(jsonPath("$.duplicates").value(1));
    }

    @Test
    void refusesFilesThatItCannotRead() throws Exception {
        upload("/api/imports?kind=purchases&mapping=none", "text/csv", "a,b\n")
                .andExpect(status().isUnprocessableEntity())
                .andExpect(jsonPath("$.code").value("IMPORT-002"));
        upload("/api/imports?kind=purchases&mapping=generic", "text/csv", "a,b\n")
                .andExpect(jsonPath("$.code").value("IMPORT-006"))
                .andExpect(jsonPath("$.detail").value(containsString("customer, date, amount")));
        upload("/api/imports?kind=purchases", "text/csv", "a,b\n").andExpect(status().isBadRequest());
        upload("/api/imports?kind=purchases&mapping=generic", "application/json", "{}")
                .andExpect(status().isUnsupportedMediaType());
        mvc.perform(get("/api/imports/0").with(httpBasic("supervisor", "supervisor")))
                .andExpect(status().isNotFound())
                .andExpect(jsonPath("$.code").value("IMPORT-009"));
    }

    @Test
    void answersAnImportUnderAKeyAlike() throws Exception {
        String file = "customer,date,amount\n" + own + ",2024-01-05,30.00\n";
        for (int i = 0; i < 2; i++) {
            mvc.perform(post("/api/imports?kind=purchases&mapping=generic")
                            .with(httpBasic("supervisor", "supervisor"))
                            .header("Idempotency-Key", own)
                            .contentType("text/csv")
                            .content(file))
                    .andExpect(status().isOk())
                    .andExpect(jsonPath("$.accepted").value(1));
        }
    }

    // ---- decisions and rules

    @Test
    void showsADecisionAndDecidesItAgain() throws Exception {
        RecoveryCase recovery = opened();
        desk.decide(recovery.id(), Moment.RESOLVE, Decider.RULES);
        long id = desk.file(recovery.reference()).decisions().get(3).id();
        long intake = desk.file(recovery.reference()).decisions().get(0).id();

        read("/api/decisions/" + id)
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.moment").value("resolve"))
                .andExpect(jsonPath("$.case").value(recovery.reference()))
                .andExpect(jsonPath("$.facts.failure.currency").value("USD"))
                .andExpect(jsonPath("$.outcome[0].verdict").value("GRANT"))
                .andExpect(jsonPath("$.outcome[0].because[0]").value("stub"))
                .andExpect(jsonPath("$.decidedBy").value("rules"));
        read("/api/decisions/" + intake)
                .andExpect(jsonPath("$.settings[?(@.name == 'severity')].value").value(2))
                .andExpect(content().string(containsString("\"value\":0.50")));
        send("/api/decisions/" + id + "/replay", "")
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.identical").value(true))
                .andExpect(jsonPath("$.differences").isEmpty());
        read("/api/decisions/0")
                .andExpect(status().isNotFound())
                .andExpect(jsonPath("$.code").value("DECISION-001"));
    }

    @Test
    void triesRulesWithoutKeepingAnything() throws Exception {
        String facts =
                "{'asOf':'2026-01-15T10:00:00Z','failure':{'currency':'USD','loss':{'amount':'12.50','currency':'USD'}}}";
        send("/api/rules/try?moment=resolve", facts)
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.outcome[0].amount.amount").value("12.50"))
                .andExpect(jsonPath("$.decidedBy").value("RULES"));
        send("/api/rules/try?moment=resolve", "{'failure':{}}")
                .andExpect(status().isUnprocessableEntity())
                .andExpect(jsonPath("$.code").value("FACTS-001"));
        send("/api/rules/try?moment=resolve", facts.replace("12.50", "666"))
                .andExpect(status().isUnprocessableEntity())
                .andExpect(jsonPath("$.code").value("RULES-003"));
        send("/api/rules/try?moment=resolve", facts.replace("'failure'", "'answers':{'a':1e999999999},'failure'"))
                .andExpect(status().isUnprocessableEntity());
        send("/api/rules/try?moment=resolve", "{'a':".repeat(2000) + "1" + "}".repeat(2000))
                .andExpect(status().isBadRequest());
        send("/api/rules/try?moment=nowhere", facts).andExpect(status().isNotFound());
        send("/api/rules/try?moment=UP", facts).andExpect(status().isUnprocessableEntity());
        send("/api/rules/try?moment=resolve&release=r-none", facts)
                .andExpect(status().isNotFound())
                .andExpect(jsonPath("$.code").value("RELEASE-002"));
        send("/api/rules/try", facts).andExpect(status().isBadRequest());
    }

    // ---- work

    @Test
    void claimsAndCompletesWork() throws Exception {
        long id = work(Authority.AGENT);
        String why = "$.items[?(@.id == " + id + ")].why[1].minutes";
        read("/api/worklist?case=" + worklist.get(id).caseReference())
                .andExpect(jsonPath(why).value(60));
        send("/api/worklist/" + id + "/claim", "")
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.assignee").value("agent"));
        as("agent2", "/api/worklist/" + id + "/claim", "")
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.code").value("WORK-002"));
        as("agent2", "/api/worklist/" + id + "/release", "").andExpect(status().isForbidden());
        send("/api/worklist/" + id + "/release", "")
                .andExpect(jsonPath("$.state").value("OPEN"));
        as("agent2", "/api/worklist/" + id + "/complete", "{'answers':{}}")
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.completedBy").value("agent2"));
        send("/api/worklist/" + id + "/complete", "{'answers':{}}")
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.code").value("WORK-002"));
        send("/api/worklist/" + id + "/complete", "{'answer':{}}")
                .andExpect(jsonPath("$.code").value("WEB-021"));
        send("/api/worklist/" + work(Authority.MANAGER) + "/claim", "")
                .andExpect(status().isForbidden())
                .andExpect(jsonPath("$.detail").value("This needs a manager."));
        read("/api/worklist?after=x").andExpect(status().isUnprocessableEntity());
        read("/api/worklist/0").andExpect(status().isNotFound());
    }

    @Test
    void letsOneOfTwoWin() throws Exception {
        for (String action : List.of("claim", "complete")) {
            long id = work(Authority.AGENT);
            ExecutorService threads = Executors.newFixedThreadPool(4);
            List<Future<Integer>> results = threads.invokeAll(List.of(
                    () -> outcome("agent", id, action),
                    () -> outcome("agent2", id, action),
                    () -> outcome("supervisor", id, action),
                    () -> outcome("manager", id, action)));
            threads.shutdown();
            List<Integer> statuses = new ArrayList<>();
            for (Future<Integer> result : results) {
                statuses.add(result.get());
            }
            assertThat(statuses).containsExactlyInAnyOrder(200, 409, 409, 409);
        }
    }

    // ---- releases

    @Test
    void bringsInAReleaseOnce() throws Exception {
        byte[] zip = zip(Map.of("rules/" + own + ".txt", "one\r\n", "processes/.DS_Store", "x", "processes/", ""));
        String id = value(
                upload("analyst", zip)
                        .andExpect(status().isCreated())
                        .andExpect(jsonPath("$.findings").isArray()),
                "id");
        upload("analyst", zip(Map.of("rules/" + own + ".txt", "one\n")))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.id").value(id));
        read("/api/releases/" + id).andExpect(jsonPath("$.state").value("DRAFT"));
        read("/api/releases/" + id + "/findings").andExpect(status().isOk());
        read("/api/releases?limit=1").andExpect(jsonPath("$.items.length()").value(1));
        as("analyst", "/api/releases/" + id + "/publish", "").andExpect(status().isForbidden());
        byte[] mine = zip(Map.of("rules/mine-" + own + ".txt", "x"));
        String own = value(upload("admin", mine).andExpect(status().isCreated()), "id");
        as("admin", "/api/releases/" + own + "/publish", "")
                .andExpect(status().isForbidden())
                .andExpect(jsonPath("$.code").value("RELEASE-012"));
    }

    @Test
    void publishesAReleaseAtATimeThatIsWrittenWithItsOffset() throws Exception {
        String id = value(upload("analyst", zip(Map.of("rules/later-" + own + ".txt", "x"))), "id");
        String path = "/api/releases/" + id;
        as("analyst", path + "/submit", "").andExpect(status().isOk());
        as("approver", path + "/approve", "").andExpect(status().isOk());
        as("approver", path + "/publish", "{\"reason\":\"later\",\"at\":4070908800}")
                .andExpect(jsonPath("$.code").value("WEB-022"));
        as("approver", path + "/publish", "{\"reason\":\"later\",\"at\":\"2099-01-01T00:00:00+03:00\"}")
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.state").value("APPROVED"));
    }

    @Test
    void leadsAReleaseFromDraftToLiveByTwoPeople() throws Exception {
        String before = releases.live().id();
        String id = value(upload("analyst", zip(Map.of("rules/life-" + own + ".txt", "x"))), "id");
        String path = "/api/releases/" + id;
        as("approver", path + "/publish", "{\"reason\":\"urgent\"}")
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.code").value("RELEASE-013"));
        as("approver", path + "/approve", "").andExpect(status().isConflict());
        as("analyst", path + "/submit", "{\"note\":\"a word\"}")
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.state").value("SUBMITTED"));
        as("analyst", path + "/approve", "").andExpect(status().isForbidden());
        as("approver", path + "/approve", "")
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.state").value("APPROVED"));
        as("approver", path + "/publish", "")
                .andExpect(status().isUnprocessableEntity())
                .andExpect(jsonPath("$.code").value("RELEASE-014"));
        as("approver", path + "/publish", "{\"reason\":\"nothing was decided yet\"}")
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.state").value("LIVE"));
        String again = "/api/releases/" + before + "/publish";
        as("approver", again, "").andExpect(jsonPath("$.code").value("RELEASE-015"));
        as("approver", again, "{\"reason\":\"the new one was a trial\"}")
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.state").value("LIVE"));
        read(path).andExpect(jsonPath("$.state").value("RETIRED"));
    }

    @Test
    void refusesArchivesThatWouldDoHarm() throws Exception {
        assertZipRefused("RELEASE-008", "no zip".getBytes(StandardCharsets.UTF_8));
        assertZipRefused("RELEASE-008", zip(Map.of()));
        assertZipRefused("RELEASE-010", zip(Map.of("rules/../../etc/passwd", "x")));
        assertZipRefused("RELEASE-010", zip(Map.of("/rules/a.dmn", "x")));
        assertZipRefused("RELEASE-010", zip(Map.of("rules\\a.dmn", "x")));
        assertZipRefused("RELEASE-010", zip(Map.of("src/A.java", "x")));
        assertZipRefused("RELEASE-010", zip(Map.of("rules/a\n.dmn", "x")));
        assertZipRefused("RELEASE-009", zip(Map.of("rules/bomb.txt", "0".repeat(3_000_000))));
        assertZipRefused("RELEASE-006", zip(Map.of("rules/a.txt", "a\0b")));
        assertZipRefused("RELEASE-011", zip(Map.of("rules/.hidden", "x")));
    }

    // ---- budgets and the ledger

    @Test
    void tellsWhereEverythingWent() throws Exception {
        for (int i = 0; i < 3; i++) {
            treasury.reserve(
                    new CaseId(1),
                    List.of(new Grant(
                            i + "-CREDIT",
                            new CaseId(1),
                            "R-2026-000001",
                            1,
                            "API",
                            "CREDIT",
                            Remedy.RemedyClass.GOODWILL,
                            Money.of("12.50", "USD"),
                            Authority.RULES,
                            Decider.RULES,
                            false,
                            OffsetDateTime.now())));
        }
        treasury.commit("0-CREDIT", "R-2026-000001", "CREDIT", Money.of("12.50", "USD"), "rules");

        // These rules know no currency, so there are no budgets; the books are kept all the same.
        mvc.perform(get("/api/budgets").with(httpBasic("auditor", "auditor")))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.items").isArray());
        String account = "/api/ledger?account=liability/USD&limit=2";
        String first = mvc.perform(get(account).with(httpBasic("manager", "manager")))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.items[0].kind").value("PAY"))
                .andExpect(jsonPath("$.items[0].money.amount").value("12.50"))
                .andExpect(jsonPath("$.items[0].case").value("R-2026-000001"))
                .andReturn()
                .getResponse()
                .getContentAsString();
        mvc.perform(get(account + "&after=" + JsonPath.read(first, "$.next")).with(httpBasic("manager", "manager")))
                .andExpect(jsonPath("$.items.length()").value(2))
                .andExpect(jsonPath("$.items[1].key").value("0-CREDIT"))
                .andExpect(jsonPath("$.next").isEmpty());
    }

    // ---- the door

    @ParameterizedTest
    @CsvSource({
        "auditor, POST, /api/cases, 403",
        "auditor, GET, /api/worklist, 200",
        "auditor, POST, /api/worklist/1/claim, 403",
        "analyst, GET, /api/worklist, 403",
        "analyst, GET, /api/releases, 200",
        "agent, POST, /api/imports?kind=purchases&mapping=generic, 403",
        "agent, POST, /api/releases, 403",
        "agent, GET, /api/remedies, 200",
        "agent, GET, /api/budgets, 403",
        "auditor, GET, /api/budgets, 200",
        "auditor, GET, /api/ledger?account=liability/XXX, 404",
        "auditor, GET, /api/ledger, 400",
        "approver, POST, /api/releases/r-none/publish, 404",
        "admin, GET, /api/nothing, 404",
        "admin, POST, /api/releases/r-none/approve, 404",
    })
    void letsEverybodyDoWhatIsTheirs(String who, String method, String path, int expected) throws Exception {
        MockHttpServletRequestBuilder request = method.equals("GET") ? get(path) : post(path);
        mvc.perform(request.with(httpBasic(who, who))
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{}"))
                .andExpect(status().is(expected));
    }

    @Test
    void asksWhoIsThere() throws Exception {
        mvc.perform(get("/api/cases"))
                .andExpect(status().isUnauthorized())
                .andExpect(jsonPath("$.code").value("AUTH-001"));
    }

    @Test
    void describesItself() throws Exception {
        read("/v3/api-docs")
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.paths['/api/cases'].post.summary").value("Report a failure"))
                .andExpect(jsonPath("$.paths['/api/cases'].post.parameters[0].name")
                        .value("Idempotency-Key"))
                .andExpect(jsonPath("$.paths['/api/imports'].post.requestBody.content['text/csv']")
                        .exists())
                .andExpect(
                        jsonPath("$.components.schemas.Report.properties.loss").exists())
                .andExpect(jsonPath("$.components.schemas.Case.properties.customer")
                        .exists())
                .andExpect(jsonPath("$.components.securitySchemes.basic.scheme").value("basic"));
    }

    // ---- how

    private RecoveryCase opened() throws Exception {
        return cases.get(value(
                report(
                        "{'externalRef':'%s','customer':'%s','channel':'WEB','category':'Rail','subject':'Late','loss':{'amount':'12.50','currency':'USD'}}"),
                "reference"));
    }

    private long work(Authority authority) throws Exception {
        RecoveryCase recovery = cases.get(value(
                report(
                        "{'externalRef':'" + UUID.randomUUID()
                                + "','customer':'%s','channel':'WEB','category':'c','subject':'s'}",
                        own),
                "reference"));
        OffsetDateTime due = OffsetDateTime.now(clock).plusDays(1);
        worklist.open(new NewWork(
                WorkItem.Kind.TASK,
                "Do it",
                recovery.id(),
                recovery.reference(),
                recovery.release(),
                null,
                "doIt",
                null,
                null,
                authority,
                null,
                "GENERAL",
                "STANDARD",
                "en",
                null,
                due,
                List.of(new WorkItem.Why("due", 0, List.of()), new WorkItem.Why("boost", 60, List.of("stub")))));
        return worklist.ofCase(recovery.id()).get(0).id();
    }

    private int outcome(String who, long id, String action) throws Exception {
        return as(who, "/api/worklist/" + id + "/" + action, "{}")
                .andReturn()
                .getResponse()
                .getStatus();
    }

    private ResultActions report(String body) throws Exception {
        return report(body, own, own);
    }

    private ResultActions report(String body, Object... values) throws Exception {
        return send("/api/cases", body.formatted(values));
    }

    private ResultActions send(String path, String body) throws Exception {
        return as("agent", path, body);
    }

    private ResultActions as(String who, String path, String body) throws Exception {
        return mvc.perform(post(path)
                .with(httpBasic(who, who))
                .contentType(MediaType.APPLICATION_JSON)
                .content(body.replace('\'', '"')));
    }

    private ResultActions keyed(String path, String body, String key) throws Exception {
        return mvc.perform(post(path)
                .with(httpBasic("agent", "agent"))
                .header("Idempotency-Key", key)
                .contentType(MediaType.APPLICATION_JSON)
                .content(body.replace('\'', '"')));
    }

    private ResultActions upload(String path, String type, String file) throws Exception {
        return mvc.perform(post(path)
                .with(httpBasic("supervisor", "supervisor"))
                .contentType(type)
                .content(file));
    }

    private ResultActions upload(String who, byte[] zip) throws Exception {
        return mvc.perform(post("/api/releases")
                .with(httpBasic(who, who))
                .contentType("application/zip")
                .content(zip));
    }

    private void assertZipRefused(String code, byte[] zip) throws Exception {
        upload("analyst", zip)
                .andExpect(status().isUnprocessableEntity())
                .andExpect(jsonPath("$.code").value(code));
    }

    private ResultActions read(String path) throws Exception {
        return mvc.perform(get(path).with(httpBasic("agent", "agent")));
    }

    private String value(ResultActions result, String field) throws Exception {
        return json.readTree(result.andReturn().getResponse().getContentAsString())
                .get(field)
                .asText();
    }

    private static byte[] zip(Map<String, String> files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static <T> List<T> atOnce(int times, Callable<T> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(times);
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> future : threads.invokeAll(Collections.nCopies(times, work))) {
                results.add(future.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}
