package org.jabr.rules.drools;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jabr.rules.CaseFacts;
import org.jabr.rules.Decision;
import org.jabr.rules.Finding;
import org.jabr.rules.Moment;
import org.jabr.rules.RuleRef;
import org.jabr.rules.Rulebook;
import org.jabr.rules.RulebookCompiler;
import org.jabr.rules.Scenario;
import org.jabr.rules.Scenarios;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CompilerTests {

    private static final String RESOLVE = "rules/resolve.dmn";
    private static final String EXCEED = "rules/exceed.dmn";
    private static final String GUARDRAILS = "rules/guardrails.drl";

    private final DroolsRulebookCompiler compiler = new DroolsRulebookCompiler();

    @Test
    void findsNothingInTheDefaultRelease() {
        assertThat(DefaultRelease.findings()).isEmpty();
    }

    static Stream<Arguments> brokenFiles() {
        return Stream.of(
                broken("RULE-001", EXCEED, text -> text.substring(0, text.length() / 2)),
                broken("RULE-001", EXCEED, text -> ""),
                broken(
                        "RULE-001",
                        EXCEED,
                        text -> text.replace("?>\n<def", "?>\n<!DOCTYPE x [<!ENTITY a \"b\">]>\n<def")),
                broken("RULE-002", EXCEED, text -> text.replace("20191111/MODEL", "20230324/MODEL")),
                broken(
                        "RULE-002",
                        EXCEED,
                        text -> text.replace(
                                "  <dmndi:DMNDI>", "  <businessKnowledgeModel id=\"k\" name=\"k\"/>\n  <dmndi:DMNDI>")),
                broken("RULE-003", EXCEED, text -> text.replace("hitPolicy=\"COLLECT\"", "hitPolicy=\"SOMETIMES\"")),
                broken("RULE-004", EXCEED, text -> text.replace("<rule id=\"card-for-all\">", "<rule>")),
                broken(
                        "RULE-005",
                        RESOLVE,
                        text -> text.replace("<rule id=\"apology-floor\">", "<rule id=\"card-for-all\">")),
                broken("RULE-006", EXCEED, text -> text.replace("<text>silent</text>", "<text>gender</text>")),
                broken("RULE-006", EXCEED, text -> text.replace("<text>15</text>", "<text>gender * 2</text>")),
                broken("RULE-007", EXCEED, text -> text.replace("<text>\"CARD\"</text>", "<text></text>")),
                broken("RULE-007", EXCEED, text -> text.replaceFirst("<text>-</text>", "<text> </text>")),
                broken("RULE-008", EXCEED, text -> text.replace("<text>15</text>", "<text>\"fifteen\"</text>")),
                broken("RULE-008", EXCEED, text -> text.replaceFirst("<text>&gt;= 2</text>", "<text>\"two\"</text>")),
                broken(
                        "RULE-008",
                        EXCEED,
                        text -> text.replaceFirst("<text>&gt;= 2</text>", "<text>&gt;&gt; 2</text>")),
                broken("RULE-008", EXCEED, text -> text.replace("<text>\"SILVER\"</text>", "<text>\"SLIVER\"</text>")),
                broken("RULE-008", EXCEED, text -> text.replace("<text>\"UPGRADE\"</text>", "<text>\"YACHT\"</text>")),
                broken(
                        "RULE-009",
                        EXCEED,
                        text -> text.replace(
                                "<text>15</text>",
                                "<text>function(x) external {java: {class: \"java.lang.System\", method signature: \"exit(int)\"}}</text>")),
                broken(
                        "RULE-009",
                        EXCEED,
                        text -> text.replace("<text>15</text>", "<text>sum(for i in 1..999999999 return i)</text>")),
                broken(
                        "RULE-029",
                        EXCEED,
                        text -> text.replace(
                                "<text>15</text>", "<text>" + "(".repeat(300) + "1" + ")".repeat(300) + "</text>")),
                broken("RULE-013", EXCEED, text -> text.replace("<text>15</text>", "<text>daysOpen</text>")),
                broken(
                        "RULE-014",
                        EXCEED,
                        text -> text.replace(
                                "<variable id=\"exceed-variable\" name=\"exceed\"",
                                "<variable id=\"exceed-variable\" name=\"other\"")),
                broken(
                        "RULE-017",
                        "rules/route.dmn",
                        text -> text.replaceFirst("hitPolicy=\"FIRST\"", "hitPolicy=\"COLLECT\"")),
                broken(
                        "RULE-018",
                        EXCEED,
                        text -> text.replaceFirst(
                                "typeRef=\"boolean\">\n          <text>silent",
                                "typeRef=\"string\">\n          <text>silent")),
                broken(
                        "RULE-016",
                        "rules/tables/currency.dmn",
                        text -> text.replace("<text>150</text>", "<text>0</text>")),
                broken("RULE-015", "rules/Not A Moment.dmn", text -> DefaultRelease.files()
                        .get("rules/satisfaction.dmn")
                        .replace("satisf", "happin")),
                broken("RULE-020", GUARDRAILS, text -> text + "\nrule \"half"),
                broken("RULE-021", GUARDRAILS, text -> text.replace("objections.note($remedy);", "System.exit(1);")),
                broken(
                        "RULE-021",
                        GUARDRAILS,
                        text -> text.replace("objections.note($remedy);", "objections.note($remedy); while (true) {}")),
                broken(
                        "RULE-021",
                        GUARDRAILS,
                        text -> text.replace(
                                "import org.jabr.rules.InTurn",
                                "import org.jabr.rules.InTurn\nimport java.lang.Runtime")),
                broken(
                        "RULE-021",
                        GUARDRAILS,
                        text -> text.replace("global org", "global java.util.List other\nglobal org")),
                broken("RULE-021", GUARDRAILS, text -> text + "\nfunction void f() { System.exit(1); }"),
                broken("RULE-021", GUARDRAILS, text -> text + "\nquery \"q\" Failure() end"),
                broken("RULE-021", GUARDRAILS, text -> text + "\ndeclare Mine name : String end"),
                broken("RULE-021", GUARDRAILS, text -> text.replace("Means(itemInStock == false)", "eval(true)")),
                broken("RULE-021", GUARDRAILS, text -> text.replace("itemInStock == false", "System.exit(1) == null")),
                broken("RULE-021", GUARDRAILS, text -> text.replace("itemInStock == false", "getClass() != null")),
                broken(
                        "RULE-021",
                        GUARDRAILS,
                        text -> text.replace("causedBy == \"CUSTOMER\"", "causedBy.getClass().forName(\"x\") != null")),
                broken(
                        "RULE-021",
                        GUARDRAILS,
                        text -> text.replace("causedBy == \"CUSTOMER\"", "causedBy matches \"(a+)+b\"")),
                broken("RULE-021", GUARDRAILS, text -> text.replaceFirst("\nwhen", "\n    salience 10\nwhen")),
                broken(
                        "RULE-021",
                        GUARDRAILS,
                        text -> text.replace("Means(deciderRelated)", "Means(deciderRelated) from objections")),
                broken("RULE-021", GUARDRAILS, text -> text.replace("Means(deciderRelated)", "java.lang.String()")),
                broken(
                        "RULE-021",
                        GUARDRAILS,
                        text -> text.replace("Means(deciderRelated)", "exists Means(deciderRelated)")),
                broken(
                        "RULE-021",
                        GUARDRAILS,
                        text -> text.replace("causedBy == \"CUSTOMER\"", "causedBy == \"\\u0041\"")),
                broken("RULE-005", GUARDRAILS, text -> text.replace("rule \"self-grant\"", "rule \"below-floor\"")),
                broken("RULE-010", GUARDRAILS, text -> text.replace("deciderRelated)", "deciderRelated > \"x\")")));
    }

    private static Arguments broken(String code, String path, UnaryOperator<String> change) {
        return Arguments.of(code, path, change);
    }

    @ParameterizedTest(name = "{0} in {1} [{index}]")
    @MethodSource("brokenFiles")
    void tellsWhatIsWrong(String code, String path, UnaryOperator<String> change) {
        Map<String, String> files = new HashMap<>(DefaultRelease.files());
        String before = files.getOrDefault(path, "");
        String after = change.apply(before);
        assertThat(after).isNotEqualTo(before);
        files.put(path, after);
        RulebookCompiler.Compilation compilation = compiler.compile("broken", files);
        assertThat(compilation.rulebook()).isNull();
        assertThat(compilation.findings()).anySatisfy(finding -> {
            assertThat(finding.code()).isEqualTo(code);
            assertThat(finding.blocking()).isTrue();
            assertThat(finding.file()).isEqualTo(path);
        });
    }

    @Test
    void missesWhatEveryReleaseNeeds() {
        Map<String, String> files = new HashMap<>(DefaultRelease.files());
        files.remove("rules/tables/currency.dmn");
        files.remove(GUARDRAILS);
        assertThat(compiler.compile("without", files).findings())
                .extracting(Finding::code)
                .contains("RULE-011");
    }

    @Test
    void sparesAReleaseWhoseGuardrailsLackTheirWords() {
        Map<String, String> files = new HashMap<>(DefaultRelease.files());
        files.computeIfPresent(GUARDRAILS, (path, text) -> text.replaceFirst("    @ar\\(.*\\)\n", ""));
        RulebookCompiler.Compilation compilation = compiler.compile("wordless", files);
        assertThat(compilation.findings())
                .containsExactly(
                        new Finding("RULE-022", false, GUARDRAILS, "statutory-stays", List.of("statutory-stays")));
        assertThat(compilation.rulebook()).isNotNull();
    }

    @Test
    void takesANewTypeCurrencyRemedyAndMomentFromFilesAlone() {
        Map<String, String> files = new HashMap<>(DefaultRelease.files());
        files.computeIfPresent("rules/tables/failure-types.dmn", (path, text) -> repeat(text, "other")
                .replace("id=\"other-2", "id=\"bad-smell")
                .replaceFirst("(?s)(<rule id=\"bad-smell\">.*?)\"OTHER\"(.*?)\"CARE\"", "$1\"BAD_SMELL\"$2\"MONEY\""));
        files.computeIfPresent("rules/tables/currency.dmn", (path, text) -> repeat(text, "currency-usd")
                .replace("id=\"currency-usd-2", "id=\"currency-bhd")
                .replaceFirst(
                        "(?s)(<rule id=\"currency-bhd\">.*?)\"USD\"(.*?)<text>1</text>(.*?)<text>2</text>",
                        "$1\"BHD\"$2<text>0.38</text>$3<text>3</text>"));
        files.computeIfPresent("rules/tables/remedies.dmn", (path, text) -> repeat(text, "remedy-card")
                .replace("id=\"remedy-card-2", "id=\"remedy-flowers")
                .replaceFirst("(?s)(<rule id=\"remedy-flowers\">.*?)\"CARD\"", "$1\"FLOWERS\""));
        files.computeIfPresent(EXCEED, (path, text) -> repeat(text, "card-for-all")
                .replace("id=\"card-for-all-2", "id=\"flowers-for-all")
                .replaceFirst("(?s)(<rule id=\"flowers-for-all\">.*?)\"CARD\"", "$1\"FLOWERS\""));
        files.put(
                "rules/celebrate.dmn",
                files.get("rules/satisfaction.dmn")
                        .replace("satisfied-", "celebrated-")
                        .replace("satisfaction", "celebrate"));
        RulebookCompiler.Compilation compilation = compiler.compile("grown", files);
        assertThat(compilation.findings()).isEmpty();
        Rulebook rulebook = compilation.rulebook();
        CaseFacts facts = new Scenarios(DefaultRelease.baseCase())
                .facts(
                        new Scenario("", "", "", "type BAD_SMELL; currency BHD; loss 12.345; severity 2", "", ""),
                        rulebook);
        assertThat(outcome(rulebook.decide(Moment.RESOLVE, facts))).contains("REFUND 12.345 GRANT");
        assertThat(outcome(rulebook.decide(Moment.EXCEED, facts))).contains("FLOWERS GRANT");
        assertThat(rulebook.decide(new Moment("celebrate"), facts).setting("satisfied"))
                .isPresent();
    }

    @Test
    void takesANewColumnOverAnExistingFact() {
        Map<String, String> files = new HashMap<>(DefaultRelease.files());
        files.computeIfPresent(
                EXCEED,
                (path, text) -> text.replace(
                                "  <decision id=\"exceed\"",
                                "  <inputData id=\"input-tenureDays\" name=\"tenureDays\"><variable id=\"tv\" name=\"tenureDays\" typeRef=\"number\"/></inputData>\n  <decision id=\"exceed\"")
                        .replaceFirst(
                                "    <informationRequirement",
                                "    <informationRequirement id=\"needs-tenure\"><requiredInput href=\"#input-tenureDays\"/></informationRequirement>\n    <informationRequirement")
                        .replaceFirst(
                                "      <output ",
                                "      <input id=\"tenure\" label=\"Days\"><inputExpression id=\"te\" typeRef=\"number\"><text>tenureDays</text></inputExpression></input>\n      <output ")
                        .replaceAll(
                                "        <outputEntry id=\"([a-z0-9-]+)-out-remedy\">",
                                "        <inputEntry id=\"$1-tenure\"><text>&gt; 400</text></inputEntry>\n        <outputEntry id=\"$1-out-remedy\">"));
        RulebookCompiler.Compilation compilation = compiler.compile("wider", files);
        assertThat(compilation.findings()).isEmpty();
        Scenarios scenarios = new Scenarios(DefaultRelease.baseCase());
        Rulebook rulebook = compilation.rulebook();
        CaseFacts early = scenarios.facts(new Scenario("", "", "", "severity 2", "", ""), rulebook);
        CaseFacts late = scenarios.facts(new Scenario("", "", "", "severity 2; tenureDays 401", "", ""), rulebook);
        assertThat(rulebook.decide(Moment.EXCEED, early).outcome()).isEmpty();
        assertThat(outcome(rulebook.decide(Moment.EXCEED, late))).contains("CARD GRANT");
    }

    @Test
    void stopsWhereNoRowOrMoreThanTheOneRowMatches() {
        Map<String, String> files = new HashMap<>(DefaultRelease.files());
        files.computeIfPresent(
                "rules/route.dmn",
                (path, text) -> text.replaceFirst("(?s)      <rule id=\"owner-any\">.*?</rule>\n", ""));
        files.computeIfPresent("rules/service-level.dmn", (path, text) -> repeat(text, "resolve-2"));
        Rulebook rulebook = compiler.compile("gap", files).rulebook();
        CaseFacts facts = rulebook.read(DefaultRelease.baseCase());
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> rulebook.decide(Moment.ROUTE, facts))
                .isInstanceOf(org.jabr.rules.DecisionFailed.class)
                .hasMessageContaining("route-owner");
        CaseFacts light = new Scenarios(DefaultRelease.baseCase())
                .facts(new Scenario("", "", "", "severity 2", "", ""), rulebook);
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> rulebook.decide(Moment.SERVICE_LEVEL, light))
                .isInstanceOf(org.jabr.rules.DecisionFailed.class);
        assertThat(rulebook.decide(Moment.RESOLVE, light).outcome()).isNotEmpty();
    }

    @Test
    void keepsTwoReleasesApart() {
        Map<String, String> files = new HashMap<>(DefaultRelease.files());
        files.computeIfPresent(
                RESOLVE,
                (path, text) -> text.replaceFirst(
                        "(?s)(<rule id=\"part-refund-low\">.*?)<text>20</text>", "$1<text>25</text>"));
        Rulebook changed = compiler.compile("changed", files).rulebook();
        CaseFacts facts = changed.read(DefaultRelease.baseCase());
        assertThat(outcome(changed.decide(Moment.RESOLVE, facts))).contains("REFUND 10.00 GRANT");
        assertThat(outcome(DefaultRelease.rulebook().decide(Moment.RESOLVE, facts)))
                .contains("REFUND 8.00 GRANT");
        changed.close();
        assertThat(outcome(DefaultRelease.rulebook().decide(Moment.RESOLVE, facts)))
                .contains("REFUND 8.00 GRANT");
    }

    @Test
    void explainsEveryRuleInBothLanguages() {
        Rulebook rulebook = DefaultRelease.rulebook();
        for (RuleRef rule : rulebook.rules()) {
            for (String language : List.of("en", "ar")) {
                var words = rulebook.explain(rule, java.util.Locale.forLanguageTag(language));
                assertThat(words.when()).isNotBlank();
                assertThat(words.then()).isNotBlank();
                assertThat(words.when() + words.then() + words.why())
                        .as(rule.id())
                        .doesNotContain("|")
                        .doesNotContainPattern("\\b[A-Z]{2,}_[A-Z]{2,}\\b");
                if (language.equals("ar")) {
                    assertThat(words.table()).as(rule.id()).matches(".*\\p{IsArabic}.*");
                    assertThat(words.when()).as(rule.id()).matches("(?s).*\\p{IsArabic}.*");
                }
            }
        }
    }

    @Test
    void saysWhenWhatAndWhy() {
        Rulebook rulebook = DefaultRelease.rulebook();
        var english = rulebook.explain(new RuleRef("part-refund-mid-loyal"), java.util.Locale.ENGLISH);
        assertThat(english.when())
                .isEqualTo(
                        "when fitting remedy is Part of the price and severity is 3 and value tier is one of Gold, Platinum");
        assertThat(english.then()).isEqualTo("Refund, 60 % of the loss");
        assertThat(english.why()).isEqualTo("above the floor");
        var arabic = rulebook.explain(new RuleRef("part-refund-mid-loyal"), java.util.Locale.forLanguageTag("ar"));
        assertThat(arabic.when())
                .isEqualTo("عندما: التعويض المناسب جزء من السعر، والشدة 3، وفئة القيمة ذهبية أو بلاتينية");
        assertThat(arabic.then()).isEqualTo("استرداد المبلغ، 60 % من الخسارة");
    }

    @Test
    void decidesTheSameInManyThreadsAtOnce() throws Exception {
        Rulebook rulebook = DefaultRelease.rulebook();
        RandomCases cases = new RandomCases(7);
        List<CaseFacts> facts =
                Stream.generate(cases::next).limit(50).map(rulebook::read).toList();
        List<Decision> alone =
                facts.stream().map(f -> rulebook.decide(Moment.RESOLVE, f)).toList();
        var pool = java.util.concurrent.Executors.newFixedThreadPool(4);
        try {
            List<java.util.concurrent.Callable<List<Decision>>> tasks =
                    java.util.Collections.nCopies(8, () -> facts.stream()
                            .map(f -> rulebook.decide(Moment.RESOLVE, f))
                            .toList());
            for (var together : pool.invokeAll(tasks)) {
                assertThat(together.get()).isEqualTo(alone);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private static String repeat(String text, String rule) {
        int start = text.indexOf("      <rule id=\"" + rule + "\">");
        int end = text.indexOf("</rule>\n", start) + "</rule>\n".length();
        String copy = text.substring(start, end).replace("id=\"" + rule, "id=\"" + rule + "-2");
        return text.substring(0, end) + copy + text.substring(end);
    }

    private static List<String> outcome(Decision decision) {
        return decision.outcome().stream().map(Scenarios::text).toList();
    }
}
