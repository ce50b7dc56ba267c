package org.jabr.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.cookie;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import jakarta.servlet.http.HttpSession;
import java.util.Objects;
import org.jabr.rules.Money;
import org.jabr.rules.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.web.servlet.AutoConfigureMockMvc;
import org.springframework.boot.test.autoconfigure.web.servlet.MockMvcPrint;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.stereotype.Controller;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.MvcResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

@SpringBootTest(classes = HouseWithoutRooms.class)
@AutoConfigureMockMvc(print = MockMvcPrint.NONE)
@ActiveProfiles("demo")
@Import(DoorTests.Desk.class)
@TestPropertySource(properties = "spring.datasource.url=jdbc:h2:mem:door;DEFAULT_NULL_ORDERING=HIGH")
class DoorTests {

    private static final String PROBLEM = MediaType.APPLICATION_PROBLEM_JSON_VALUE;

    @Autowired
    private MockMvc mvc;

    // ---- programs

    @Test
    void asksProgramsForLoginAndPasswordInTheirLanguage() throws Exception {
        mvc.perform(get("/api/cases/R-1"))
                .andExpect(status().isUnauthorized())
                .andExpect(header().string(HttpHeaders.WWW_AUTHENTICATE, containsString("Basic")))
                .andExpect(header().doesNotExist(HttpHeaders.SET_COOKIE))
                .andExpect(content().contentTypeCompatibleWith(PROBLEM))
                .andExpect(jsonPath("$.code").value("AUTH-001"))
                .andExpect(jsonPath("$.status").value(401))
                .andExpect(jsonPath("$.instance").value("/api/cases/R-1"))
                .andExpect(jsonPath("$.detail").value("Login and password are missing or do not belong together."));
        mvc.perform(get("/api/cases/R-1").header("Accept-Language", "ar-SA,ar;q=0.9,en;q=0.5"))
                .andExpect(jsonPath("$.detail").value("اسم الدخول وكلمة المرور مفقودان أو غير متطابقين."));
    }

    @ParameterizedTest
    @CsvSource({"agent, wrong", "nobody, nobody", "Agent, Agent", "agent, ''"})
    void refusesWrongPasswords(String login, String password) throws Exception {
        mvc.perform(get("/api/cases/R-1").with(httpBasic(login, password)))
                .andExpect(status().isUnauthorized())
                .andExpect(jsonPath("$.code").value("AUTH-001"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"analyst", "approver", "agent", "agent2", "supervisor", "manager", "auditor", "admin"})
    void letsEveryDemoAccountInWithItsNameAsPassword(String login) throws Exception {
        mvc.perform(get("/api/cases/R-1").with(httpBasic(login, login)))
                .andExpect(status().isOk())
                .andExpect(header().doesNotExist(HttpHeaders.SET_COOKIE))
                .andExpect(content().string(login));
    }

    @ParameterizedTest
    @CsvSource({
        "auditor, /api/cases, 403",
        "analyst, /api/cases, 403",
        "agent, /api/cases, 200",
        "admin, /api/cases, 200",
        "agent, /api/imports, 403",
        "supervisor, /api/imports, 404",
        "admin, /api/imports, 404",
        "analyst, /api/releases/r/publish, 403",
        "approver, /api/releases/r/publish, 404",
    })
    void letsOnlyTheRolesOfAnAddressIn(String login, String path, int expected) throws Exception {
        mvc.perform(post(path)
                        .with(httpBasic(login, login))
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{}"))
                .andExpect(status().is(expected));
    }

    @Test
    void keepsWhatNobodyNamedForAdministrators() throws Exception {
        mvc.perform(get("/api/unnamed").with(httpBasic("manager", "manager")))
                .andExpect(status().isForbidden())
                .andExpect(jsonPath("$.code").value("AUTH-002"));
        mvc.perform(get("/api/unnamed").with(httpBasic("admin", "admin"))).andExpect(status().isOk());
    }

    @Test
    void doesNotLetASessionOfThePagesCallTheApi() throws Exception {
        MockHttpSession session = signedIn("admin");
        mvc.perform(get("/api/cases/R-1").session(session)).andExpect(status().isUnauthorized());
    }

    @Test
    void showsHealthToEverybodyAndTheRestOfOperationsToAdministrators() throws Exception {
        mvc.perform(get("/actuator/health/liveness")).andExpect(status().isOk());
        mvc.perform(get("/actuator/info")).andExpect(status().isUnauthorized());
        mvc.perform(get("/actuator/info").with(httpBasic("manager", "manager"))).andExpect(status().isForbidden());
        mvc.perform(get("/actuator/info").with(httpBasic("admin", "admin"))).andExpect(status().isOk());
    }

    // ---- refusals in the shape of their caller

    @Test
    void putsAProblemIntoTheCallersWords() throws Exception {
        mvc.perform(get("/api/cases/problem").with(httpBasic("agent", "agent")))
                .andExpect(status().isConflict())
                .andExpect(content().contentTypeCompatibleWith(PROBLEM))
                .andExpect(jsonPath("$.code").value("DESK-099"))
                .andExpect(jsonPath("$.title").value("Somebody was faster"))
                .andExpect(jsonPath("$.detail").value(containsString("DESK-099")))
                .andExpect(jsonPath("$.trace").doesNotExist());
    }

    @Test
    void answersWhatItCannotReadWithACode() throws Exception {
        mvc.perform(post("/api/cases")
                        .with(httpBasic("agent", "agent"))
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"loss\":"))
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.code").value("WEB-001"));
        mvc.perform(get("/api/cases/number?n=seven").with(httpBasic("agent", "agent")))
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.code").value("WEB-002"))
                .andExpect(jsonPath("$.detail").value("The value of n has the wrong type."));
        mvc.perform(get("/api/cases/number").with(httpBasic("agent", "agent")))
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.code").value("WEB-003"))
                .andExpect(jsonPath("$.detail").value("n is missing."));
        mvc.perform(get("/api/nowhere").with(httpBasic("agent", "agent")))
                .andExpect(status().isNotFound())
                .andExpect(jsonPath("$.code").value("WEB-004"));
        mvc.perform(post("/api/cases/number").with(httpBasic("agent", "agent")))
                .andExpect(status().isMethodNotAllowed())
                .andExpect(header().string(HttpHeaders.ALLOW, containsString("GET")))
                .andExpect(jsonPath("$.code").value("WEB-005"));
        mvc.perform(post("/api/cases")
                        .with(httpBasic("agent", "agent"))
                        .contentType("application/yaml")
                        .content("a: 1"))
                .andExpect(status().isUnsupportedMediaType())
                .andExpect(jsonPath("$.code").value("WEB-006"));
    }

    @Test
    void saysNothingOfItsInsidesWhenItBreaks() throws Exception {
        mvc.perform(get("/api/cases/broken").with(httpBasic("agent", "agent")))
                .andExpect(status().isInternalServerError())
                .andExpect(jsonPath("$.code").value("WEB-011"))
                .andExpect(content().string(not(containsString("secret"))));
    }

    @Test
    void showsProblemsToPeopleAsAPageOrAsAPartOfOne() throws Exception {
        MockHttpSession session = signedIn("agent");
        mvc.perform(get("/cases/problem?lang=ar").session(session))
                .andExpect(status().isConflict())
                .andExpect(content().string(containsString("dir=\"rtl\"")))
                .andExpect(content().string(containsString("سبقك غيرك")));
        mvc.perform(get("/cases/problem").session(session).header("HX-Request", "true"))
                .andExpect(status().isConflict())
                .andExpect(content().string(containsString("DESK-099")))
                .andExpect(content().string(not(containsString("<html"))));
        mvc.perform(get("/cases/nowhere/at/all").session(session)).andExpect(status().isNotFound());
    }

    // ---- people

    @Test
    void sendsPeopleToTheSignInPageAndPartsOfPagesToo() throws Exception {
        mvc.perform(get("/cases/R-1").accept(MediaType.TEXT_HTML))
                .andExpect(status().isFound())
                .andExpect(redirectedUrl("/sign-in"));
        mvc.perform(get("/cases/R-1").header("HX-Request", "true"))
                .andExpect(status().isUnauthorized())
                .andExpect(header().string("HX-Redirect", "/sign-in"));
    }

    @Test
    void goesOnWhereTheReaderWantedToGoAndNowhereElse() throws Exception {
        MvcResult asked =
                mvc.perform(get("/cases/R-1").accept(MediaType.TEXT_HTML)).andReturn();
        MockHttpSession session =
                (MockHttpSession) Objects.requireNonNull(asked.getRequest().getSession());
        String before = session.getId();
        MvcResult done = mvc.perform(post("/sign-in")
                        .session(session)
                        .with(csrf())
                        .param("login", "agent")
                        .param("password", "agent")
                        .param("continue", "https://elsewhere.example"))
                .andExpect(status().isFound())
                .andReturn();
        assertThat(done.getResponse().getRedirectedUrl()).startsWith("http://localhost/cases/R-1");
        assertThat(session.getId()).isNotEqualTo(before);
    }

    @Test
    void refusesAChangeWithoutTheToken() throws Exception {
        MockHttpSession session = signedIn("agent");
        mvc.perform(post("/cases/R-1").session(session)).andExpect(status().isForbidden());
        mvc.perform(post("/cases/R-1").session(session).with(csrf())).andExpect(status().isOk());
        mvc.perform(post("/cases/R-1").session(signedIn("auditor")).with(csrf()))
                .andExpect(status().isForbidden());
    }

    @Test
    void tellsBrowsersWhereScriptsMayComeFrom() throws Exception {
        String policy = mvc.perform(get("/sign-in"))
                .andExpect(status().isOk())
                .andExpect(header().string("X-Content-Type-Options", "nosniff"))
                .andExpect(header().string("Referrer-Policy", "same-origin"))
                .andReturn()
                .getResponse()
                .getHeader("Content-Security-Policy");
        assertThat(policy)
                .startsWith("default-src 'none'; script-src 'self'; style-src 'self' 'nonce-")
                .contains("form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'")
                .doesNotContain("unsafe");
    }

    @Test
    void showsTheDemosPeopleInBothLanguagesAndRemembersTheSwitch() throws Exception {
        mvc.perform(get("/sign-in"))
                .andExpect(content().string(containsString("lang=\"en\"")))
                .andExpect(content().string(containsString("Maya Cole")));
        mvc.perform(get("/sign-in").header("Accept-Language", "ar"))
                .andExpect(content().string(containsString("lang=\"ar\"")));
        mvc.perform(get("/sign-in?lang=ar"))
                .andExpect(cookie().value("lang", "ar"))
                .andExpect(cookie().httpOnly("lang", true))
                .andExpect(content().string(containsString("dir=\"rtl\"")))
                .andExpect(content().string(containsString("مايا كول")));
        mvc.perform(get("/sign-in").cookie(new jakarta.servlet.http.Cookie("lang", "ar")))
                .andExpect(content().string(containsString("lang=\"ar\"")));
        mvc.perform(get("/sign-in?lang=xx'\"><script>").header("Accept-Language", "fr"))
                .andExpect(cookie().doesNotExist("lang"))
                .andExpect(content().string(containsString("lang=\"en\"")))
                .andExpect(content().string(not(containsString("'\"><script>"))));
    }

    @Test
    void letsCustomersReachTheirPageWithoutSigningIn() throws Exception {
        mvc.perform(get("/c/link"))
                .andExpect(status().isOk())
                .andExpect(content().string("customer"));
        mvc.perform(post("/c/link")).andExpect(status().isForbidden());
        mvc.perform(post("/c/link").with(csrf())).andExpect(status().isOk());
    }

    @Test
    void signsOut() throws Exception {
        MockHttpSession session = signedIn("agent");
        mvc.perform(post("/sign-out").session(session).with(csrf())).andExpect(redirectedUrl("/sign-in?signed-out"));
        assertThat(session.isInvalid()).isTrue();
    }

    private MockHttpSession signedIn(String login) throws Exception {
        HttpSession session = mvc.perform(
                        post("/sign-in").with(csrf()).param("login", login).param("password", login))
                .andExpect(redirectedUrl("/"))
                .andReturn()
                .getRequest()
                .getSession();
        return (MockHttpSession) Objects.requireNonNull(session);
    }

    /** Stands in for the rooms behind the door. */
    @Controller
    static class Desk {

        record Body(Money loss) {}

        @GetMapping({"/api/cases/R-1", "/api/unnamed"})
        @ResponseBody
        String who(java.security.Principal who) {
            return who.getName();
        }

        @PostMapping("/api/cases")
        @ResponseBody
        String report(@RequestBody Body body) {
            return "reported";
        }

        @GetMapping("/api/cases/number")
        @ResponseBody
        String number(@RequestParam int n) {
            return "" + n;
        }

        @GetMapping({"/api/cases/problem", "/cases/problem"})
        @ResponseBody
        String problem() {
            throw new Problem(Problem.Kind.CONFLICT, "DESK-099", "R-1");
        }

        @GetMapping("/api/cases/broken")
        @ResponseBody
        String broken() {
            throw new IllegalStateException("a secret of the house");
        }

        @GetMapping("/cases/{id}")
        @ResponseBody
        String page(@PathVariable String id) {
            return id;
        }

        @PostMapping("/cases/{id}")
        @ResponseBody
        String change(@PathVariable String id) {
            return id;
        }

        @GetMapping("/c/link")
        @ResponseBody
        String customer() {
            return "customer";
        }

        @PostMapping("/c/link")
        @ResponseBody
        String answer() {
            return "answered";
        }
    }
}
