package org.jabr.web.studio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.BDDMockito.given;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.authentication;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrlPattern;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.jabr.cases.CaseDesk;
import org.jabr.cases.RecoveryCase;
import org.jabr.cases.Report;
import org.jabr.people.Account;
import org.jabr.people.Role;
import org.jabr.process.Mover;
import org.jabr.releases.Publishing;
import org.jabr.releases.Releases;
import org.jabr.testing.OnH2;
import org.jabr.testing.StubEngines;
import org.jabr.web.SignedIn;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.web.servlet.AutoConfigureMockMvc;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.RequestPostProcessor;

/** The page that moves running cases, and the building blocks, as people and editors get them. */
@SpringBootTest(properties = {"jabr.migrations.every=PT24H", "jabr.promises.every=PT24H"})
@AutoConfigureMockMvc
@Import({StubEngines.class, Publishing.class})
@OnH2
class MigrationPagesTests {

    @Autowired
    MockMvc mvc;

    @Autowired
    Releases releases;

    @Autowired
    Publishing publishing;

    @Autowired
    CaseDesk desk;

    @MockitoBean
    Mover mover;

    @Test
    void showsWhatWouldBecomeOfEachCaseAndMovesThem() throws Exception {
        String from = releases.live().id();
        RecoveryCase waiting = desk.open(
                new Report(null, "C-1", "EMAIL", "Rail", "Late", null, null, "USD", null, null, Map.of(), Map.of()),
                "test");
        SortedMap<String, String> files = releases.files(from);
        files.put("processes/letters/new.en.txt", "Subject\n\nText\n");
        files.put("processes/letters/new.ar.txt", "الموضوع\n\nالنص\n");
        String to = publishing.live(files);
        Mover.Place gone = new Mover.Place("acknowledgeInPerson", "userTask", "Acknowledge in person");
        given(mover.places(anyString(), anyString()))
                .willReturn(List.of(gone, new Mover.Place("followUp", "userTask", "Follow up in person")));
        org.mockito.BDDMockito.willThrow(new Mover.CannotMove(
                        waiting.reference(), List.of(new Mover.Obstacle("acknowledgeInPerson", "MIG-011", "engine"))))
                .given(mover)
                .move(any(), anyString(), any());

        mvc.perform(get("/studio/migrations").with(who(Role.ANALYST)))
                .andExpect(status().isOk())
                .andExpect(content().string(allOf(containsString(from), containsString("one running case"))));
        mvc.perform(get("/studio/migrations/preview")
                        .param("from", from)
                        .param("to", to)
                        .param("step.acknowledgeInPerson", "followUp")
                        .with(who(Role.ANALYST)))
                .andExpect(status().isOk())
                .andExpect(content()
                        .string(allOf(
                                containsString(waiting.reference()),
                                containsString("Acknowledge in person: This step does not exist in the other release."),
                                containsString("cannot be moved"),
                                containsString("step.acknowledgeInPerson"),
                                not(containsString("Move the cases")))));
        mvc.perform(get("/studio/migrations/preview")
                        .param("from", from)
                        .param("to", to)
                        .param("lang", "ar")
                        .with(who(Role.APPROVER)))
                .andExpect(status().isOk())
                .andExpect(content()
                        .string(allOf(
                                containsString("هذه الخطوة غير موجودة في الإصدار الآخر"),
                                containsString("نقل الحالات"),
                                containsString("dir=\"rtl\""))));

        mvc.perform(post("/studio/migrations")
                        .param("from", from)
                        .param("to", to)
                        .with(csrf())
                        .with(who(Role.ANALYST)))
                .andExpect(status().isForbidden());
        String batch = mvc.perform(post("/studio/migrations")
                        .param("from", from)
                        .param("to", to)
                        .with(csrf())
                        .with(who(Role.APPROVER)))
                .andExpect(redirectedUrlPattern("/studio/migrations/*"))
                .andReturn()
                .getResponse()
                .getRedirectedUrl();
        assertThat(batch).isNotNull();
        mvc.perform(get(batch).with(who(Role.AUDITOR)))
                .andExpect(status().isOk())
                .andExpect(content().string(allOf(containsString("Running"), containsString("0 of 1 done"))));
        mvc.perform(post(batch + "/cancel").with(csrf()).with(who(Role.APPROVER)))
                .andExpect(redirectedUrlPattern("/studio/migrations/*"));
        mvc.perform(get(batch + "/progress").with(who(Role.ANALYST)))
                .andExpect(content().string(allOf(containsString("Stopped"), not(containsString("every 1s")))));
        mvc.perform(get("/studio/migrations").param("lang", "ar").with(who(Role.ANALYST)))
                .andExpect(content().string(containsString("موقوفة")));
    }

    @Test
    void offersEveryBlockAsAnElementTemplateInTheReadersLanguage() throws Exception {
        mvc.perform(get("/studio/blocks").param("lang", "en").with(who(Role.ANALYST)))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$[*].id").value(hasItem("org.jabr.sendLetter")))
                .andExpect(jsonPath("$[?(@.id=='org.jabr.sendLetter')].name").value("Send letter"))
                .andExpect(jsonPath("$[?(@.id=='org.jabr.sendLetter')].elementType.value")
                        .value("bpmn:ServiceTask"))
                .andExpect(
                        jsonPath("$[?(@.id=='org.jabr.sendLetter')].properties[?(@.label=='Letter')].choices[*].value")
                                .value(hasItem("farewell")))
                .andExpect(jsonPath("$[?(@.id=='org.jabr.askPerson')].properties[?(@.label=='Form')].binding.name")
                        .value("camunda:formKey"))
                .andExpect(jsonPath("$[?(@.id=='org.jabr.askApproval')].properties[0].binding.name")
                        .value("name-ar"));
        mvc.perform(get("/studio/blocks").param("lang", "ar").with(who(Role.ANALYST)))
                .andExpect(jsonPath("$[?(@.id=='org.jabr.sendLetter')].name").value("إرسال رسالة"));
        mvc.perform(get("/studio/blocks").with(who(Role.AGENT))).andExpect(status().isForbidden());
    }

    @Test
    void writesTheTemplatesDownForOtherPrograms() throws Exception {
        String templates = mvc.perform(get("/studio/blocks").param("lang", "en").with(who(Role.ANALYST)))
                .andReturn()
                .getResponse()
                .getContentAsString(java.nio.charset.StandardCharsets.UTF_8);
        java.nio.file.Files.writeString(java.nio.file.Path.of("target/element-templates.json"), templates);

        assertThat(templates).contains("element-templates-json-schema").doesNotContain("block.");
    }

    private static RequestPostProcessor who(Role role) {
        Account account = new Account(
                "somebody", "Somebody", "أحدهم", null, Set.of(role), Set.of(), Set.of(), Set.of(), false, true);
        return authentication(UsernamePasswordAuthenticationToken.authenticated(
                new SignedIn(account), "", List.of(new SimpleGrantedAuthority("ROLE_" + role))));
    }
}
