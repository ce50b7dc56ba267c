package org.jabr.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.web.servlet.AutoConfigureMockMvc;
import org.springframework.boot.test.autoconfigure.web.servlet.MockMvcPrint;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.MockMvc;

@ExtendWith(OutputCaptureExtension.class)
@SpringBootTest(classes = HouseWithoutRooms.class)
@AutoConfigureMockMvc(print = MockMvcPrint.NONE)
@TestPropertySource(properties = "spring.datasource.url=jdbc:h2:mem:first;DEFAULT_NULL_ORDERING=HIGH")
class FirstSignInTests {

    @Autowired
    private MockMvc mvc;

    @Test
    void opensNothingButThePasswordPageUntilTheOneTimePasswordIsChanged(CapturedOutput output) throws Exception {
        Matcher printed = Pattern.compile("One-time password: (\\S+)").matcher(output.getAll());
        assertThat(printed.find()).isTrue();
        String oneTime = printed.group(1);
        mvc.perform(get("/sign-in")).andExpect(content().string(not(containsString("data-fill-login"))));
        mvc.perform(get("/api/nowhere").with(httpBasic("admin", "admin"))).andExpect(status().isUnauthorized());

        MockHttpSession session = (MockHttpSession) Objects.requireNonNull(mvc.perform(
                        post("/sign-in").with(csrf()).param("login", "admin").param("password", oneTime))
                .andExpect(redirectedUrl("/"))
                .andReturn()
                .getRequest()
                .getSession());
        mvc.perform(get("/").session(session)).andExpect(redirectedUrl("/password"));
        mvc.perform(get("/worklist").session(session).header("Accept", "text/html"))
                .andExpect(status().is(not(200)));
        mvc.perform(get("/api/cases").with(httpBasic("admin", oneTime)))
                .andExpect(status().isForbidden())
                .andExpect(jsonPath("$.code").value("AUTH-003"));

        mvc.perform(change(session, oneTime, "short", "short")).andExpect(status().isUnprocessableEntity());
        mvc.perform(change(session, "wrong", "a password of my own", "a password of my own"))
                .andExpect(status().isUnprocessableEntity());
        mvc.perform(change(session, oneTime, "a password of my own", "another password of mine"))
                .andExpect(status().isUnprocessableEntity());
        mvc.perform(change(session, oneTime, oneTime, oneTime)).andExpect(status().isUnprocessableEntity());
        mvc.perform(change(session, oneTime, "a password of my own", "a password of my own"))
                .andExpect(redirectedUrl("/"));

        mvc.perform(get("/password").session(session)).andExpect(status().isOk());
        mvc.perform(get("/actuator/info").with(httpBasic("admin", oneTime))).andExpect(status().isUnauthorized());
        mvc.perform(get("/actuator/info").with(httpBasic("admin", "a password of my own")))
                .andExpect(status().isOk());
    }

    private static org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder change(
            MockHttpSession session, String current, String chosen, String again) {
        return post("/password")
                .session(session)
                .with(csrf())
                .param("current", current)
                .param("chosen", chosen)
                .param("again", again);
    }
}
