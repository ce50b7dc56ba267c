package org.jabr.process.camunda;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.script.ScriptEngineManager;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.repository.Deployment;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.jabr.releases.Check;
import org.jabr.rules.Finding;
import org.jabr.testing.Corpus;
import org.jabr.testing.Traps;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Diagrams, forms, letters and lists are code too: what could run is refused, and has no effect even behind the gate. */
@ProcessTest
class ModelGateTests {

    private static final String DIAGRAM = "processes/trial.bpmn";
    private static final Map<String, String> PATHS = Map.of(
            "form", "processes/forms/trial.form",
            "letter", "processes/letters/trial.en.txt",
            "scenarios", "rules/scenarios/trial.csv",
            "drl", "rules/guardrails.drl",
            "bpmn", DIAGRAM,
            "yml", "rules/mappings/trial.yml");

    @Autowired
    List<Check> checks;

    @Autowired
    DiagramCheck diagrams;

    @Autowired
    RepositoryService repository;

    @Autowired
    RuntimeService runtime;

    static Stream<Corpus.Case> badDiagrams() {
        return Corpus.cases("gate/bad/bpmn.txt").stream();
    }

    static Stream<Corpus.Case> goodDiagrams() {
        return Corpus.cases("gate/good/bpmn.txt").stream();
    }

    static Stream<Corpus.Case> badForms() {
        return Corpus.cases("gate/bad/form.txt").stream();
    }

    static Stream<Corpus.Case> goodForms() {
        return Corpus.cases("gate/good/form.txt").stream();
    }

    static Stream<Corpus.Case> badLetters() {
        return Corpus.cases("gate/bad/letter.txt").stream();
    }

    static Stream<Corpus.Case> goodLetters() {
        return Corpus.cases("gate/good/letter.txt").stream();
    }

    static Stream<Corpus.Case> badFiles() {
        return Corpus.cases("gate/bad/files.txt").stream();
    }

    static Stream<Corpus.Case> badMappings() {
        return Corpus.cases("gate/bad/yml.txt").stream();
    }

    @ParameterizedTest
    @MethodSource("badDiagrams")
    void refusesAHostileDiagramAndNothingHappensBehindTheGate(Corpus.Case bad) {
        try (Traps traps = new Traps()) {
            String diagram = bad.file("bpmn", List.of(), traps);

            assertRefused(diagrams.check(release(diagram)), bad.code(), DIAGRAM);
            behindTheGate(diagram);
            assertThat(traps.sprung()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("goodDiagrams")
    void acceptsAGoodDiagram(Corpus.Case good) {
        try (Traps traps = new Traps()) {
            String diagram = good.file("bpmn", List.of(), traps);

            assertThat(diagrams.check(release(diagram)))
                    .filteredOn(Finding::blocking)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("badForms")
    void refusesAHostileForm(Corpus.Case bad) {
        refused(bad, "form", "form");
    }

    @ParameterizedTest
    @MethodSource("goodForms")
    void acceptsAGoodForm(Corpus.Case good) {
        accepted(good, "form");
    }

    @ParameterizedTest
    @MethodSource("badLetters")
    void refusesAHostileLetter(Corpus.Case bad) {
        refused(bad, "letter", "letter");
    }

    @ParameterizedTest
    @MethodSource("goodLetters")
    void acceptsAGoodLetter(Corpus.Case good) {
        accepted(good, "letter");
    }

    @ParameterizedTest
    @MethodSource("badFiles")
    void refusesTextThatIsNotWhatItLooksLike(Corpus.Case bad) {
        refused(new Corpus.Case(bad.code(), "", bad.title(), bad.text()), bad.marker(), bad.marker());
    }

    @ParameterizedTest
    @MethodSource("badMappings")
    void refusesAHostileMapping(Corpus.Case bad) {
        refused(bad, "yml", "yml");
    }

    /** The engine brings two for itself; it cannot reach them either. */
    @Test
    void hasNobodyWhoCouldRunAScript() {
        assertThat(new ScriptEngineManager().getEngineFactories())
                .extracting(factory -> factory.getClass().getSimpleName())
                .containsExactlyInAnyOrder(
                        "FeelScriptEngineFactory", "FeelUnaryTestsScriptEngineFactory", "JuelScriptEngineFactory");
    }

    /** The engine's own doors would lead around the gate. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.camunda.bpm.engine.rest.impl.CamundaRestResources",
                "org.camunda.bpm.engine.rest.DeploymentRestService",
                "org.camunda.bpm.webapp.impl.engine.ProcessEnginesFilter",
                "org.camunda.bpm.cockpit.Cockpit",
                "org.camunda.bpm.admin.Admin",
                "org.camunda.connect.Connectors",
                "org.camunda.bpm.engine.impl.scripting.engine.ScriptBindingsFactory$Groovy",
                "groovy.lang.GroovyShell"
            })
    void hasNoOtherDoorIntoTheEngine(String type) {
        assertThat(getClass().getClassLoader().getResource(type.replace('.', '/') + ".class"))
                .isNull();
    }

    private void refused(Corpus.Case bad, String skeleton, String path) {
        try (Traps traps = new Traps()) {
            SortedMap<String, String> files = new TreeMap<>();
            files.put(PATHS.get(path), bad.file(skeleton, List.of(), traps));

            assertRefused(findings(files), bad.code(), PATHS.get(path));
            assertThat(traps.sprung()).isEmpty();
        }
    }

    private void accepted(Corpus.Case good, String kind) {
        try (Traps traps = new Traps()) {
            SortedMap<String, String> files = new TreeMap<>();
            files.put(PATHS.get(kind), good.file(kind, List.of(), traps));

            assertThat(findings(files)).filteredOn(Finding::blocking).isEmpty();
        }
    }

    private List<Finding> findings(SortedMap<String, String> files) {
        return checks.stream().flatMap(check -> check.check(files).stream()).toList();
    }

    private static void assertRefused(List<Finding> findings, String code, String file) {
        assertThat(findings)
                .filteredOn(finding -> finding.blocking() && finding.file().equals(file))
                .extracting(Finding::code)
                .contains(code);
    }

    /** The engine refuses it too, or what it runs can do nothing. */
    private void behindTheGate(String diagram) {
        Deployment deployment;
        try {
            deployment =
                    repository.createDeployment().addString(DIAGRAM, diagram).deploy();
        } catch (RuntimeException refused) {
            return;
        }
        try {
            for (ProcessDefinition definition : repository
                    .createProcessDefinitionQuery()
                    .deploymentId(deployment.getId())
                    .list()) {
                runtime.startProcessInstanceById(definition.getId(), Map.of("caseId", 1L, "asked", true));
            }
        } catch (RuntimeException refused) {
            // that is an answer
        } finally {
            repository.deleteDeployment(deployment.getId(), true);
        }
    }

    private static SortedMap<String, String> release(String diagram) {
        SortedMap<String, String> files = new TreeMap<>();
        files.put(DIAGRAM, diagram);
        files.put("processes/forms/follow-up.form", "{}");
        return files;
    }
}
