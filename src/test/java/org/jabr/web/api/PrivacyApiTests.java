package org.jabr.web.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.jayway.jsonpath.JsonPath;
import java.util.Map;
import java.util.UUID;
import org.jabr.cases.RecoveryCase;
import org.jabr.customers.Customers;
import org.jabr.intake.CaseIntake;
import org.jabr.intake.Submission;
import org.jabr.rules.Money;
import org.jabr.testing.OnH2;
import org.jabr.testing.StubEngines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.web.servlet.AutoConfigureMockMvc;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;

/** Erasures and holds as another program sees them, and who may. */
@SpringBootTest(properties = "jabr.demo.data=false")
@AutoConfigureMockMvc
@ActiveProfiles("demo")
@Import(StubEngines.class)
@OnH2
class PrivacyApiTests {

    @Autowired
    MockMvc mvc;

    @Autowired
    CaseIntake intake;

    @Autowired
    Customers customers;

    @Autowired
    JdbcClient jdbc;

    @ParameterizedTest
    @CsvSource({
        "GET,  /api/privacy/erasures,          supervisor manager auditor, agent analyst approver",
        "GET,  /api/privacy/holds,             supervisor manager auditor, agent analyst approver",
        "GET,  /api/privacy/retention,         supervisor manager auditor, agent analyst approver",
        "POST, /api/privacy/erasures,          supervisor manager,         agent analyst approver auditor",
        "POST, /api/privacy/erasures/9/erase,  manager,                    agent analyst approver auditor supervisor",
        "POST, /api/privacy/erasures/9/refuse, manager,                    agent analyst approver auditor supervisor",
        "POST, /api/privacy/holds,             manager,                    agent analyst approver auditor supervisor",
        "POST, /api/privacy/holds/9/lift,      manager,                    agent analyst approver auditor supervisor"
    })
    void isForThoseWhoLeadAndReadByThoseWhoAudit(String method, String path, String may, String mayNot)
            throws Exception {
        for (String login : mayNot.split(" ")) {
            (method.equals("GET") ? read(login, path) : send(login, path, "{}")).andExpect(status().isForbidden());
        }
        for (String login : may.split(" ")) {
            int answer = (method.equals("GET") ? read(login, path) : send(login, path, "{}"))
                    .andReturn()
                    .getResponse()
                    .getStatus();
            assertThat(answer).as(login).isIn(200, 404, 409, 422);
        }
    }

    @Test
    void erasesByFourEyesOnceNothingIsUnderWay() throws Exception {
        RecoveryCase recovery = report();
        String ref = customers.get(recovery.customerId()).externalRef();
        send("supervisor", "/api/privacy/erasures", "{'customer':'" + ref + "','ground':'whim'}")
                .andExpect(status().isUnprocessableEntity())
                .andExpect(jsonPath("$.code").value("PRIVACY-002"));
        send("supervisor", "/api/privacy/erasures", "{'customer':'nobody','ground':'asked'}")
                .andExpect(status().isUnprocessableEntity())
                .andExpect(jsonPath("$.code").value("PRIVACY-001"));
        String made = send("manager", "/api/privacy/erasures", "{'customer':'" + ref + "','ground':'asked'}")
                .andExpect(status().isCreated())
                .andExpect(header().exists("Location"))
                .andExpect(jsonPath("$.state").value("ASKED"))
                .andExpect(jsonPath("$.obstacles[0].kind").value("OPEN_CASE"))
                .andExpect(jsonPath("$.obstacles[0].about").value(recovery.reference()))
                .andReturn()
                .getResponse()
                .getContentAsString();
        String own = "/api/privacy/erasures/" + JsonPath.<Integer>read(made, "$.id");
        send("manager", own + "/erase", "")
                .andExpect(status().isForbidden())
                .andExpect(jsonPath("$.code").value("PRIVACY-006"));
        send("admin", own + "/erase", "")
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.code").value("PRIVACY-008"));
        jdbc.sql("update recovery_case set stage = 'CLOSED', closed_at = received_at where id = :id")
                .param("id", recovery.id().value())
                .update();
        jdbc.sql("update effect set state = 'CONFIRMED' where case_id = :id")
                .param("id", recovery.id().value())
                .update();
        send("admin", own + "/erase", "")
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.state").value("DONE"))
                .andExpect(jsonPath("$.customer").value("erased-" + recovery.customerId()));
        read("auditor", "/api/privacy/erasures?state=DONE&limit=1")
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.items[0].decidedBy").value("admin"));
        read("agent", "/api/cases/" + recovery.reference())
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.description").value(""));
    }

    @Test
    void holdsAndLifts() throws Exception {
        String ref = customers.get(report().customerId()).externalRef();
        send("manager", "/api/privacy/holds", "{'customer':'" + ref + "','ground':'court','until':'2020-01-01'}")
                .andExpect(status().isUnprocessableEntity())
                .andExpect(jsonPath("$.code").value("PRIVACY-009"));
        String made = send("manager", "/api/privacy/holds", "{'customer':'" + ref + "','ground':'court'}")
                .andExpect(status().isCreated())
                .andExpect(jsonPath("$.holds").value(true))
                .andReturn()
                .getResponse()
                .getContentAsString();
        String own = "/api/privacy/holds/" + JsonPath.<Integer>read(made, "$.id");
        send("manager", own + "/lift", "")
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.holds").value(false))
                .andExpect(jsonPath("$.liftedBy").value("manager"));
        send("manager", own + "/lift", "").andExpect(status().isConflict());
        read("auditor", "/api/privacy/retention")
                .andExpect(status().isOk())
                .andExpect(jsonPath("$[0].kept").value("case"))
                .andExpect(jsonPath("$[1].country").value("DE"));
    }

    private RecoveryCase report() {
        String own = UUID.randomUUID().toString();
        return intake.receive(
                        new Submission(
                                own,
                                own,
                                "EMAIL",
                                "Rail",
                                "Late",
                                "I waited",
                                Money.of("10.00", "USD"),
                                null,
                                null,
                                null,
                                "en",
                                Map.of(),
                                Map.of()),
                        "agent")
                .recovery();
    }

    private ResultActions read(String login, String path) throws Exception {
        return mvc.perform(get(path).with(httpBasic(login, login)));
    }

    private ResultActions send(String login, String path, String body) throws Exception {
        return mvc.perform(post(path)
                .contentType(MediaType.APPLICATION_JSON)
                .content(body.replace('\'', '"'))
                .with(httpBasic(login, login)));
    }
}
