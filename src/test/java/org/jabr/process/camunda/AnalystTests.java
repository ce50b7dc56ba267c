package org.jabr.process.camunda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jabr.process.camunda.Desk.AGENT;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.authentication;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.jabr.cases.RecoveryCase;
import org.jabr.cases.Stage;
import org.jabr.people.Account;
import org.jabr.people.Role;
import org.jabr.process.BuildingBlock;
import org.jabr.process.BuildingBlocks;
import org.jabr.process.Diagrams;
import org.jabr.process.FormRefused;
import org.jabr.releases.Publishing;
import org.jabr.releases.Releases;
import org.jabr.web.SignedIn;
import org.jabr.worklist.WorkItem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.MessageSource;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.test.web.servlet.setup.SecurityMockMvcConfigurers;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.RequestPostProcessor;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

/** What an analyst changes reaches agents with no change of the house. */
@ProcessTest
class AnalystTests {

    private static final String DIAGRAM = "processes/service-recovery.bpmn";
    private static final Locale ARABIC = Locale.forLanguageTag("ar");

    @Autowired
    Desk desk;

    @Autowired
    Releases releases;

    @Autowired
    Publishing publishing;

    @Autowired
    Diagrams diagrams;

    @Autowired
    BuildingBlocks blocks;

    @Autowired
    MessageSource messages;

    @Autowired
    WebApplicationContext web;

    private String before = "";
    private MockMvc mvc;

    @BeforeEach
    void start() {
        before = releases.live().id();
        mvc = MockMvcBuilders.webAppContextSetup(web)
                .apply(SecurityMockMvcConfigurers.springSecurity())
                .build();
    }

    @AfterEach
    void back() {
        publishing.again(before);
    }

    @Test
    void aNewStepWithANewFormReachesTheAgents() throws Exception {
        RecoveryCase running =
                desk.lateDelivery().fact("conversation.emotion", "ANGRY").open();
        publishing.live(withCarrierCall());

        RecoveryCase fresh = desk.lateDelivery().open();

        WorkItem item = desk.item(fresh);
        assertThat(item.element()).isEqualTo("callCarrier");
        assertThat(item.name()).isEqualTo("Call the carrier");
        assertThat(diagrams.label(item.release(), item.element(), item.name(), ARABIC))
                .isEqualTo("الاتصال بالناقل");
        assertThat(page(item, "en"))
                .contains("Call the carrier before you write to the customer.", "Days late", "Weather", "type=\"date\"")
                .contains("type=\"time\"", "data-hidden-when", "col-md-6", "What they said");
        assertThat(page(item, "ar")).contains("اتصلوا بالناقل", "أيام التأخير", "الطقس");

        desk.complete(desk.item(running), Map.of("conversation.emotion", "ANGRY"), AGENT);
        assertThat(desk.passed(running)).doesNotContain("callCarrier").contains("decideRemedies-person");
    }

    @Test
    void whatAgentsAnswerIsCheckedAndKeptAndLeadsOn() throws Exception {
        publishing.live(withCarrierCall());
        RecoveryCase late = desk.lateDelivery().open();
        WorkItem item = desk.item(late);
        assertThatThrownBy(() -> desk.complete(item, Map.of("reached", true, "days", 61, "parcel", "x"), AGENT))
                .isInstanceOfSatisfying(FormRefused.class, refused -> assertThat(refused.fields())
                        .containsOnlyKeys("days", "parcel"));

        desk.worklist.claim(item.id(), AGENT);
        mvc.perform(post("/worklist/" + item.id() + "/complete")
                        .with(agent())
                        .with(csrf())
                        .param("answer.reached", "true")
                        .param("answer.days", "4")
                        .param("answer.reasons", "WEATHER", "ADDRESS")
                        .param("answer.parcel", "AB123456789")
                        .param("answer.newDay", "2026-03-05"))
                .andExpect(status().is3xxRedirection())
                .andExpect(redirectedUrl("/worklist"));
        desk.work(late);

        assertThat(desk.now(late).given())
                .containsEntry("answers.reached", true)
                .containsEntry("answers.reasons_WEATHER", true)
                .containsEntry("answers.newDay", "2026-03-05");
        assertThat(desk.waitsAt(late)).containsExactly("apologiseByPhone");

        RecoveryCase soon = desk.lateDelivery().open();
        desk.complete(desk.item(soon), Map.of("reached", false), AGENT);
        assertThat(desk.passed(soon)).doesNotContain("apologiseByPhone").contains("decideRemedies");
    }

    @Test
    void aNewProcessStartsForTheCasesThatTheRulesSay() throws Exception {
        SortedMap<String, String> files = releases.files(before);
        files.put("processes/goodwill-gesture.bpmn", resource("goodwill-gesture.bpmn"));
        files.put("processes/ask-around.bpmn", resource("ask-around.bpmn"));
        files.put("processes/forms/carrier-call.form", resource("carrier-call.form"));
        files.computeIfPresent(
                "rules/intake.dmn", (path, text) -> text.replace("      <rule id=\"process-default\">", """
                              <rule id="process-other">
                                <description>a small gesture is enough | تكفي لفتة صغيرة</description>
                                <inputEntry id="process-other-in-type"><text>"OTHER"</text></inputEntry>
                                <outputEntry id="process-other-out-process"><text>"goodwill-gesture"</text></outputEntry>
                              </rule>
                              <rule id="process-default">"""));
        String release = publishing.live(files);

        RecoveryCase other = desk.lateDelivery().type("OTHER").open();
        RecoveryCase usual = desk.lateDelivery().open();

        assertThat(desk.now(other).process()).isEqualTo("goodwill-gesture");
        assertThat(desk.now(usual).process()).isEqualTo("service-recovery");
        assertThat(desk.waitsAt(other)).containsExactly("askAround");
        assertThat(desk.item(other).element()).isEqualTo("callThem");

        // A newer version of the called process is none of the running case's business.
        files.computeIfPresent(
                "processes/ask-around.bpmn", (path, text) -> text.replace("name=\"Call them\"", "name=\"Ring them\""));
        assertThat(publishing.live(files)).isNotEqualTo(release);
        RecoveryCase second = desk.lateDelivery().type("OTHER").reported();
        assertThat(second.release()).isNotEqualTo(other.release());

        desk.complete(desk.item(other), Map.of("mood", "KIND"), AGENT);
        desk.work(other);
        assertThat(desk.letters(other)).containsExactly("thanks");
        assertThat(desk.stage(other)).isEqualTo(Stage.CLOSED);
        assertThat(desk.ended(other)).isTrue();
    }

    @Test
    void everyBlockHasItsWordsInBothLanguages() {
        for (BuildingBlock block : blocks.all()) {
            assertThat(word("block." + block.name(), ARABIC))
                    .isNotEqualTo(word("block." + block.name(), Locale.ENGLISH));
            word("block." + block.name() + ".text", ARABIC);
            for (BuildingBlock.Parameter parameter : block.parameters()) {
                word("block.parameter." + parameter.name(), ARABIC);
            }
        }
    }

    @Test
    void theGuideNamesEveryBlockWithItsParameters() throws IOException {
        String table = "| block | what it does | parameters (needed ones in bold) |\n| --- | --- | --- |\n"
                + blocks.all().stream().map(this::line).collect(Collectors.joining("\n"));

        assertThat(Files.readString(Path.of("src/docs/analyst-guide.md"))).contains(table);
    }

    private String line(BuildingBlock block) {
        String parameters = block.parameters().stream()
                .map(parameter ->
                        parameter.required() ? "**`" + parameter.name() + "`**" : "`" + parameter.name() + "`")
                .collect(Collectors.joining(", "));
        return "| `" + block.name() + "` | " + word("block." + block.name() + ".text", Locale.ENGLISH) + " | "
                + parameters + " |";
    }

    private String word(String key, Locale language) {
        return messages.getMessage(key, new Object[0], language);
    }

    private String page(WorkItem item, String language) throws Exception {
        desk.worklist.claim(item.id(), AGENT);
        return mvc.perform(get("/worklist/" + item.id()).param("lang", language).with(agent()))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString(StandardCharsets.UTF_8);
    }

    private static RequestPostProcessor agent() {
        Account account = new Account(
                "agent", "Agent", "موظف", null, Set.of(Role.AGENT), Set.of(), Set.of(), Set.of(), false, true);
        return authentication(UsernamePasswordAuthenticationToken.authenticated(
                new SignedIn(account), "", List.of(new SimpleGrantedAuthority("ROLE_AGENT"))));
    }

    private SortedMap<String, String> withCarrierCall() throws IOException {
        SortedMap<String, String> files = releases.files(before);
        files.put("processes/forms/carrier-call.form", resource("carrier-call.form"));
        files.computeIfPresent(DIAGRAM, (path, text) -> text.replace(
                        "<bpmn:sequenceFlow id=\"sendLetter-receipt-to-decideRemedies\" sourceRef=\"sendLetter-receipt\" targetRef=\"decideRemedies\" />",
                        """
                        <bpmn:userTask id="callCarrier" name="Call the carrier" camunda:formKey="carrier-call">%s</bpmn:userTask>
                        <bpmn:exclusiveGateway id="isVeryLate" name="Very late?" default="isVeryLate-to-decideRemedies">%s</bpmn:exclusiveGateway>
                        <bpmn:userTask id="apologiseByPhone" name="Apologise by phone">%s</bpmn:userTask>
                        <bpmn:sequenceFlow id="sendLetter-receipt-to-callCarrier" sourceRef="sendLetter-receipt" targetRef="callCarrier" />
                        <bpmn:sequenceFlow id="callCarrier-to-isVeryLate" sourceRef="callCarrier" targetRef="isVeryLate" />
                        <bpmn:sequenceFlow id="isVeryLate-to-apologiseByPhone" sourceRef="isVeryLate" targetRef="apologiseByPhone"><bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">${reached and days &gt; 3}</bpmn:conditionExpression></bpmn:sequenceFlow>
                        <bpmn:sequenceFlow id="isVeryLate-to-decideRemedies" sourceRef="isVeryLate" targetRef="decideRemedies" />
                        <bpmn:sequenceFlow id="apologiseByPhone-to-decideRemedies" sourceRef="apologiseByPhone" targetRef="decideRemedies" />
                        """.formatted(
                                        properties(
                                                "name-ar",
                                                "الاتصال بالناقل",
                                                "kind",
                                                "TASK",
                                                "due",
                                                "PT4H",
                                                "authority",
                                                "AGENT",
                                                "keep",
                                                "reached,days"),
                                        properties("name-ar", "هل تأخر كثيرًا؟"),
                                        properties(
                                                "name-ar",
                                                "الاعتذار هاتفيًا",
                                                "kind",
                                                "TASK",
                                                "due",
                                                "resolve",
                                                "authority",
                                                "AGENT")))
                .replace("<bpmn:outgoing>sendLetter-receipt-to-decideRemedies</bpmn:outgoing>", "")
                .replace("<bpmn:incoming>sendLetter-receipt-to-decideRemedies</bpmn:incoming>", "")
                .replaceAll(
                        "<bpmndi:BPMNEdge id=\"[^\"]*\" bpmnElement=\"sendLetter-receipt-to-decideRemedies\">(?s:.*?)</bpmndi:BPMNEdge>",
                        ""));
        return files;
    }

    private static String properties(String... values) {
        StringBuilder text = new StringBuilder("<bpmn:extensionElements><camunda:properties>");
        for (int i = 0; i < values.length; i += 2) {
            text.append("<camunda:property name=\"")
                    .append(values[i])
                    .append("\" value=\"")
                    .append(values[i + 1])
                    .append("\" />");
        }
        return text.append("</camunda:properties></bpmn:extensionElements>").toString();
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = AnalystTests.class.getResourceAsStream("/process/" + name)) {
            return new String(java.util.Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
