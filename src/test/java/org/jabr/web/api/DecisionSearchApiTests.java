package org.jabr.web.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestBuilders.formLogin;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.asyncDispatch;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jabr.audit.SearchLook;
import org.jabr.cases.RecoveryCase;
import org.jabr.intake.CaseIntake;
import org.jabr.intake.Submission;
import org.jabr.journal.Journal;
import org.jabr.journal.SealLook;
import org.jabr.rules.Money;
import org.jabr.testing.OnH2;
import org.jabr.testing.StubEngines;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.web.servlet.AutoConfigureMockMvc;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.MvcResult;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** Decisions and samples as an auditor's program sees them, and who may see them. */
@SpringBootTest(properties = {"jabr.demo.data=false", "jabr.journal.every=PT24H", "jabr.audit.search-every=PT24H"})
@AutoConfigureMockMvc
@ActiveProfiles("demo")
@Import({StubEngines.class, SealLook.class, SearchLook.class})
@OnH2
class DecisionSearchApiTests {

    @Autowired
    MockMvc mvc;

    @Autowired
    CaseIntake intake;

    @Autowired
    Journal journal;

    @Autowired
    SealLook seal;

    @Autowired
    SearchLook search;

    @Autowired
    ObjectMapper json;

    @Test
    void findsAndCountsDecisionsPageByPage() throws Exception {
        RecoveryCase recovery = report();
        JsonNode first =
                read(get("/api/decisions").param("case", recovery.reference()).param("limit", "1"));
        assertThat(first.path("items")).hasSize(1);
        List<String> moments = new ArrayList<>();
        JsonNode page = first;
        while (true) {
            page.path("items").forEach(one -> {
                assertThat(one.path("case").asText()).isEqualTo(recovery.reference());
                moments.add(one.path("moment").asText());
            });
            String next = page.path("next").asText("");
            if (next.isEmpty()) {
                break;
            }
            page = read(get("/api/decisions")
                    .param("case", recovery.reference())
                    .param("limit", "1")
                    .param("after", next));
        }
        assertThat(moments).doesNotHaveDuplicates().contains("intake", "route");

        JsonNode counts = read(get("/api/decisions/counts").param("case", recovery.reference()));
        assertThat(counts.path("decisions").asInt()).isEqualTo(moments.size());
        assertThat(counts.path("cases").asInt()).isEqualTo(1);
        assertThat(counts.path("shares").path("moment").path("intake").asInt()).isEqualTo(1);
    }

    @Test
    void saysWhatIsWrongWithAWordInTheReadersLanguage() throws Exception {
        mvc.perform(as("auditor", get("/api/decisions").param("verdict", "MAYBE")))
                .andExpect(status().isUnprocessableEntity())
                .andExpect(jsonPath("$.code").value("SEARCH-001"));
        mvc.perform(as("auditor", get("/api/decisions/counts").param("least", "5"))
                        .header("Accept-Language", "ar"))
                .andExpect(status().isUnprocessableEntity())
                .andExpect(jsonPath("$.code").value("SEARCH-002"))
                .andExpect(jsonPath("$.detail").value(org.hamcrest.Matchers.containsString("عملة")));
    }

    @Test
    void whoTakesDecisionsAwayIsWrittenDown() throws Exception {
        RecoveryCase recovery = report();
        MvcResult begun = mvc.perform(on("manager", get("/decisions/export").param("case", recovery.reference())))
                .andReturn();
        String table = mvc.perform(asyncDispatch(begun))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString(StandardCharsets.UTF_8);
        assertThat(table.lines().skip(1))
                .isNotEmpty()
                .allMatch(line -> line.contains("," + recovery.reference() + ","));
        assertThat(journal.newest("decisions.exported", null, null, 10)).anySatisfy(entry -> {
            assertThat(entry.by()).isEqualTo("manager");
            assertThat(entry.content()).contains(recovery.reference());
        });
    }

    @Test
    void auditorsDrawAndJudgeAndOthersDoNot() throws Exception {
        report();
        for (String login : List.of("agent", "manager", "supervisor", "analyst")) {
            mvc.perform(on(login, get("/samples"))).andExpect(status().isForbidden());
            mvc.perform(as(login, get("/api/samples"))).andExpect(status().isForbidden());
            mvc.perform(on(login, post("/samples").with(csrf()))).andExpect(status().isForbidden());
            mvc.perform(on(login, post("/observations/1/close").with(csrf()))).andExpect(status().isForbidden());
        }
        mvc.perform(on("agent", get("/decisions"))).andExpect(status().isForbidden());
        mvc.perform(as("agent", get("/api/decisions"))).andExpect(status().isForbidden());
        mvc.perform(on("agent", get("/observations"))).andExpect(status().isForbidden());
        mvc.perform(on("analyst", get("/observations"))).andExpect(status().isForbidden());
        mvc.perform(on("analyst", get("/decisions"))).andExpect(status().isOk());
        mvc.perform(on("supervisor", get("/observations"))).andExpect(status().isOk());
        mvc.perform(on("auditor", post("/observations/1/answer").with(csrf()))).andExpect(status().isForbidden());

        MvcResult drawn = mvc.perform(on("auditor", post("/samples").with(csrf()))
                        .param("name", "March")
                        .param("plan", "quick")
                        .param("seed", "s")
                        .param("assignees", "auditor")
                        .param("moment", "intake"))
                .andExpect(status().is3xxRedirection())
                .andReturn();
        String page = String.valueOf(drawn.getResponse().getRedirectedUrl());
        assertThat(page).matches("/samples/\\d+");
        JsonNode sample = read(get("/api" + page));
        assertThat(sample.path("seed").asText()).isEqualTo("s");
        assertThat(sample.path("filter").path("moment").asText()).isEqualTo("intake");
        assertThat(sample.path("items")).hasSize(sample.path("size").asInt());
        assertThat(read(get("/api/samples")).path("items").get(0).path("name").asText())
                .isEqualTo("March");
    }

    private JsonNode read(MockHttpServletRequestBuilder request) throws Exception {
        return json.readTree(mvc.perform(as("auditor", request))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString(StandardCharsets.UTF_8));
    }

    /** Somebody who signed in on a page. */
    private MockHttpServletRequestBuilder on(String login, MockHttpServletRequestBuilder request) throws Exception {
        MockHttpSession session = (MockHttpSession) mvc.perform(
                        formLogin("/sign-in").userParameter("login").user(login).password(login))
                .andReturn()
                .getRequest()
                .getSession();
        return request.session(Objects.requireNonNull(session));
    }

    private static MockHttpServletRequestBuilder as(String login, MockHttpServletRequestBuilder request) {
        return request.with(httpBasic(login, login));
    }

    private RecoveryCase report() {
        RecoveryCase recovery = intake.receive(
                        new Submission(
                                null,
                                UUID.randomUUID().toString(),
                                "EMAIL",
                                "Delivery",
                                "Late",
                                "Late",
                                Money.of("12.00", "USD"),
                                null,
                                null,
                                null,
                                "en",
                                Map.of(),
                                Map.of()),
                        "agent")
                .recovery();
        seal.now();
        search.now();
        return recovery;
    }
}
