package org.jabr.web.api;

import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestBuilders.formLogin;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import org.jabr.alike.Planted;
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
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** Like cases as an auditor's program sees them, and who may see them. */
@SpringBootTest(properties = {"jabr.demo.data=false", "jabr.journal.every=PT24H", "jabr.audit.search-every=PT24H"})
@AutoConfigureMockMvc
@ActiveProfiles("demo")
@Import({StubEngines.class, Planted.class})
@OnH2
class AlikeApiTests {

    @Autowired
    MockMvc mvc;

    @Autowired
    Planted planted;

    @Test
    void answersWhatThePageShows() throws Exception {
        OffsetDateTime at = OffsetDateTime.parse("2025-03-04T10:00:00Z");
        for (int i = 0; i < 100; i++) {
            planted.decision(new Planted.Row(
                    at.plusMinutes(i), "NEW", i % 2 == 0 ? "CHAT" : "EMAIL", "en", "rules", 90, i % 2 == 0 ? 0 : 20));
        }
        mvc.perform(as("auditor", march()))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.moment").value("resolve"))
                .andExpect(jsonPath("$.from").value("2025-03-01"))
                .andExpect(jsonPath("$.basis.decisions").value(100))
                .andExpect(jsonPath("$.tests[0].suspect").value("channel"))
                .andExpect(jsonPath("$.tests[0].finding").value(true))
                .andExpect(jsonPath("$.twins[0].more.given.REFUND").value(20.0))
                .andExpect(jsonPath("$.policy.permitted[0].name").value("type"));
        mvc.perform(on("auditor", get("/alike").param("from", "2025-03-01").param("to", "2025-03-31")))
                .andExpect(status().isOk());
    }

    @Test
    void saysWhatCannotBeAsked() throws Exception {
        mvc.perform(as("auditor", get("/api/alike").param("from", "2025-03-02").param("to", "2025-03-01")))
                .andExpect(status().is4xxClientError())
                .andExpect(jsonPath("$.code").value("ALIKE-011"));
        mvc.perform(as("auditor", get("/api/alike").param("from", "yesterday").param("to", "2025-03-01")))
                .andExpect(status().isBadRequest());
    }

    @Test
    void onlyThoseWhoAuditSeeWhatPeopleDo() throws Exception {
        for (String login : List.of("agent", "supervisor", "manager", "analyst", "approver")) {
            mvc.perform(as(login, march())).andExpect(status().isForbidden());
            mvc.perform(on(login, get("/alike"))).andExpect(status().isForbidden());
        }
        mvc.perform(march()).andExpect(status().isUnauthorized());
    }

    private static MockHttpServletRequestBuilder march() {
        return get("/api/alike").param("from", "2025-03-01").param("to", "2025-03-31");
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
}
