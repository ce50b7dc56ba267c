package org.jabr.replay;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What all decisions of a backtest add up to. Money is in minor units of one currency each and never added across
 * currencies.
 *
 * @param mixes which remedies came out, before and after
 * @param counts how many decisions changed
 * @param otherReasons decisions with the same answer for other reasons
 */
public record BacktestSums(
        List<Mix> mixes,
        List<Count> counts,
        List<VerdictChange> verdicts,
        List<SettingChange> settings,
        List<Hits> hits,
        List<Failures> failures,
        long otherReasons) {

    /** What decisions are counted by. */
    public enum By {
        ALL,
        TIER,
        TYPE,
        MONTH,
        MOMENT
    }

    public static final BacktestSums NONE =
            new BacktestSums(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), 0);

    /** One remedy in one currency, for the decisions where {@code by} is {@code value}; that is empty for all of them. */
    public record Mix(By by, String value, String remedy, String currency, Side before, Side after) {}

    /** How often it was granted, asked for and refused, and what that was worth. */
    public record Side(long granted, long grantedMinor, long asked, long askedMinor, long refused) {

        public long given() {
            return granted + asked;
        }

        public long minor() {
            return grantedMinor + askedMinor;
        }

        Side plus(Side other) {
            return new Side(
                    granted + other.granted,
                    grantedMinor + other.grantedMinor,
                    asked + other.asked,
                    askedMinor + other.askedMinor,
                    refused + other.refused);
        }
    }

    /** How many decisions there were, came out otherwise, failed. */
    public record Count(By by, String value, long done, long changed, long failed) {}

    /** How often a remedy went from one verdict to another; null where it did not come up. */
    public record VerdictChange(
            String remedy, @Nullable String was, @Nullable String is, long times) {}

    /** How often a setting got another value. */
    public record SettingChange(String moment, String setting, long times) {}

    /** How many decisions name a rule as a reason or an objection. */
    public record Hits(String rule, long before, long after) {}

    /** How many decisions failed with one code. */
    public record Failures(String code, long times) {}

    /** One remedy mix added up over its currencies' amounts, each apart: what everything of one currency was worth. */
    public List<Money> money() {
        return mixes.stream()
                .filter(mix -> mix.by() == By.ALL)
                .map(Mix::currency)
                .distinct()
                .sorted()
                .map(currency -> {
                    Side none = new Side(0, 0, 0, 0, 0);
                    return new Money(
                            currency,
                            of(currency).map(Mix::before).reduce(none, Side::plus),
                            of(currency).map(Mix::after).reduce(none, Side::plus));
                })
                .toList();
    }

    /** All remedies in one currency. */
    public record Money(String currency, Side before, Side after) {}

    private Stream<Mix> of(String currency) {
        return mixes.stream().filter(mix -> mix.by() == By.ALL && mix.currency().equals(currency));
    }
}
