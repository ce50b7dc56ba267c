package org.jabr.process.camunda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.jabr.releases.Check;
import org.jabr.rules.Finding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.MessageSource;

@ProcessTest
class DiagramCheckTests {

    private static final String DIAGRAM = "processes/service-recovery.bpmn";

    @Autowired
    List<Check> checks;

    @Autowired
    Map<String, Block> blocks;

    @Autowired
    RepositoryService repository;

    @Autowired
    RuntimeService runtime;

    @Autowired
    MessageSource messages;

    @Test
    void findsNothingWrongWithTheDefaultRelease() throws IOException {
        assertThat(findings(release())).isEmpty();
    }

    @Test
    void leavesNothingBehindAfterATrial() throws IOException {
        findings(release());

        assertThat(repository.createDeploymentQuery().deploymentName("trial").count())
                .isZero();
    }

    @Test
    void namesEveryBlockAsItsClass() {
        assertThat(blocks).isNotEmpty().allSatisfy((name, block) -> assertThat(
                        block.getClass().getSimpleName())
                .isEqualToIgnoringCase(name));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            PROC-001 | <?xml version="1.0" encoding="UTF-8"?> | <?xml version="1.0"?><!DOCTYPE x>
            PROC-001 | </bpmn:definitions> | </bpmn:definition>
            PROC-002 | <bpmn:process id="service-recovery" | <bpmn:process id="other"
            PROC-003 | delegateExpression="${makePromises}" | delegateExpression="${breakPromises}"
            PROC-003 | delegateExpression="${makePromises}" | delegateExpression="${dataSource}"
            PROC-004 | camunda:delegateExpression="${makePromises}" | camunda:class="java.lang.ProcessBuilder"
            PROC-004 | camunda:delegateExpression="${makePromises}" | camunda:expression="${makePromises.toString()}"
            PROC-004 | <bpmn:serviceTask id="makePromises" | <bpmn:scriptTask id="s" scriptFormat="groovy"><bpmn:script>1</bpmn:script></bpmn:scriptTask><bpmn:serviceTask id="makePromises"
            PROC-005 | name="Make promises" | name="Make ${''.getClass().forName('java.lang.Runtime')}"
            PROC-005 | ${asked} | ${asked.booleanValue()}
            PROC-005 | P14D | P${1.equals(2)}D
            PROC-006 | value="farewell" | value="goodbye"
            PROC-007 | formKey="follow-up" | formKey="follow-down"
            PROC-008 | <camunda:property name="name-ar" value="قطع الوعود" /> | <camunda:property name="x" value="y" />
            PROC-009 | value="exceed" | value="amaze"
            PROC-009 | value="ACKNOWLEDGED" | value="GREETED"
            PROC-009 | name="due" value="P1D" | name="due" value="soon"
            PROC-010 | serviceTask id="makePromises" | serviceTask id="promise"
            PROC-011 | ${byPerson} | ${byHand}
            """)
    void findsWhatIsWrongInADiagram(String code, String right, String wrong) throws IOException {
        SortedMap<String, String> files = release();
        String diagram = files.get(DIAGRAM);
        assertThat(diagram).contains(right);
        files.put(
                DIAGRAM,
                diagram.replaceFirst(
                        java.util.regex.Pattern.quote(right), java.util.regex.Matcher.quoteReplacement(wrong)));

        assertThat(findings(files))
                .filteredOn(Finding::blocking)
                .extracting(Finding::code)
                .contains(code);
    }

    @Test
    void reportsWhatTheEngineRefuses() throws IOException {
        SortedMap<String, String> files = release();
        files.computeIfPresent(
                DIAGRAM, (path, text) -> text.replace("targetRef=\"makePromises\"", "targetRef=\"nowhere\""));

        assertThat(findings(files)).extracting(Finding::code).containsExactly("PROC-015");
    }

    @Test
    void findsWhatIsWrongInALetter() throws IOException {
        SortedMap<String, String> files = release();
        files.put("processes/letters/receipt.en.txt", "Subject\n\n[WARM]\nDear {costumer}\n");

        assertThat(findings(files))
                .extracting(Finding::code, Finding::place)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("PROC-012", "{costumer}"),
                        org.assertj.core.groups.Tuple.tuple("PROC-012", "WARM"));
    }

    @Test
    void findsAFormWithoutArabicWords() throws IOException {
        SortedMap<String, String> files = release();
        files.computeIfPresent(
                "processes/forms/follow-up.form", (path, text) -> text.replace("\"label-ar\": \"نعم\"", "\"x\": 1"));

        assertThat(findings(files)).extracting(Finding::code).containsExactly("PROC-014");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<bpmn:serviceTask id=\"t\" camunda:class=\"org.jabr.process.camunda.DiagramCheckTests$Bomb\" />",
                "<bpmn:serviceTask id=\"t\" camunda:expression=\"${''.getClass().forName('org.jabr.process.camunda.DiagramCheckTests$Bomb').newInstance()}\" />",
                "<bpmn:serviceTask id=\"t\" camunda:delegateExpression=\"${dataSource}\" />",
                "<bpmn:scriptTask id=\"t\" scriptFormat=\"juel\"><bpmn:script>${1}</bpmn:script></bpmn:scriptTask>",
                "<bpmn:userTask id=\"t\" name=\"${makePromises.hashCode()}\" />",
                "<bpmn:userTask id=\"t\" camunda:assignee=\"#{dataSource.connection}\" />"
            })
    void aHostileDiagramThatSlipsPastTheChecksHasNoEffect(String task) {
        Bomb.exploded = false;
        String diagram = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
                + "<bpmn:definitions xmlns:bpmn=\"http://www.omg.org/spec/BPMN/20100524/MODEL\""
                + " xmlns:camunda=\"http://camunda.org/schema/1.0/bpmn\" targetNamespace=\"x\">"
                + "<bpmn:process id=\"hostile\" isExecutable=\"true\" camunda:historyTimeToLive=\"1\">"
                + "<bpmn:startEvent id=\"s\" /><bpmn:sequenceFlow id=\"f\" sourceRef=\"s\" targetRef=\"t\" />"
                + task
                + "</bpmn:process></bpmn:definitions>";

        assertThatThrownBy(() -> {
                    repository
                            .createDeployment()
                            .addString("hostile.bpmn", diagram)
                            .deploy();
                    runtime.startProcessInstanceByKey("hostile");
                })
                .isInstanceOf(ProcessEngineException.class);

        assertThat(Bomb.exploded).isFalse();
        assertThat(runtime.createProcessInstanceQuery()
                        .processDefinitionKey("hostile")
                        .count())
                .isZero();
    }

    @Test
    void saysEveryFindingInBothLanguages() {
        List<String> codes = Stream.iterate(1, n -> n + 1)
                .limit(15)
                .map("PROC-%03d"::formatted)
                .toList();

        assertThat(codes).allSatisfy(code -> {
            String english = messages.getMessage("problem." + code, new Object[] {"X"}, java.util.Locale.ENGLISH);
            String arabic =
                    messages.getMessage("problem." + code, new Object[] {"X"}, java.util.Locale.forLanguageTag("ar"));
            assertThat(english).isNotEqualTo(arabic);
        });
    }

    /** What a hostile diagram would make. */
    public static class Bomb implements org.camunda.bpm.engine.delegate.JavaDelegate {

        static boolean exploded;

        public Bomb() {
            explode();
        }

        private static void explode() {
            exploded = true;
        }

        @Override
        public void execute(org.camunda.bpm.engine.delegate.DelegateExecution execution) {
            explode();
        }
    }

    private List<Finding> findings(SortedMap<String, String> files) {
        return checks.stream().flatMap(check -> check.check(files).stream()).toList();
    }

    private static SortedMap<String, String> release() throws IOException {
        SortedMap<String, String> files = new TreeMap<>();
        for (String folder : List.of("processes", "rules")) {
            try (Stream<Path> tree = Files.walk(Path.of(folder))) {
                for (Path file : (Iterable<Path>) tree.filter(Files::isRegularFile)::iterator) {
                    files.put(file.toString(), Files.readString(file, StandardCharsets.UTF_8));
                }
            }
        }
        return files;
    }
}
