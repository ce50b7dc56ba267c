package org.jabr.replay;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jabr.rules.Authority;
import org.jabr.rules.Decision;
import org.jabr.rules.Money;
import org.jabr.rules.Outcome;
import org.jabr.rules.Setting;
import org.jabr.rules.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * A past decision beside what other content makes of the same facts.
 *
 * @param after null where it could not be decided
 * @param failure the code of why not
 * @param differences what comes out otherwise; reasons do not count
 * @param otherReasons whether the answer is the same for other reasons
 */
public record Compared(
        Decision before,
        @Nullable Decision after,
        @Nullable String failure,
        List<Difference> differences,
        boolean otherReasons) {

    public Compared {
        differences = List.copyOf(differences);
    }

    /**
     * One thing that comes out otherwise; a null is what did not come up.
     *
     * @param name of the setting or the remedy
     */
    public record Difference(
            String name,
            boolean setting,
            @Nullable Side was,
            @Nullable Side is) {}

    /**
     * How it came out.
     *
     * @param value of a setting; null for a remedy
     * @param verdict of a remedy; null for a setting
     * @param money of a remedy that has an amount
     * @param authority who must agree, of an ASK
     */
    public record Side(
            @Nullable String value,
            @Nullable String verdict,
            @Nullable Money money,
            @Nullable String authority) {}

    public boolean changed() {
        return failure != null || !differences.isEmpty();
    }

    static Compared of(Decision before, Deciding.Decided decided) {
        Decision after = decided.decision();
        if (after == null) {
            return new Compared(
                    before, null, decided.failure() == null ? "RULES-003" : decided.failure(), List.of(), false);
        }
        List<Difference> differences = between(before, after);
        return new Compared(
                before,
                after,
                null,
                differences,
                differences.isEmpty() && !reasons(before).equals(reasons(after)));
    }

    /** What two answers to the same facts differ in. */
    public static List<Difference> between(Decision before, Decision after) {
        List<Difference> differences = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>();
        before.settings().forEach(s -> names.add(s.name()));
        after.settings().forEach(s -> names.add(s.name()));
        for (String name : names) {
            Optional<Setting> was = before.setting(name);
            Optional<Setting> is = after.setting(name);
            if (was.isPresent() != is.isPresent()
                    || !same(
                            was.map(Setting::value).orElse(null),
                            is.map(Setting::value).orElse(null))) {
                differences.add(new Difference(
                        name,
                        true,
                        was.map(Compared::side).orElse(null),
                        is.map(Compared::side).orElse(null)));
            }
        }
        Set<String> remedies = new LinkedHashSet<>();
        before.outcome().forEach(o -> remedies.add(o.remedy()));
        after.outcome().forEach(o -> remedies.add(o.remedy()));
        for (String remedy : remedies) {
            Side was = outcome(before, remedy);
            Side is = outcome(after, remedy);
            if (!Objects.equals(was, is)) {
                differences.add(new Difference(remedy, false, was, is));
            }
        }
        return differences;
    }

    /** What the customer gets and may get, in minor units of the currency. */
    static long worth(@Nullable Decision decision, String currency) {
        long minor = 0;
        if (decision != null) {
            for (Outcome outcome : decision.outcome()) {
                Money amount = outcome.amount();
                if (outcome.verdict() != Verdict.REFUSE
                        && amount != null
                        && amount.currency().equals(currency)) {
                    minor += amount.minor();
                }
            }
        }
        return minor;
    }

    private static List<Object> reasons(Decision decision) {
        return List.of(
                decision.settings().stream().map(Setting::because).toList(),
                decision.outcome().stream().map(Outcome::because).toList(),
                decision.objections());
    }

    private static Side side(Setting setting) {
        return new Side(String.valueOf(setting.value()), null, null, null);
    }

    private static @Nullable Side outcome(Decision decision, String remedy) {
        return decision.outcome().stream()
                .filter(outcome -> outcome.remedy().equals(remedy))
                .findFirst()
                .map(outcome -> {
                    Authority authority = outcome.verdict() == Verdict.ASK ? outcome.authority() : null;
                    return new Side(
                            null,
                            outcome.verdict().name(),
                            outcome.amount(),
                            authority == null ? null : authority.name());
                })
                .orElse(null);
    }

    /** A number that was stored may have another type than one that is decided now. */
    private static boolean same(@Nullable Object was, @Nullable Object is) {
        if (was instanceof Number before && is instanceof Number after) {
            return new BigDecimal(before.toString()).compareTo(new BigDecimal(after.toString())) == 0;
        }
        return Objects.equals(was, is);
    }
}
