package org.jabr.guard;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import org.jabr.releases.Check;
import org.jabr.releases.Releases;
import org.jabr.releases.RuleSheet;
import org.jabr.rules.Authority;
import org.jabr.rules.Finding;
import org.jabr.rules.Remedy;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** From where on giving and claiming is unusual: {@code rules/guard.csv} of the live release. Without it nobody looks. */
@Component
class GuardRules implements Check {

    static final RuleSheet SHEET = new RuleSheet(
            "rules/guard.csv",
            "GUARDS",
            List.of(
                    "finding",
                    "sign",
                    "counts",
                    "days",
                    "at-least",
                    "percent",
                    "units",
                    "near-percent",
                    "score",
                    "others",
                    "grow-percent",
                    "severity",
                    "work",
                    "needs",
                    "look-days"));
    private static final Set<String> BY_SIGN = Set.of("percent", "units", "near-percent", "score", "others");
    private static final String WORD = "[A-Za-z0-9][A-Za-z0-9_-]{0,59}";

    private final Releases releases;

    GuardRules(Releases releases) {
        this.releases = releases;
    }

    /** How much a finding weighs. */
    enum Severity {
        LOW,
        MEDIUM,
        HIGH
    }

    /**
     * From where on one sign makes a finding.
     *
     * @param name of the line
     * @param counts the classes of remedies that are looked at
     * @param days how long the window is that ends now
     * @param atLeast from how many cases, grants or approvals on anything is said
     * @param percent from which share on; of the sign what it is a share of
     * @param units the limit, in policy units
     * @param nearPercent from which part of the limit on an amount lies just below it
     * @param score from which distance on, in the robust statistic
     * @param others how many others there must be to compare with; of a shared contact how many there may be at most
     * @param growPercent how much a pattern that was judged must have grown before it is a finding again
     * @param work whether somebody is asked to look at it
     * @param needs who may judge it at least
     * @param lookDays within how many days somebody looks at it
     */
    record Row(
            String name,
            Sign sign,
            Set<String> counts,
            int days,
            int atLeast,
            BigDecimal percent,
            BigDecimal units,
            BigDecimal nearPercent,
            BigDecimal score,
            int others,
            int growPercent,
            Severity severity,
            boolean work,
            Authority needs,
            int lookDays) {}

    List<Row> rows(String release) {
        return SHEET.lines(releases, release).stream().map(GuardRules::row).toList();
    }

    @Override
    public List<Finding> check(SortedMap<String, String> files) {
        List<Finding> findings = new ArrayList<>(SHEET.check(files, GuardRules::valid, line -> line.text("finding")));
        SHEET.read(files.getOrDefault(SHEET.file(), ""))
                .ifPresent(lines -> lines.forEach(line -> line.cells().forEach((column, value) -> {
                    Sign sign = sign(line.text("sign"));
                    if (sign != null && !asks(sign, column) && !value.isEmpty()) {
                        findings.add(SHEET.finding("004", line, column, sign.name()));
                    }
                })));
        return findings;
    }

    private static boolean asks(Sign sign, String column) {
        return !BY_SIGN.contains(column) || sign.needs().contains(column);
    }

    private static boolean valid(RuleSheet.Line line, String column, String value) {
        Sign sign = sign(line.text("sign"));
        boolean needed = sign == null ? !BY_SIGN.contains(column) : asks(sign, column);
        return !needed || valid(column, value);
    }

    private static boolean valid(String column, String value) {
        return switch (column) {
            case "finding" -> value.matches(WORD);
            case "sign" -> sign(value) != null;
            case "counts" ->
                !value.isEmpty()
                        && RuleSheet.words(value).stream()
                                .allMatch(word -> RuleSheet.names(Remedy.RemedyClass.values(), word));
            case "days" -> value.matches("[1-9]\\d{0,2}") && Integer.parseInt(value) <= 366;
            case "at-least", "others" -> value.matches("[1-9]\\d{0,4}");
            case "percent" -> value.matches("[1-9]\\d{0,3}(\\.\\d{1,2})?");
            case "near-percent" -> value.matches("[1-9]\\d?(\\.\\d{1,2})?");
            case "units" -> value.matches("[1-9]\\d{0,8}(\\.\\d{1,3})?");
            case "score" -> value.matches("[1-9]\\d?(\\.\\d{1,2})?");
            case "grow-percent" -> value.matches("1[0-9]{2}|[2-9]\\d{2}|1000") && !value.equals("100");
            case "severity" -> RuleSheet.names(Severity.values(), value);
            case "work" -> value.equals("YES") || value.equals("NO");
            case "needs" -> value.equals(Authority.SUPERVISOR.name()) || value.equals(Authority.MANAGER.name());
            default -> value.matches("[1-9]\\d?");
        };
    }

    private static @Nullable Sign sign(String word) {
        return Arrays.stream(Sign.values())
                .filter(one -> one.name().equals(word))
                .findFirst()
                .orElse(null);
    }

    private static Row row(RuleSheet.Line line) {
        return new Row(
                line.text("finding"),
                Sign.valueOf(line.text("sign")),
                line.words("counts"),
                line.whole("days"),
                line.whole("at-least"),
                number(line, "percent"),
                number(line, "units"),
                number(line, "near-percent"),
                number(line, "score"),
                number(line, "others").intValueExact(),
                line.whole("grow-percent"),
                Severity.valueOf(line.text("severity")),
                line.text("work").equals("YES"),
                Authority.valueOf(line.text("needs")),
                line.whole("look-days"));
    }

    private static BigDecimal number(RuleSheet.Line line, String column) {
        return line.number(column).orElse(BigDecimal.ZERO);
    }
}
