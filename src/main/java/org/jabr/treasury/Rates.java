package org.jabr.treasury;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.jabr.releases.Check;
import org.jabr.releases.Releases;
import org.jabr.releases.RuleSheet;
import org.jabr.rules.Finding;
import org.jabr.rules.Money;
import org.jabr.rules.Problem;
import org.springframework.stereotype.Component;

/**
 * Exchange rates of the live release, each for some days: {@code rules/rates.csv}. Nothing is converted without somebody
 * asking for it, and nothing by a rate of another day. A line serves both ways.
 */
@Component
public class Rates implements Check {

    static final RuleSheet SHEET =
            new RuleSheet("rules/rates.csv", "RATES", List.of("from", "to", "rate", "since", "until"));

    private static final String NUMBER = "\\d{1,9}(\\.\\d{1,9})?";

    private final Releases releases;

    Rates(Releases releases) {
        this.releases = releases;
    }

    /** So much of the one is one of the other, from the first to the last of these days. */
    private record Rate(String from, String to, BigDecimal rate, LocalDate since, LocalDate until) {

        boolean on(LocalDate day) {
            return !day.isBefore(since) && !day.isAfter(until);
        }

        boolean between(String one, String other) {
            return from.equals(one) && to.equals(other) || from.equals(other) && to.equals(one);
        }

        boolean meets(Rate other) {
            return between(other.from, other.to) && !since.isAfter(other.until) && !other.since.isAfter(until);
        }
    }

    /**
     * An amount in another currency, by the rate of a day, rounded half even to the digits of that currency.
     *
     * @throws Problem {@code TREASURY-002} where there is no rate, {@code TREASURY-003} where none is valid on that day
     */
    public Money convert(Money money, String currency, LocalDate day) {
        if (money.currency().equals(currency)) {
            return money;
        }
        List<Rate> between = rates().stream()
                .filter(rate -> rate.between(money.currency(), currency))
                .toList();
        if (between.isEmpty()) {
            throw new Problem(Problem.Kind.INVALID, "TREASURY-002", money.currency(), currency);
        }
        Rate rate = between.stream()
                .filter(one -> one.on(day))
                .findFirst()
                .orElseThrow(() -> expired(between, money.currency(), currency, day));
        return Money.rounded(
                rate.from().equals(money.currency())
                        ? money.amount().multiply(rate.rate())
                        : money.amount().divide(rate.rate(), new MathContext(40, RoundingMode.HALF_EVEN)),
                currency);
    }

    private static Problem expired(List<Rate> rates, String from, String to, LocalDate day) {
        LocalDate newest =
                rates.stream().map(Rate::until).max(Comparator.naturalOrder()).orElseThrow();
        return new Problem(Problem.Kind.INVALID, "TREASURY-003", from, to, day.toString(), newest.toString());
    }

    private List<Rate> rates() {
        return SHEET.live(releases)
                .map(lines -> lines.stream().map(Rates::rate).toList())
                .orElse(List.of());
    }

    @Override
    public List<Finding> check(SortedMap<String, String> files) {
        return SHEET.check(files, Rates::findings);
    }

    private static List<Finding> findings(List<RuleSheet.Line> lines) {
        List<Finding> findings = new ArrayList<>();
        List<Rate> seen = new ArrayList<>();
        for (RuleSheet.Line line : lines) {
            List<Finding> values = SHEET.values(line, (whole, column, value) -> valid(column, value));
            findings.addAll(values);
            if (values.isEmpty()) {
                Rate rate = rate(line);
                if (seen.stream().anyMatch(rate::meets)) {
                    findings.add(SHEET.finding("003", line, rate.from(), rate.to()));
                }
                seen.add(rate);
            }
        }
        return findings;
    }

    private static Rate rate(RuleSheet.Line line) {
        return new Rate(
                line.text("from"),
                line.text("to"),
                new BigDecimal(line.text("rate")),
                LocalDate.parse(line.text("since")),
                LocalDate.parse(line.text("until")));
    }

    private static boolean valid(String column, String value) {
        return switch (column) {
            case "rate" -> value.matches(NUMBER) && new BigDecimal(value).signum() > 0;
            case "since", "until" -> day(value).isPresent();
            default -> currency(value);
        };
    }

    private static Optional<LocalDate> day(String value) {
        try {
            return Optional.of(LocalDate.parse(value));
        } catch (DateTimeException notADay) {
            return Optional.empty();
        }
    }

    private static boolean currency(String value) {
        try {
            Money.digits(value);
            return true;
        } catch (IllegalArgumentException unknown) {
            return false;
        }
    }
}
