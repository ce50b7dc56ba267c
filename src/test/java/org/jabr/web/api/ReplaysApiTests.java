package org.jabr.web.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.UUID;
import org.jabr.cases.Decisions;
import org.jabr.cases.RecoveryCase;
import org.jabr.intake.CaseIntake;
import org.jabr.intake.Submission;
import org.jabr.rules.Money;
import org.jabr.testing.OnH2;
import org.jabr.testing.StubEngines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.web.servlet.AutoConfigureMockMvc;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** Replay as another program sees it, and who may ask for it. */
@SpringBootTest(properties = "jabr.demo.data=false")
@AutoConfigureMockMvc
@ActiveProfiles("demo")
@Import(StubEngines.class)
@OnH2
class ReplaysApiTests {

    @Autowired
    MockMvc mvc;

    @Autowired
    CaseIntake intake;

    @Autowired
    Decisions decisions;

    @Autowired
    ObjectMapper json;

    @Autowired
    JdbcClient jdbc;

    @Test
    void startsARunAndShowsWhatDiffers() throws Exception {
        RecoveryCase recovery = report();
        long one = decisions.ofCase(recovery.id()).get(0).id();
        jdbc.sql("update decision set result = replace(result, 'BRONZE', 'GOLD') where id = :id")
                .param("id", one)
                .update();
        String body = send("auditor", "/api/replays", "{'since':'2020-01-01T00:00:00+03:00','moment':'intake'}")
                .andExpect(status().isAccepted())
                .andExpect(jsonPath("$.startedBy").value("auditor"))
                .andExpect(jsonPath("$.moment").value("intake"))
                .andReturn()
                .getResponse()
                .getContentAsString();
        long id = json.readTree(body).get("id").asLong();
        ended(id);
        ask("auditor", get("/api/replays/" + id))
                .andExpect(jsonPath("$.state").value("DONE"))
                .andExpect(jsonPath("$.different").value(1))
                .andExpect(jsonPath("$.failed").value(0))
                .andExpect(jsonPath("$.parts[0].release").value(recovery.release()))
                .andExpect(jsonPath("$.parts[0].engineThen").value("stub"))
                .andExpect(jsonPath("$.parts[0].engineNow").value("stub"));
        ask("auditor", get("/api/replays/" + id + "/differences"))
                .andExpect(jsonPath("$.items.length()").value(1))
                .andExpect(jsonPath("$.items[0].decision").value(one))
                .andExpect(jsonPath("$.items[0].caseReference").value(recovery.reference()))
                .andExpect(jsonPath("$.items[0].differences[0].name").value("tier"))
                .andExpect(jsonPath("$.items[0].differences[0].was.value").value("GOLD"))
                .andExpect(jsonPath("$.items[0].differences[0].is.value").value("BRONZE"));
        ask("analyst", get("/api/replays").param("limit", "1"))
                .andExpect(jsonPath("$.items.length()").value(1))
                .andExpect(jsonPath("$.items[0].id").isNumber());
        jdbc.sql("update decision set result = replace(result, 'GOLD', 'BRONZE') where id = :id")
                .param("id", one)
                .update();
    }

    @Test
    void refusesWhatItCannotRead() throws Exception {
        ask("auditor", get("/api/replays/999999"))
                .andExpect(status().isNotFound())
                .andExpect(jsonPath("$.code").value("REPLAY-001"));
        send("auditor", "/api/replays", "{'since':'yesterday'}")
                .andExpect(status().isUnprocessableEntity())
                .andExpect(jsonPath("$.code").value("WEB-022"));
        send("auditor", "/api/replays", "{'since':5}")
                .andExpect(status().isUnprocessableEntity())
                .andExpect(jsonPath("$.code").value("WEB-022"));
        send("auditor", "/api/replays", "{'since':'-90000-01-01T00:00:00Z'}")
                .andExpect(status().isUnprocessableEntity())
                .andExpect(jsonPath("$.code").value("REPLAY-005"));
        send("auditor", "/api/replays", "{'moment':'Not a moment'}")
                .andExpect(status().isUnprocessableEntity())
                .andExpect(jsonPath("$.code").value("RULES-001"));
        send("auditor", "/api/replays", "{'until':'2020-01-01T00:00:00Z'}")
                .andExpect(status().isUnprocessableEntity())
                .andExpect(jsonPath("$.code").value("WEB-021"));
    }

    @Test
    void startsOnceUnderAKeyAndCallsOff() throws Exception {
        String key = UUID.randomUUID().toString();
        String first = once(key).andReturn().getResponse().getHeader("Location");
        once(key).andExpect(header().string("Location", String.valueOf(first)));
        send("approver", first + "/cancel", "").andExpect(status().isOk());
        ask("approver", get(String.valueOf(first)))
                .andExpect(jsonPath("$.state").isString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"analyst", "approver", "auditor", "admin"})
    void letsThoseRunItWhoMayReadBacktests(String login) throws Exception {
        ask(login, get("/api/replays")).andExpect(status().isOk());
        send(login, "/api/replays", "").andExpect(status().isAccepted());
    }

    @ParameterizedTest
    @ValueSource(strings = {"agent", "supervisor", "manager"})
    void letsNobodyElse(String login) throws Exception {
        ask(login, get("/api/replays")).andExpect(status().isForbidden());
        ask(login, get("/api/replays/1")).andExpect(status().isForbidden());
        ask(login, get("/api/replays/1/differences")).andExpect(status().isForbidden());
        send(login, "/api/replays", "{}").andExpect(status().isForbidden());
        send(login, "/api/replays/1/cancel", "").andExpect(status().isForbidden());
    }

    @Test
    void asksAnotherReleaseAboutOneDecisionAndChangesNothing() throws Exception {
        RecoveryCase recovery = report();
        long one = decisions.ofCase(recovery.id()).get(0).id();
        long before = count();
        jdbc.sql("update decision set result = replace(result, 'BRONZE', 'GOLD') where id = :id")
                .param("id", one)
                .update();
        ask("agent", post("/api/decisions/" + one + "/replay").param("release", recovery.release()))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.decision").value(one))
                .andExpect(jsonPath("$.under").value(recovery.release()))
                .andExpect(jsonPath("$.identical").value(false))
                .andExpect(jsonPath("$.differences[0].name").value("tier"))
                .andExpect(jsonPath("$.places[0].path").value("settings[3].value"))
                .andExpect(jsonPath("$.answer.settings[3].value").value("BRONZE"));
        ask("agent", post("/api/decisions/" + one + "/replay"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.identical").value(false))
                .andExpect(jsonPath("$.engineNow").value("stub"));
        ask("agent", post("/api/decisions/" + one + "/replay").param("release", "r-none"))
                .andExpect(status().isNotFound())
                .andExpect(jsonPath("$.code").value("RELEASE-002"));
        jdbc.sql("update decision set facts_text = 't:{}' where id = :id")
                .param("id", one)
                .update();
        ask("agent", post("/api/decisions/" + one + "/replay").param("release", recovery.release()))
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.code").value("REPLAY-002"));
        jdbc.sql("update decision set facts_text = 't:{' where id = :id")
                .param("id", one)
                .update();
        ask("agent", get("/api/decisions/" + one))
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.code").value("DECISION-002"));
        assertThat(count()).isEqualTo(before);
        jdbc.sql("delete from decision where id = :id").param("id", one).update();
    }

    private long count() {
        return jdbc.sql("select (select count(*) from decision) + (select count(*) from journal_entry)")
                .query(Long.class)
                .single();
    }

    private void ended(long id) throws Exception {
        for (int i = 0; i < 600; i++) {
            JsonNode run = json.readTree(ask("auditor", get("/api/replays/" + id))
                    .andReturn()
                    .getResponse()
                    .getContentAsString());
            if (!run.get("state").asText().equals("RUNNING")) {
                return;
            }
            Thread.sleep(50);
        }
        throw new AssertionError("the replay does not end");
    }

    private ResultActions once(String key) throws Exception {
        return ask(
                        "approver",
                        post("/api/replays")
                                .header("Idempotency-Key", key)
                                .contentType(MediaType.APPLICATION_JSON)
                                .content("{\"moment\":\"route\"}"))
                .andExpect(status().isAccepted());
    }

    private ResultActions send(String login, String path, String body) throws Exception {
        return ask(login, post(path).contentType(MediaType.APPLICATION_JSON).content(body.replace('\'', '"')));
    }

    private ResultActions ask(String login, MockHttpServletRequestBuilder request) throws Exception {
        return mvc.perform(request.with(httpBasic(login, login)));
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
                                null,
                                Money.of("12.00", "USD"),
                                null,
                                null,
                                null,
                                "en",
                                Map.of(),
                                Map.of()),
                        "agent")
                .recovery();
    }
}
