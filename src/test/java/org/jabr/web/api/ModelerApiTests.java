package org.jabr.web.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.startsWith;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jabr.releases.Draft;
import org.jabr.releases.Drafts;
import org.jabr.releases.Releases;
import org.jabr.testing.OnH2;
import org.jabr.testing.StubEngines;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.web.servlet.AutoConfigureMockMvc;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.request.MockMultipartHttpServletRequestBuilder;

/** What the deploy button of Camunda Modeler sends, and what it understands. */
@SpringBootTest(properties = "jabr.demo.data=false")
@AutoConfigureMockMvc
@ActiveProfiles("demo")
@Import(StubEngines.class)
@OnH2
class ModelerApiTests {

    private static final Path DIAGRAM = Path.of("processes/service-recovery.bpmn");

    @Autowired
    MockMvc mvc;

    @Autowired
    ObjectMapper json;

    @Autowired
    Drafts drafts;

    @Autowired
    Releases releases;

    @Test
    void tellsTheModelerWhoItTalksTo() throws Exception {
        mvc.perform(get("/engine-rest/version").with(httpBasic("analyst", "analyst")))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.version").value(startsWith("7.")));
        mvc.perform(get("/engine-rest/deployment?maxResults=0").with(httpBasic("analyst", "analyst")))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.length()").value(0));
        mvc.perform(get("/engine-rest/version").with(httpBasic("agent", "agent")))
                .andExpect(status().isForbidden());
        mvc.perform(get("/engine-rest/version")).andExpect(status().isUnauthorized());
    }

    @Test
    void makesADraftOfADiagramAndPublishesNothing() throws Exception {
        String live = releases.live().id();
        JsonNode answer = answer(deploy("changed", diagram("Make promises", "Give our word"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.name").value("changed"))
                .andExpect(jsonPath("$.deploymentTime").value(containsString("+0000")))
                .andExpect(jsonPath("$.links[0].rel").value("self")));

        Draft draft = drafts.get(answer.path("id").asText());
        assertThat(releases.live().id()).isEqualTo(live);
        assertThat(drafts.changed(draft.id())).containsOnly(Map.entry(DIAGRAM.toString(), Draft.Kind.CHANGED));
        assertThat(drafts.file(draft.id(), DIAGRAM.toString()).content()).contains("Give our word");
        assertThat(answer.path("findings")).isEmpty();
    }

    @Test
    void tellsWhatTheChecksFind() throws Exception {
        deploy("broken", diagram("${makePromises}", "${breakPromises}"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.findings[*].code").value(hasItem("PROC-003")))
                .andExpect(jsonPath("$.findings[*].place").value(hasItem("makePromises")));
    }

    @Test
    void makesOneDraftWhereTheButtonIsPressedTwice() throws Exception {
        MockMultipartFile file = diagram("Make promises", "Give our solemn word");
        String first = answer(deploy("twice", file)).path("id").asText();

        assertThat(answer(deploy("twice", file)).path("id").asText()).isEqualTo(first);
        assertThat(answer(deploy("twice", diagram("Make promises", "Swear")))
                        .path("id")
                        .asText())
                .isNotEqualTo(first);
    }

    @Test
    void findsThePlaceOfEachFileByItsName() throws Exception {
        String id = answer(deploy(
                        "many",
                        file("new-one.form", "{}"),
                        file("follow-up.form", "{}"),
                        file("authority.dmn", "<x/>"),
                        file("new-letter.ar.txt", "س")))
                .path("id")
                .asText();

        assertThat(drafts.changed(id).keySet())
                .containsExactly(
                        "processes/forms/follow-up.form",
                        "processes/forms/new-one.form",
                        "processes/letters/new-letter.ar.txt",
                        "rules/tables/authority.dmn");
    }

    @Test
    void refusesInTheShapeThatTheModelerShows() throws Exception {
        refused("DEPLOY-001");
        refused("DEPLOY-002", file("evil.sh", "rm"));
        refused("DEPLOY-002", file("..", "x"));
        refused("DEPLOY-003", file("a.form", "{}"), file("sub/a.form", "{}"));
        refused("RELEASE-006", new MockMultipartFile("x", "a.form", null, new byte[] {(byte) 0xff, (byte) 0xfe}));
    }

    private void refused(String code, MockMultipartFile... files) throws Exception {
        deploy("refused", files)
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.type").value("InvalidRequestException"))
                .andExpect(jsonPath("$.message").value(startsWith(code + ": ")));
    }

    private ResultActions deploy(String name, MockMultipartFile... files) throws Exception {
        MockMultipartHttpServletRequestBuilder request = multipart("/engine-rest/deployment/create");
        for (MockMultipartFile file : files) {
            request.file(file);
        }
        return mvc.perform(request.param("deployment-name", name)
                .param("deployment-source", "Camunda Modeler")
                .param("enable-duplicate-filtering", "true")
                .with(httpBasic("analyst", "analyst")));
    }

    private JsonNode answer(ResultActions result) throws Exception {
        return json.readTree(result.andReturn().getResponse().getContentAsString(StandardCharsets.UTF_8));
    }

    private static MockMultipartFile diagram(String old, String fresh) throws IOException {
        return file(DIAGRAM.getFileName().toString(), Files.readString(DIAGRAM).replace(old, fresh));
    }

    private static MockMultipartFile file(String name, String content) {
        return new MockMultipartFile(name, name, null, content.getBytes(StandardCharsets.UTF_8));
    }
}
