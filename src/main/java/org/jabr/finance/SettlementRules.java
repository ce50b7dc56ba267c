package org.jabr.finance;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.jabr.releases.Check;
import org.jabr.releases.Releases;
import org.jabr.releases.RuleSheet;
import org.jabr.rules.Authority;
import org.jabr.rules.Finding;
import org.springframework.stereotype.Component;

/** What the live release says about settlements: {@code rules/settlement.csv}. Without it nothing is compared. */
@Component
class SettlementRules implements Check {

    static final RuleSheet SHEET = new RuleSheet("rules/settlement.csv", "SETTLEMENT", List.of("setting", "value"));

    private static final List<String> SETTINGS = List.of(
            "kinds",
            "since",
            "placed-days",
            "executed-days",
            "settled-days",
            "most-lines",
            "ceiling-units",
            "most-open",
            "queue",
            "authority",
            "due-days");
    private static final Set<String> KINDS = Set.of("REFUND", "CREDIT", "REPLACEMENT", "GIFT", "UPGRADE");

    private final Releases releases;

    SettlementRules(Releases releases) {
        this.releases = releases;
    }

    Optional<SettlementTerms> terms() {
        return SHEET.live(releases).map(SettlementRules::terms);
    }

    private static SettlementTerms terms(List<RuleSheet.Line> lines) {
        Map<String, String> values = new HashMap<>();
        lines.forEach(line -> values.put(line.text("setting"), line.text("value")));
        return new SettlementTerms(
                RuleSheet.words(value(values, "kinds")),
                LocalDate.parse(value(values, "since")),
                number(values, "placed-days"),
                number(values, "executed-days"),
                number(values, "settled-days"),
                number(values, "most-lines"),
                new BigDecimal(value(values, "ceiling-units")),
                number(values, "most-open"),
                value(values, "queue"),
                Authority.valueOf(value(values, "authority")),
                number(values, "due-days"));
    }

    private static String value(Map<String, String> values, String setting) {
        return values.getOrDefault(setting, "");
    }

    private static int number(Map<String, String> values, String setting) {
        return Integer.parseInt(value(values, setting));
    }

    @Override
    public List<Finding> check(SortedMap<String, String> files) {
        return SHEET.check(files, SettlementRules::findings);
    }

    private static List<Finding> findings(List<RuleSheet.Line> lines) {
        List<Finding> findings = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (RuleSheet.Line line : lines) {
            String setting = line.text("setting");
            String value = line.text("value");
            if (!SETTINGS.contains(setting) || !seen.add(setting)) {
                findings.add(SHEET.finding("003", line, RuleSheet.shown(setting)));
            } else if (!valid(setting, value)) {
                findings.add(SHEET.finding("002", line, setting, RuleSheet.shown(value)));
            }
        }
        SETTINGS.stream()
                .filter(setting -> !seen.contains(setting))
                .forEach(missing ->
                        findings.add(new Finding("SETTLEMENT-004", true, SHEET.file(), "", List.of(missing))));
        return findings;
    }

    private static boolean valid(String setting, String value) {
        return switch (setting) {
            case "kinds" -> !RuleSheet.words(value).isEmpty() && KINDS.containsAll(RuleSheet.words(value));
            case "since" -> isDay(value);
            case "most-lines", "most-open" -> value.matches("[1-9]\\d{0,5}");
            case "ceiling-units" -> value.matches("[1-9]\\d{0,8}");
            case "queue" -> value.matches("[A-Z][A-Z0-9_]{0,39}");
            case "authority" -> Set.of("SUPERVISOR", "MANAGER").contains(value);
            default -> value.matches("\\d{1,3}");
        };
    }

    private static boolean isDay(String value) {
        try {
            LocalDate.parse(value);
            return true;
        } catch (DateTimeException none) {
            return false;
        }
    }
}
