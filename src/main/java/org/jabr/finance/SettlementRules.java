package org.jabr.finance;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.jabr.releases.Check;
import org.jabr.releases.Releases;
import org.jabr.rules.Authority;
import org.jabr.rules.Finding;
import org.springframework.stereotype.Component;

/** What the live release says about settlements: {@code rules/settlement.csv}. Without it nothing is compared. */
@Component
class SettlementRules implements Check {

    static final String FILE = "rules/settlement.csv";

    private static final List<String> COLUMNS = List.of("setting", "value");
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
        return releases.findLive()
                .flatMap(live -> releases.file(live.id(), FILE))
                .map(text -> FinanceFile.read(text, COLUMNS))
                .map(SettlementRules::terms);
    }

    private static SettlementTerms terms(List<Map<String, String>> lines) {
        Map<String, String> values = new HashMap<>();
        lines.forEach(line -> values.put(FinanceFile.cell(line, "setting"), FinanceFile.cell(line, "value")));
        return new SettlementTerms(
                words(FinanceFile.cell(values, "kinds")),
                LocalDate.parse(FinanceFile.cell(values, "since")),
                number(values, "placed-days"),
                number(values, "executed-days"),
                number(values, "settled-days"),
                number(values, "most-lines"),
                new BigDecimal(FinanceFile.cell(values, "ceiling-units")),
                number(values, "most-open"),
                FinanceFile.cell(values, "queue"),
                Authority.valueOf(FinanceFile.cell(values, "authority")),
                number(values, "due-days"));
    }

    private static int number(Map<String, String> values, String setting) {
        return Integer.parseInt(FinanceFile.cell(values, setting));
    }

    @Override
    public List<Finding> check(SortedMap<String, String> files) {
        String text = files.get(FILE);
        if (text == null) {
            return List.of();
        }
        List<Map<String, String>> lines = FinanceFile.read(text, COLUMNS);
        if (lines == null) {
            return List.of(new Finding("SETTLEMENT-001", true, FILE, "1", List.of(String.join(", ", COLUMNS))));
        }
        List<Finding> findings = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = String.valueOf(i + 2);
            String setting = FinanceFile.cell(lines.get(i), "setting");
            String value = FinanceFile.cell(lines.get(i), "value");
            if (!SETTINGS.contains(setting) || !seen.add(setting)) {
                findings.add(new Finding("SETTLEMENT-003", true, FILE, line, List.of(FinanceFile.shown(setting))));
            } else if (!valid(setting, value)) {
                findings.add(
                        new Finding("SETTLEMENT-002", true, FILE, line, List.of(setting, FinanceFile.shown(value))));
            }
        }
        SETTINGS.stream()
                .filter(setting -> !seen.contains(setting))
                .forEach(missing -> findings.add(new Finding("SETTLEMENT-004", true, FILE, "", List.of(missing))));
        return findings;
    }

    private static boolean valid(String setting, String value) {
        return switch (setting) {
            case "kinds" -> !words(value).isEmpty() && KINDS.containsAll(words(value));
            case "since" -> isDay(value);
            case "most-lines", "most-open" -> value.matches("[1-9]\\d{0,5}");
            case "ceiling-units" -> value.matches("[1-9]\\d{0,8}");
            case "queue" -> value.matches("([A-Z][A-Z0-9_]{0,39})?");
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

    private static Set<String> words(String value) {
        return Arrays.stream(value.split("[ ;]"))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }
}
