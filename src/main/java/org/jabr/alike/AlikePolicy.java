package org.jabr.alike;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What may make a difference and what must not, as a release declares it.
 *
 * @param permitted reasons why one case may be treated otherwise than another
 * @param suspects what must not make a difference
 * @param settings by name
 */
public record AlikePolicy(List<Trait> permitted, List<Trait> suspects, Map<String, Limit> settings) {

    /** Who decided: the one suspect that is no fact. */
    public static final String DECIDED_BY = "decidedBy";

    /** What was granted before: permitted by its remedies. */
    static final String GRANTED = "granted";

    public AlikePolicy {
        permitted = List.copyOf(permitted);
        suspects = List.copyOf(suspects);
        settings = Map.copyOf(settings);
    }

    /**
     * Something that is known of a decision.
     *
     * @param name of a fact, or {@link #DECIDED_BY}
     * @param bounds where its bands begin, rising; money in policy units; none for one band for each value
     */
    public record Trait(String name, List<BigDecimal> bounds, String en, String ar) {

        public Trait {
            bounds = List.copyOf(bounds);
        }

        public String in(Locale language) {
            return language.getLanguage().equals("ar") ? ar : en;
        }

        /** The number of the band, from 0 on. A number that is a bound lies above it. */
        int band(BigDecimal value) {
            return (int)
                    bounds.stream().filter(bound -> bound.compareTo(value) <= 0).count();
        }
    }

    public record Limit(String name, BigDecimal value, String en, String ar) {

        public String in(Locale language) {
            return language.getLanguage().equals("ar") ? ar : en;
        }
    }

    public @Nullable Trait suspect(String name) {
        return suspects.stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    int whole(String setting) {
        return number(setting).intValueExact();
    }

    /** Percent as a share. */
    double share(String setting) {
        return number(setting).movePointLeft(2).doubleValue();
    }

    BigDecimal number(String setting) {
        return Objects.requireNonNull(settings.get(setting), setting).value();
    }
}
