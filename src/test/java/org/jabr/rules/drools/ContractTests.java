package org.jabr.rules.drools;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jabr.rules.Finding;
import org.jabr.rules.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ContractTests {

    private static final String EXCEED = "rules/exceed.dmn";
    private static final String RESOLVE = "rules/resolve.dmn";
    private static final String GUARDRAILS = "rules/guardrails.drl";
    private static final String HEADER = "id,title-en,title-ar,law,moment,what,by,given,limit\n";

    private final DroolsRuleInspector inspector = new DroolsRuleInspector();

    @Test
    void keepsAllLawsInTheDefaultRelease() {
        assertThat(inspector.contracts(DefaultRelease.files(), Progress.NONE)).isEmpty();
        assertThat(Contract.read(DefaultRelease.files().get(Contract.FILE)).contracts())
                .hasSizeGreaterThan(20);
    }

    static Stream<Arguments> violations() {
        return Stream.of(
                broken("tier-never-less", "tier GOLD", EXCEED, row("credit-gold", "<text>8<", "<text>3<")),
                broken(
                        "loss-never-less",
                        "loss",
                        RESOLVE,
                        row(
                                "part-refund-low",
                                "in-loss\">\n          <text>-<",
                                "in-loss\">\n          <text>&lt; 100<")),
                broken(
                        "floor-for-all-tier",
                        "tier",
                        RESOLVE,
                        row(
                                "part-refund-mid-loyal",
                                "out-floor\">\n          <text>false<",
                                "out-floor\">\n          <text>true<")),
                broken("part-refund-floor", "REFUND", RESOLVE, row("part-refund-low", "<text>20<", "<text>19<")),
                broken("severity-never-less", "severity", RESOLVE, row("part-refund-mid", "<text>50<", "<text>15<")),
                broken(
                        "tier-never-slower",
                        "personWithinMinutes",
                        "rules/acknowledge.dmn",
                        row("within-3-priority", "<text>30<", "<text>61<")),
                broken(
                        "ceiling",
                        "GRANT",
                        GUARDRAILS,
                        text -> text.replace("percentOfLoss(150)", "percentOfLoss(1500)")),
                broken(
                        "refund-within-loss",
                        "REFUND",
                        GUARDRAILS,
                        text -> text.replace(
                                "remedy == \"REFUND\", amount != null, amount > leftOf",
                                "remedy == \"GIFT\", amount != null, amount > leftOf")),
                broken(
                        "statutory-always",
                        "STATUTORY_CREDIT",
                        GUARDRAILS,
                        text -> text.replace(
                                "Proposed(!statutory, remedy in (\"GIFT\", \"UPGRADE\"))",
                                "Proposed(remedy in (\"GIFT\", \"UPGRADE\", \"STATUTORY_CREDIT\"))")),
                broken("appeal-notice", "resolve", RESOLVE, row("statutory-appeal-notice", "\"FINANCE_US\", ", "")),
                broken("own-fault-no-card", "CARD", GUARDRAILS, text -> text.replace(" || remedy == \"CARD\"", "")),
                broken(
                        "one-message",
                        "STATUS_UPDATE",
                        GUARDRAILS,
                        text -> text.replace("proposed contains \"EXPLANATION\" ||", "")),
                broken(
                        "four-eyes-goodwill",
                        "CREDIT",
                        GUARDRAILS,
                        text -> text.replace(
                                "remedyClass in (\"RESTITUTION\", \"GOODWILL\")", "remedyClass == \"RESTITUTION\"")),
                broken(
                        "conduct-no-punishment",
                        "conduct",
                        RESOLVE,
                        row(
                                "part-refund-low",
                                "in-conduct\">\n          <text>-<",
                                "in-conduct\">\n          <text>\"NORMAL\"<")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("violations")
    void showsACaseThatBreaksALaw(String law, String told, String path, UnaryOperator<String> change) {
        Map<String, String> files = only(law);
        files.computeIfPresent(path, (same, text) -> change.apply(text));
        assertThat(files.get(path)).isNotEqualTo(DefaultRelease.files().get(path));
        List<Finding> findings = inspector.contracts(files, Progress.NONE);
        assertThat(findings).isNotEmpty().allSatisfy(finding -> {
            assertThat(finding.code()).as("%s", finding).isEqualTo("CONTRACT-001");
            assertThat(finding.blocking()).isTrue();
            assertThat(finding.place()).isEqualTo(law);
            assertThat(finding.values().toString()).contains(told);
            assertThat(finding.witness().size()).as("%s", finding).isLessThan(6);
        });
    }

    @Test
    void tellsTheCounterExampleWithBothSides() {
        Map<String, String> files = only("tier-never-less");
        files.computeIfPresent(EXCEED, (path, text) -> row("credit-gold", "<text>8<", "<text>3<")
                .apply(text));
        assertThat(inspector.contracts(files, Progress.NONE)).singleElement().satisfies(finding -> {
            assertThat(finding.values().get(1)).isEqualTo("exceed");
            assertThat(finding.values().get(2).toString())
                    .contains("tier SILVER: CREDIT 2.00")
                    .contains("tier GOLD: CREDIT 1.20");
            assertThat(finding.witness()).containsEntry("tier", "GOLD");
        });
    }

    @Test
    void namesTheLineOfALawThatCannotBeUnderstood() {
        Map<String, String> files = new HashMap<>(DefaultRelease.files());
        files.put(Contract.FILE, HEADER + """
                a,A,أ,sometimes,resolve,REFUND,,,
                b,B,ب,always,resolve,REFUND,,colour RED,
                c,C,ج,monotone,resolve,offer,tier,,sideways
                d,D,د,always,celebrate,APOLOGY,,,
                e,E,هـ,always,resolve,FLOWERS,,,
                f,F,و,always,resolve,APOLOGY,,tier DIAMOND,
                g,G,ز,floor,resolve,REFUND,,,much
                h,H,ح,always,resolve,APOLOGY,,type not CUSTOMER_CONDUCT,
                """);
        assertThat(inspector.contracts(files, Progress.NONE))
                .allSatisfy(finding -> {
                    assertThat(finding.code()).isEqualTo("CONTRACT-002");
                    assertThat(finding.blocking()).isTrue();
                    assertThat(finding.file()).isEqualTo(Contract.FILE);
                })
                .extracting(finding -> finding.place() + " " + finding.values().get(0) + " "
                        + finding.values().get(1))
                .containsExactlyInAnyOrder(
                        "a 2 sometimes",
                        "b 3 colour RED",
                        "c 4 limit sideways",
                        "g 8 limit much",
                        "d 5 celebrate",
                        "e 6 FLOWERS",
                        "f 7 tier");
        files.put(Contract.FILE, "id,law\nx,always\n");
        assertThat(inspector.contracts(files, Progress.NONE))
                .extracting(Finding::code)
                .containsExactly("CONTRACT-002");
        files.remove(Contract.FILE);
        assertThat(inspector.contracts(files, Progress.NONE))
                .extracting(Finding::code)
                .containsExactly("CONTRACT-004");
    }

    @Test
    void saysWhichCasesCannotBeDecided() {
        Map<String, String> files = only("own-fault-no-card");
        files.computeIfPresent("rules/tables/authority.dmn", (path, text) -> text.replaceFirst(
                        "(?s)      <rule id=\"goodwill-rules\">.*?</rule>\n", "")
                .replaceFirst("(?s)      <rule id=\"window-rules\">.*?</rule>\n", ""));
        files.put(Contract.FILE, HEADER + "a,A,أ,never,resolve,CARD,,,\n");
        assertThat(inspector.contracts(files, Progress.NONE)).anySatisfy(finding -> {
            assertThat(finding.code()).isEqualTo("CONTRACT-003");
            assertThat(finding.witness()).isNotEmpty();
        });
    }

    @Test
    void bringsEveryTwoChoicesTogether() {
        int[] sizes = {3, 1, 5, 2, 4, 4};
        Set<String> pairs = new HashSet<>();
        List<int[]> rows = PairwiseCases.of(sizes);
        for (int[] row : rows) {
            for (int i = 0; i < sizes.length; i++) {
                for (int j = i + 1; j < sizes.length; j++) {
                    pairs.add(i + "=" + row[i] + " " + j + "=" + row[j]);
                }
            }
        }
        int all = 0;
        for (int i = 0; i < sizes.length; i++) {
            for (int j = i + 1; j < sizes.length; j++) {
                all += sizes[i] * sizes[j];
            }
        }
        assertThat(pairs).hasSize(all);
        assertThat(rows).hasSizeLessThan(40);
    }

    private static Map<String, String> only(String law) {
        Map<String, String> files = new HashMap<>(DefaultRelease.files());
        files.computeIfPresent(Contract.FILE, (path, text) -> text.lines()
                .filter(line -> line.startsWith("id,") || line.startsWith(law + ","))
                .collect(Collectors.joining("\n", "", "\n")));
        return files;
    }

    private static UnaryOperator<String> row(String row, String was, String now) {
        return text -> {
            int start = text.indexOf("<rule id=\"" + row + "\">");
            int end = text.indexOf("</rule>", start);
            String cells = text.substring(start, end);
            int at = cells.lastIndexOf(was);
            return at < 0
                    ? text
                    : text.substring(0, start)
                            + cells.substring(0, at)
                            + now
                            + cells.substring(at + was.length())
                            + text.substring(end);
        };
    }

    private static Arguments broken(String law, String told, String path, UnaryOperator<String> change) {
        return Arguments.of(law, told, path, change);
    }
}
