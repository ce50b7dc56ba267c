package org.jabr.web.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.asyncDispatch;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jabr.cases.RecoveryCase;
import org.jabr.intake.CaseIntake;
import org.jabr.intake.Submission;
import org.jabr.journal.Journal;
import org.jabr.journal.SealLook;
import org.jabr.journal.Seals;
import org.jabr.journal.Verify;
import org.jabr.rules.Money;
import org.jabr.testing.OnH2;
import org.jabr.testing.StubEngines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.web.servlet.AutoConfigureMockMvc;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.MvcResult;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** The journal as an auditor's program sees it. */
@SpringBootTest(properties = {"jabr.demo.data=false", "jabr.journal.every=PT24H"})
@AutoConfigureMockMvc
@ActiveProfiles("demo")
@Import({StubEngines.class, SealLook.class})
@OnH2
class JournalApiTests {

    @TempDir
    Path folder;

    @Autowired
    MockMvc mvc;

    @Autowired
    CaseIntake intake;

    @Autowired
    Journal journal;

    @Autowired
    Seals seals;

    @Autowired
    SealLook seal;

    @Autowired
    ObjectMapper json;

    @Test
    void listsEntriesAndSealsAndShowsThatOneLiesBelowTheOther() throws Exception {
        RecoveryCase recovery = report();
        long entry = journal.newest("case.opened", recovery.reference(), null, 1)
                .get(0)
                .id();
        mvc.perform(as(
                        "auditor",
                        get("/api/journal")
                                .param("after", String.valueOf(entry - 1))
                                .param("limit", "1")))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.items[0].id").value(entry))
                .andExpect(jsonPath("$.items[0].kind").value("case.opened"))
                .andExpect(jsonPath("$.items[0].subject").value(recovery.reference()))
                .andExpect(jsonPath("$.items[0].content.release").value(recovery.release()));
        mvc.perform(as("auditor", get("/api/journal/proof/" + entry)))
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.code").value("JOURNAL-004"));
        seal.now();
        mvc.perform(as("auditor", get("/api/journal/proof/" + entry)))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.seal.id").isNumber())
                .andExpect(jsonPath("$.path").isArray());
        mvc.perform(as("auditor", get("/api/journal/seals")))
                .andExpect(jsonPath("$.items[0].id").value(1))
                .andExpect(jsonPath("$.items[0].root").isString())
                .andExpect(jsonPath("$.items[0].signature").isString())
                .andExpect(jsonPath("$.items[0].key").isString());
        mvc.perform(as("auditor", get("/api/journal/proof/999999999")))
                .andExpect(status().isNotFound())
                .andExpect(jsonPath("$.code").value("JOURNAL-003"));
        mvc.perform(as("agent", get("/api/journal"))).andExpect(status().isForbidden());
        mvc.perform(as("manager", get("/api/journal/export"))).andExpect(status().isForbidden());
    }

    @Test
    void anExportIsCheckedOfflineAndIsAnEntryBehindItsSeal() throws Exception {
        report();
        seal.now();
        long last = seals.theNewest().id();
        byte[] export = export(get("/api/journal/export").accept("text/csv"));
        List<String> lines = List.of(new String(export, StandardCharsets.UTF_8).split("\n"));
        JsonNode end = json.readTree(lines.get(lines.size() - 1));
        assertThat(end.path("id").asLong()).isEqualTo(last);
        assertThat(lines).hasSize(end.path("size").asInt() + 2);
        assertThat(journal.newest("journal.exported", "seal-" + last, null, 10))
                .singleElement()
                .satisfies(entry -> assertThat(entry.by()).isEqualTo("auditor"));

        Path file = Files.write(folder.resolve("export.jsonl"), export);
        Path seal = Files.writeString(folder.resolve("seal.json"), lines.get(lines.size() - 1));
        assertThat(new Verify().run(List.of(file.toString(), "--seal", seal.toString())))
                .isZero();
        report();
        this.seal.now();
        assertThat(export(get("/api/journal/export").param("to", String.valueOf(last))))
                .isEqualTo(export);
        byte[] later = export(get("/api/journal/export"));
        assertThat(new Verify()
                        .run(List.of(
                                Files.write(folder.resolve("later.jsonl"), later)
                                        .toString(),
                                "--seal",
                                seal.toString())))
                .isZero();
        mvc.perform(as(
                        "auditor",
                        get("/api/journal/consistency").param("from", "1").param("to", String.valueOf(last))))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.later.id").value(last));
        mvc.perform(as("auditor", get("/api/journal/export").param("to", "999999")))
                .andExpect(status().isNotFound())
                .andExpect(jsonPath("$.code").value("JOURNAL-001"));
    }

    private byte[] export(MockHttpServletRequestBuilder request) throws Exception {
        MvcResult begun = mvc.perform(as("auditor", request)).andReturn();
        return mvc.perform(asyncDispatch(begun))
                .andExpect(status().isOk())
                .andExpect(content().contentTypeCompatibleWith("application/x-ndjson"))
                .andReturn()
                .getResponse()
                .getContentAsByteArray();
    }

    private static MockHttpServletRequestBuilder as(String login, MockHttpServletRequestBuilder request) {
        return request.with(httpBasic(login, login));
    }

    private RecoveryCase report() {
        return intake.receive(
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
    }
}
