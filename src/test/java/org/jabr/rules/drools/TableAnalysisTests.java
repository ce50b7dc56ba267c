package org.jabr.rules.drools;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.jabr.rules.Finding;
import org.jabr.rules.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TableAnalysisTests {

    private static final ReleaseTables RELEASE =
            ReleaseReading.tables(DefaultRelease.files()).orElseThrow();
    private static final Domains DOMAINS = new Domains(RELEASE);
    private static final JointDomains JOINT = new JointDomains(RELEASE, DOMAINS);

    private final DroolsRuleInspector inspector = new DroolsRuleInspector();

    // ---------------------------------------------------------------- the rules that ship

    @Test
    void findsNothingInTheDefaultReleaseThatBlocks() {
        List<Finding> findings = inspector.tables(DefaultRelease.files(), Progress.NONE);
        assertThat(findings).noneMatch(Finding::blocking);
        assertThat(findings)
                .filteredOn(finding -> finding.code().equals("RULE-034"))
                .extracting(Finding::place)
                .contains("channel-private", "language-other")
                .doesNotContain("channel-default", "tier-gold");
        assertThat(findings)
                .filteredOn(finding -> finding.code().equals("RULE-038"))
                .extracting(Finding::place)
                .contains("deadline-boost")
                .doesNotContain("resolve", "authority");
    }

    @Test
    void showsWitnessesOfTheDefaultReleaseThatHoldInTheEngine() {
        Map<String, DmnFile.Decision> tables = new HashMap<>();
        RELEASE.files().forEach(file -> file.decisions().forEach(table -> {
            tables.put(table.id(), table);
            table.rows().forEach(row -> tables.put(row.id(), table));
        }));
        List<Finding> findings = inspector.tables(DefaultRelease.files(), Progress.NONE);
        Map<DmnFile.Decision, ProbeTable> probes = new HashMap<>();
        for (Finding finding : findings) {
            DmnFile.Decision table = tables.get(finding.place());
            holds(finding, probes.computeIfAbsent(table, ProbeTable::new));
        }
        assertThat(findings).hasSizeGreaterThan(20);
    }

    // ---------------------------------------------------------------- planted defects

    static Stream<Arguments> defects() {
        return Stream.of(
                planted("RULE-030", "service-level", "rules/service-level.dmn", without("resolve-3")),
                planted("RULE-030", "statutory-clock", "rules/service-level.dmn", replaced("\"GOODS\", ", "")),
                planted("RULE-030", "authority", "rules/tables/authority.dmn", without("restitution-supervisor")),
                planted("RULE-030", "route-owner", "rules/route.dmn", without("owner-any")),
                planted("RULE-031", "resolve-2", "rules/service-level.dmn", cell("resolve-3", "[2..3]")),
                planted("RULE-031", "level-2", "rules/tables/severity.dmn", replaced("&lt; 3", "&lt; 4")),
                planted("RULE-032", "queue-payments", "rules/route.dmn", moved("queue-general", "queue-payments")),
                planted(
                        "RULE-032",
                        "tier-gold",
                        "rules/intake.dmn",
                        replaced("&gt;= 95", "&gt;= 80", "&gt;= 365", "-")),
                planted("RULE-033", "card-for-all-2", "rules/exceed.dmn", doubled("card-for-all")),
                planted("RULE-033", "owner-same-2", "rules/route.dmn", doubled("owner-same")),
                planted(
                        "RULE-034",
                        "person-high-value",
                        "rules/acknowledge.dmn",
                        replaced(
                                "<text>\"GOLD\", \"PLATINUM\"</text>\n        </inputEntry>\n        <outputEntry id=\"person-high-value-out-mode\">\n          <text>\"PERSON\"",
                                "<text>\"GOLD\", \"PLATINUM\"</text>\n        </inputEntry>\n        <outputEntry id=\"person-high-value-out-mode\">\n          <text>\"AUTOMATIC\"")),
                planted("RULE-035", "boost-effort", "rules/service-level.dmn", replaced("[40..70)", "[140..170)")),
                planted(
                        "RULE-035",
                        "status-update-waiting",
                        "rules/resolve.dmn",
                        cell("status-update-waiting", "&lt; 0")),
                planted("RULE-036", "gift-gold", "rules/exceed.dmn", replaced("&gt;= 50", "&gt;= severity")),
                planted("RULE-038", "exceed", "rules/exceed.dmn", without("no-extra-routine")),
                planted("RULE-039", "gift-platinum", "rules/exceed.dmn", cell("gift-gold", "\"GOLD\", \"PLATINUM\"")),
                planted("RULE-040", "acknowledge-mode", "rules/acknowledge.dmn", replaced("[1..5]", "[1..4]")));
    }

    @ParameterizedTest(name = "{0} at {1} [{index}]")
    @MethodSource("defects")
    void findsAPlantedDefect(String code, String place, String path, UnaryOperator<String> change) {
        Map<String, String> files = new HashMap<>(DefaultRelease.files());
        files.computeIfPresent(path, (same, text) -> change.apply(text));
        assertThat(files.get(path)).isNotEqualTo(DefaultRelease.files().get(path));
        assertThat(inspector.tables(files, Progress.NONE))
                .filteredOn(finding ->
                        finding.code().equals(code) && finding.place().equals(place))
                .isNotEmpty()
                .allSatisfy(finding -> assertThat(finding.file()).isEqualTo(path));
    }

    @Test
    void blocksAGapThatStopsCasesAndSparesOneThatMayBeSilent() {
        Map<String, String> files = new HashMap<>(DefaultRelease.files());
        files.computeIfPresent(
                "rules/service-level.dmn", (path, text) -> without("resolve-3").apply(text));
        assertThat(inspector.tables(files, Progress.NONE))
                .filteredOn(Finding::blocking)
                .singleElement()
                .satisfies(gap -> {
                    assertThat(gap.code()).isEqualTo("RULE-030");
                    assertThat(gap.values()).containsExactly("service-level", "severity 3");
                    assertThat(gap.witness()).containsExactly(Map.entry("severity", new BigDecimal("3")));
                });
    }

    @Test
    void knowsThatTheCategoryFollowsFromTheType() {
        Map<String, String> files = new HashMap<>(DefaultRelease.files());
        files.computeIfPresent("rules/route.dmn", (path, text) -> without("queue-general")
                .apply(text)
                .replace("\"EMPLOYEE\", \"PROBLEM_CUSTOMER\"", "not(\"PRODUCT\")"));
        assertThat(inspector.tables(files, Progress.NONE))
                .filteredOn(finding -> finding.place().equals("route-queue"))
                .as("every product failure is named by its type, so nothing is left over")
                .isEmpty();
    }

    static Stream<Arguments> severities() {
        return Stream.of(
                Arguments.of("min(severityLevel + severityDoubleDeviation, 5)", true),
                Arguments.of("max(1, min(severityLevel * severityDoubleDeviation + 1, 5))", true),
                Arguments.of("if severityLevel = 3 then null else severityLevel", false),
                Arguments.of("min(severityLevel / severityDoubleDeviation, 5)", false),
                Arguments.of("min(severityLevel, severityPoints)", false),
                Arguments.of("min(severityLevel ** severityDoubleDeviation, 5)", false),
                Arguments.of("min(severityLevel + points, 5)", false));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("severities")
    void saysThatNoCaseLacksASeverityOnlyWhereEveryCaseIsGivenOne(String expression, boolean always) {
        List<Finding> findings = withARowForNoSeverity(text ->
                text.replace("<text>min(severityLevel + severityDoubleDeviation, 5)<", "<text>" + expression + "<"));
        assertThat(places(findings, "RULE-035").contains("resolve-2-2")).isEqualTo(always);
        assertThat(places(findings, "RULE-032", "RULE-033")).doesNotContain("resolve-2-2");
    }

    @Test
    void doesNotSayThatNoCaseLacksASeverityWhereATableMayGiveNone() {
        List<Finding> findings = withARowForNoSeverity(text -> {
            String changed = text.replaceFirst("(<outputEntry id=\"level-4-out-level\">\\s*<text>)4<", "$1null<");
            assertThat(changed).isNotEqualTo(text);
            return changed;
        });
        assertThat(places(findings, "RULE-035")).doesNotContain("resolve-2-2");
    }

    private List<Finding> withARowForNoSeverity(UnaryOperator<String> severity) {
        Map<String, String> files = new HashMap<>(DefaultRelease.files());
        files.computeIfPresent("rules/tables/severity.dmn", (path, text) -> severity.apply(text));
        files.computeIfPresent("rules/service-level.dmn", (path, text) -> cell("resolve-2-2", "null")
                .apply(doubled("resolve-2").apply(text)));
        return inspector.tables(files, Progress.NONE);
    }

    // ---------------------------------------------------------------- any table

    @Property(tries = 60, shrinking = ShrinkingMode.OFF)
    void saysOfAnyTableWhatTheEngineShowsAndLeavesNothingOut(@ForAll long seed) {
        DmnFile.Decision table = random(new Random(seed));
        DmnFile file = new DmnFile(
                "rules/probe.dmn",
                "n",
                "probe",
                table.inputs().stream().collect(Collectors.toMap(DmnFile.Column::name, DmnFile.Column::type)),
                List.of(table),
                "");
        List<Finding> findings = TableAnalysis.of(file, table, DOMAINS, JOINT);
        ProbeTable probe = new ProbeTable(table);
        findings.forEach(finding -> holds(finding, probe));
        BruteForce truth = new BruteForce(file, table, probe);
        assertThat(!places(findings, "RULE-030", "RULE-038").isEmpty())
                .as("gap in %s", table)
                .isEqualTo(truth.gap);
        Set<String> never = places(findings, "RULE-032", "RULE-035");
        if (table.hitPolicy().equals("FIRST")) {
            never.addAll(places(findings, "RULE-033"));
            assertThat(never).as("never selected in %s", table).isEqualTo(truth.neverSelected);
        }
        if (table.hitPolicy().equals("UNIQUE")) {
            assertThat(findings.stream()
                            .anyMatch(f -> Set.of("RULE-031", "RULE-033").contains(f.code())))
                    .as("overlap in %s", table)
                    .isEqualTo(truth.overlap);
        }
    }

    /** Every combination of values that any cell tells apart, asked of the engine. */
    private static final class BruteForce {
        private final Set<String> neverSelected = new TreeSet<>();
        private boolean gap;
        private boolean overlap;

        private BruteForce(DmnFile file, DmnFile.Decision table, ProbeTable probe) {
            table.rows().forEach(row -> neverSelected.add(row.id()));
            walk(file, table, probe, 0, new LinkedHashMap<>());
        }

        private void walk(
                DmnFile file, DmnFile.Decision table, ProbeTable probe, int column, Map<String, Object> seen) {
            if (column == table.inputs().size()) {
                List<String> matching = probe.matching(seen);
                gap |= matching.isEmpty();
                overlap |= matching.size() > 1;
                neverSelected.removeAll(matching.isEmpty() ? List.of() : matching.subList(0, 1));
                return;
            }
            DmnFile.Column input = table.inputs().get(column);
            for (Domain.Point point : DOMAINS.of(
                            file, input, TableTests.of(table).literals(column))
                    .points()) {
                // what these values show is all that there is only because each of them does occur and no other may
                assertThat(point.sureness()).as("%s", input.name()).isEqualTo(Domain.Sureness.SURE);
                seen.put(input.name(), point.value());
                walk(file, table, probe, column + 1, seen);
            }
        }
    }

    private static void holds(Finding finding, ProbeTable probe) {
        List<String> matching = probe.matching(finding.witness());
        switch (finding.code()) {
            case "RULE-030", "RULE-038" ->
                assertThat(matching).as("%s", finding).isEmpty();
            case "RULE-031", "RULE-039" ->
                assertThat(matching)
                        .as("%s", finding)
                        .contains(
                                finding.values().get(0).toString(),
                                finding.values().get(1).toString());
            case "RULE-032" -> {
                assertThat(matching).as("%s", finding).contains(finding.place());
                assertThat(probe.selected(finding.witness())).as("%s", finding).doesNotContain(finding.place());
            }
            case "RULE-033", "RULE-034" ->
                assertThat(matching).as("%s", finding).contains(finding.place());
            case "RULE-035" -> assertThat(finding.witness()).isEmpty();
            default -> assertThat(finding.code()).isIn("RULE-036", "RULE-040");
        }
    }

    private static Set<String> places(List<Finding> findings, String... codes) {
        return findings.stream()
                .filter(finding -> Set.of(codes).contains(finding.code()))
                .map(Finding::place)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    // ---------------------------------------------------------------- random tables

    private static final List<DmnFile.Column> COLUMNS = List.of(
            new DmnFile.Column("severity", "number", "", ""),
            new DmnFile.Column("durationDays", "number", "", ""),
            new DmnFile.Column("tier", "string", "", "\"NEW\", \"BRONZE\", \"SILVER\", \"GOLD\", \"PLATINUM\""),
            new DmnFile.Column("reopened", "boolean", "", ""),
            new DmnFile.Column("itemInStock", "boolean", "", ""),
            new DmnFile.Column("conduct", "string", "", ""),
            new DmnFile.Column("giftsInStock", "number", "", "[0..9]"));

    private static DmnFile.Decision random(Random random) {
        List<DmnFile.Column> columns = new ArrayList<>(COLUMNS);
        java.util.Collections.shuffle(columns, random);
        columns = columns.subList(0, 1 + random.nextInt(3));
        List<DmnFile.Row> rows = new ArrayList<>();
        for (int row = 1 + random.nextInt(5); row >= 0; row--) {
            List<String> cells =
                    columns.stream().map(column -> cell(column, random)).toList();
            rows.add(new DmnFile.Row("row-" + row, cells, List.of("\"" + (char) ('A' + random.nextInt(2)) + "\""), ""));
        }
        String policy =
                List.of("UNIQUE", "FIRST", "ANY", "COLLECT", "RULE ORDER").get(random.nextInt(5));
        return new DmnFile.Decision(
                "probe",
                "probe",
                "probe",
                "",
                policy,
                null,
                columns,
                List.of(new DmnFile.Column("remedy", "string", "", "")),
                rows,
                List.of(),
                columns.stream().map(DmnFile.Column::name).toList(),
                null);
    }

    private static String cell(DmnFile.Column column, Random random) {
        if (random.nextInt(3) == 0) {
            return "-";
        }
        String inner =
                switch (column.type()) {
                    case "boolean" -> random.nextInt(4) == 0 ? "null" : String.valueOf(random.nextBoolean());
                    case "number" -> number(random);
                    default -> text(column, random);
                };
        return random.nextInt(4) == 0 ? "not(" + inner + ")" : inner;
    }

    private static String number(Random random) {
        int low = random.nextInt(6);
        int high = low + random.nextInt(3);
        return switch (random.nextInt(8)) {
            case 0 -> "< " + low;
            case 1 -> "<= " + low;
            case 2 -> "> " + low;
            case 3 -> ">= " + low;
            case 4 -> low + ", " + high;
            case 5 -> "(" + low + ".." + high + "]";
            case 6 -> "[" + low + ".." + high + "), null";
            default -> String.valueOf(low);
        };
    }

    private static String text(DmnFile.Column column, Random random) {
        List<String> values = column.name().equals("tier")
                ? List.of("\"NEW\"", "\"BRONZE\"", "\"SILVER\"", "\"GOLD\"", "\"PLATINUM\"")
                : List.of("\"NORMAL\"", "\"DIFFICULT\"", "\"ABUSIVE\"");
        List<String> some = new ArrayList<>(values);
        java.util.Collections.shuffle(some, random);
        return String.join(", ", some.subList(0, 1 + random.nextInt(some.size() - 1)));
    }

    // ---------------------------------------------------------------- changes of a text

    private static Arguments planted(String code, String place, String path, UnaryOperator<String> change) {
        return Arguments.of(code, place, path, change);
    }

    private static UnaryOperator<String> without(String row) {
        return text -> text.replaceFirst("(?s)      <rule id=\"" + row + "\">.*?</rule>\n", "");
    }

    private static UnaryOperator<String> replaced(String... pairs) {
        return text -> {
            String changed = text;
            for (int i = 0; i < pairs.length; i += 2) {
                int at = changed.indexOf(pairs[i]);
                changed = at < 0
                        ? changed
                        : changed.substring(0, at) + pairs[i + 1] + changed.substring(at + pairs[i].length());
            }
            return changed;
        };
    }

    /** Replaces the first cell of a row that is not a dash. */
    private static UnaryOperator<String> cell(String row, String cell) {
        return text -> {
            int start = text.indexOf("<rule id=\"" + row + "\">");
            int end = text.indexOf("<outputEntry", start);
            String cells = text.substring(start, end);
            String[] parts = cells.split("(?<=<text>)(?!-)", 2);
            String changed = row.equals("gift-gold")
                    ? cells.replace("\"GOLD\"", cell)
                    : parts[0] + cell + parts[1].substring(parts[1].indexOf("</text>"));
            return text.substring(0, start) + changed + text.substring(end);
        };
    }

    private static UnaryOperator<String> doubled(String row) {
        return text -> {
            int start = text.indexOf("      <rule id=\"" + row + "\">");
            int end = text.indexOf("</rule>\n", start) + "</rule>\n".length();
            String copy = text.substring(start, end).replace("id=\"" + row, "id=\"" + row + "-2");
            return text.substring(0, end) + copy + text.substring(end);
        };
    }

    private static UnaryOperator<String> moved(String row, String before) {
        return text -> {
            int start = text.indexOf("      <rule id=\"" + row + "\">");
            int end = text.indexOf("</rule>\n", start) + "</rule>\n".length();
            String moved = text.substring(start, end);
            String rest = text.substring(0, start) + text.substring(end);
            int at = rest.indexOf("      <rule id=\"" + before + "\">");
            return rest.substring(0, at) + moved + rest.substring(at);
        };
    }
}
