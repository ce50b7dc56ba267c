package org.jabr.cases;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jabr.releases.Check;
import org.jabr.releases.Releases;
import org.jabr.releases.RuleSheet;
import org.jabr.rules.Finding;
import org.springframework.stereotype.Component;

/**
 * What a release says about clocks and promises besides their times: {@code rules/pauses.csv},
 * {@code rules/pause-signs.csv} and {@code rules/promises.csv}. A release without one of them allows, finds or sends
 * nothing.
 */
@Component
class ClockRules implements Check {

    private static final RuleSheet PAUSES =
            new RuleSheet("rules/pauses.csv", "CLOCKS", List.of("reason", "clocks", "regimes", "until-contact"));
    private static final RuleSheet SIGNS =
            new RuleSheet("rules/pause-signs.csv", "CLOCKS", List.of("sign", "minutes", "times"));
    private static final RuleSheet PROMISES =
            new RuleSheet("rules/promises.csv", "CLOCKS", List.of("kind", "progress-minutes", "shortest-minutes"));
    private static final Set<String> CLOCKS = Set.of(CaseClock.RESOLVE, "response", "final");
    private static final String CODE = "[A-Z][A-Z0-9_]{0,59}";
    private static final String NUMBER = "\\d{1,6}";

    private final Releases releases;

    ClockRules(Releases releases) {
        this.releases = releases;
    }

    /**
     * Why a clock may be paused.
     *
     * @param clocks kinds of clocks
     * @param regimes laws under which it holds; empty for all, but for none where the clock is statutory
     * @param untilContact the pause ends when the customer is in touch
     */
    record Reason(String code, Set<String> clocks, Set<String> regimes, boolean untilContact) {

        boolean allows(CaseClock clock, String regime) {
            return clocks.contains(clock.kind())
                    && (regimes.contains(regime) || regimes.isEmpty() && !clock.statutory());
        }
    }

    /** When a pause looks as if it only saved a deadline. */
    record Sign(int minutes, int times) {}

    /** When a progress letter goes out. */
    record Progress(int minutesBefore, int shortestMinutes) {}

    List<Reason> reasons(String release) {
        return PAUSES.lines(releases, release).stream()
                .map(row -> new Reason(
                        row.text("reason"),
                        row.words("clocks"),
                        row.words("regimes"),
                        row.text("until-contact").equals("yes")))
                .toList();
    }

    Optional<Reason> reason(String release, String code) {
        return reasons(release).stream()
                .filter(reason -> reason.code().equals(code))
                .findFirst();
    }

    Map<PauseSign, Sign> signs(String release) {
        return SIGNS.lines(releases, release).stream()
                .collect(Collectors.toMap(
                        row -> PauseSign.valueOf(row.text("sign")),
                        row -> new Sign(number(row, "minutes"), number(row, "times"))));
    }

    Optional<Progress> progress(String release, Promise.Kind kind) {
        return PROMISES.lines(releases, release).stream()
                .filter(row -> row.text("kind").equals(kind.name()))
                .map(row -> new Progress(number(row, "progress-minutes"), number(row, "shortest-minutes")))
                .findFirst();
    }

    @Override
    public List<Finding> check(SortedMap<String, String> files) {
        return Stream.of(PAUSES, PROMISES, SIGNS)
                .flatMap(sheet -> sheet
                        .check(
                                files,
                                (line, column, value) -> valid(column, value),
                                line -> line.text(sheet.columns().get(0)))
                        .stream())
                .toList();
    }

    private static boolean valid(String column, String value) {
        return switch (column) {
            case "reason" -> value.matches(CODE);
            case "clocks" -> !RuleSheet.words(value).isEmpty() && CLOCKS.containsAll(RuleSheet.words(value));
            case "regimes" -> RuleSheet.words(value).stream().allMatch(word -> word.matches(CODE));
            case "until-contact" -> value.equals("yes") || value.equals("no");
            case "sign" -> RuleSheet.names(PauseSign.values(), value);
            case "kind" -> RuleSheet.names(Promise.Kind.values(), value);
            case "times" -> value.isEmpty() || value.matches(NUMBER);
            default -> value.matches(NUMBER);
        };
    }

    private static int number(RuleSheet.Line line, String column) {
        return line.number(column).map(BigDecimal::intValueExact).orElse(0);
    }
}
