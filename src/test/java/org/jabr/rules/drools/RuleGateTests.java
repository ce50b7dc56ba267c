package org.jabr.rules.drools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jabr.rules.CaseFacts;
import org.jabr.rules.DecisionFailed;
import org.jabr.rules.Finding;
import org.jabr.rules.Moment;
import org.jabr.rules.Rulebook;
import org.jabr.rules.RulebookCompiler;
import org.jabr.testing.Corpus;
import org.jabr.testing.Traps;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules are code: what could run, hang or reach out is refused, and none of it has any effect. */
class RuleGateTests {

    private static final String TABLE = "rules/trial.dmn";
    private static final String GUARDRAILS = "rules/guardrails.drl";
    private static final List<String> INSIDE_OF_TEXT =
            List.of("cell", "number", "output", "column", "type", "reference");

    private final DroolsRulebookCompiler compiler = new DroolsRulebookCompiler();

    static Stream<Corpus.Case> badTables() {
        return Corpus.cases("gate/bad/dmn.txt").stream();
    }

    static Stream<Corpus.Case> badGuardrails() {
        return Corpus.cases("gate/bad/drl.txt").stream();
    }

    @ParameterizedTest
    @MethodSource("badTables")
    void refusesAHostileTable(Corpus.Case bad) {
        try (Traps traps = new Traps()) {
            Map<String, String> files = Map.of(
                    TABLE, bad.file("dmn", INSIDE_OF_TEXT, traps),
                    GUARDRAILS, DefaultRelease.files().get(GUARDRAILS));

            assertRefused(compiler.compile("bad", files), bad.code(), TABLE);
            assertThat(traps.sprung()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("badGuardrails")
    void refusesAHostileGuardrail(Corpus.Case bad) {
        try (Traps traps = new Traps()) {
            Map<String, String> files = Map.of(GUARDRAILS, bad.file("drl", List.of(), traps));

            assertRefused(compiler.compile("bad", files), bad.code(), GUARDRAILS);
            assertThat(traps.sprung()).isEmpty();
        }
    }

    private static void assertRefused(RulebookCompiler.Compilation compilation, String code, String file) {
        assertThat(compilation.rulebook()).isNull();
        assertThat(compilation.findings())
                .filteredOn(finding -> finding.blocking() && finding.file().equals(file))
                .extracting(Finding::code)
                .contains(code);
    }

    @Test
    void acceptsGoodTablesAndGuardrails() {
        Map<String, String> files = new HashMap<>(DefaultRelease.files());
        StringBuilder guardrails = new StringBuilder(files.get(GUARDRAILS));
        try (Traps traps = new Traps()) {
            int number = 0;
            for (Corpus.Case good : Corpus.cases("gate/good/dmn.txt")) {
                String name = "good-" + ++number;
                files.put(
                        "rules/" + name + ".dmn",
                        good.file("dmn", INSIDE_OF_TEXT, traps)
                                .replace("name=\"trial\"", "name=\"" + name + "\"")
                                .replace("\"trial", "\"" + name)
                                .replace("rules/trial", "rules/" + name));
            }
            for (Corpus.Case good : Corpus.cases("gate/good/drl.txt")) {
                String rule = good.file("drl", List.of(), traps);
                guardrails.append(rule.substring(rule.indexOf("rule \""))
                        .replaceFirst("rule \"[a-z-]+", "rule \"good-" + ++number));
            }
        }
        files.put(GUARDRAILS, guardrails.toString());

        RulebookCompiler.Compilation compilation = compiler.compile("good", files);

        assertThat(compilation.findings()).isEmpty();
        Rulebook rulebook = compilation.rulebook();
        assertThat(rulebook).isNotNull();
        CaseFacts facts = rulebook.read(DefaultRelease.baseCase());
        for (Moment moment : rulebook.moments()) {
            assertThat(rulebook.decide(moment, facts).moment()).isEqualTo(moment);
        }
        rulebook.close();
    }

    /** Straight behind the gate: the names of harmful classes mean nothing to compiled rules. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "eval(org.jabr.testing.Traps.Bomb.explode())",
                "eval(System.setProperty(\"jabr.canary\", \"1\") == null)",
                "eval(Runtime.getRuntime() != null)",
                "eval(new java.net.Socket(\"127.0.0.1\", 1) != null)",
                "eval(new ProcessBuilder(\"true\") != null)",
                "eval(org.jabr.rules.drools.Inspection.class != null)"
            })
    void aGuardrailThatSlipsPastTheGateFindsNoHarmfulClass(String condition) {
        try (Traps traps = new Traps()) {
            String drl = new Corpus.Case("", "when", "", condition + "\n $remedy : Proposed()")
                    .file("drl", List.of(), traps);
            RulebookCompiler.Compilation compilation;
            try {
                compilation = behindTheGate(Map.of(), drl, new ArrayList<>());
            } catch (RuntimeException notFound) {
                compilation = new RulebookCompiler.Compilation(null, List.of());
            }

            assertThat(compilation.rulebook()).isNull();
            assertThat(traps.sprung()).isEmpty();
        }
    }

    @Test
    void aHarmlessGuardrailPassesStraightBehindTheGate() {
        assertThat(behindTheGate(Map.of(), Corpus.skeleton("drl"), new ArrayList<>())
                        .rulebook())
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(function() external {java: {class: \"org.jabr.testing.Traps$Bomb\", method signature: \"explode()\"}})()",
                "(function(a, b) external {java: {class: \"java.lang.System\", method signature: \"setProperty(java.lang.String,java.lang.String)\"}})(\"jabr.canary\", \"1\")"
            })
    void aTableThatSlipsPastTheGateCallsNothing(String output) {
        try (Traps traps = new Traps()) {
            String table = new Corpus.Case("", "output", "", "if " + output + " = null then 1 else 2")
                    .file("dmn", INSIDE_OF_TEXT, traps);
            RulebookCompiler.Compilation compilation =
                    behindTheGate(Map.of(TABLE, table), DefaultRelease.files().get(GUARDRAILS), new ArrayList<>());
            Rulebook rulebook = compilation.rulebook();
            if (rulebook != null) {
                Map<String, Object> document = new HashMap<>(DefaultRelease.baseCase());
                document.put("customer", Map.of("tier", "GOLD"));
                document.put("recovery", Map.of("severity", 3));
                CaseFacts facts = rulebook.read(document);
                assertThatThrownBy(() -> rulebook.decide(new Moment("trial"), facts))
                        .isInstanceOf(DecisionFailed.class);
            }
            assertThat(traps.sprung()).isEmpty();
        }
    }

    private static RulebookCompiler.Compilation behindTheGate(
            Map<String, String> more, String drl, List<Finding> findings) {
        Map<String, String> files = new HashMap<>(DefaultRelease.files());
        files.putAll(more);
        List<DmnFile> tables = files.entrySet().stream()
                .filter(file -> file.getKey().endsWith(".dmn"))
                .map(file -> {
                    try {
                        return DmnReader.read(file.getKey(), file.getValue());
                    } catch (org.xml.sax.SAXException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .toList();
        return DroolsRulebookCompiler.build("behind", new Words(Map.of(), Map.of()), tables, drl, List.of(), findings);
    }
}
