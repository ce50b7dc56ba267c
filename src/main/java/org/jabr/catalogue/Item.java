package org.jabr.catalogue;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jabr.rules.Money;
import org.jabr.treasury.PotName;
import org.jspecify.annotations.Nullable;

/**
 * Something that can be given.
 *
 * @param costs what it costs the house, by currency; it is only given in these
 * @param from the first day on which it is given; null for any
 * @param until the last one; null for any
 * @param regions where it can be given; empty for everywhere
 * @param languages of customers whom it suits; at least one
 * @param failures types of failures that it has to do with; empty for all
 * @param tiers customers whom it is kept for; empty for all
 * @param moods of customers whom it suits; empty for all
 * @param counted whether its pieces are counted; one that is not never runs out
 * @param active whether it is given; what is retired stays known
 * @param version counts the changes
 */
public record Item(
        String code,
        Kind kind,
        String nameEn,
        String nameAr,
        String aboutEn,
        String aboutAr,
        SortedMap<String, Money> costs,
        @Nullable LocalDate from,
        @Nullable LocalDate until,
        Set<String> regions,
        Set<String> languages,
        Set<String> failures,
        Set<String> tiers,
        Set<String> moods,
        boolean counted,
        boolean active,
        int version,
        String changedBy,
        OffsetDateTime changedAt) {

    /** What an item is given as. */
    public enum Kind {
        GIFT,
        CARD,
        UPGRADE,
        /** A voucher: of the amount that is granted, from its cost on. */
        CREDIT;

        /** What a remedy gives, if it gives anything of the catalogue; what the law owes is money and nothing else. */
        public static Optional<Kind> of(String remedy) {
            return Arrays.stream(values())
                    .filter(kind -> kind.name().equals(remedy))
                    .findFirst();
        }
    }

    public Item {
        costs = Collections.unmodifiableSortedMap(new TreeMap<>(costs));
        regions = Collections.unmodifiableSet(regions);
        languages = Collections.unmodifiableSet(languages);
        failures = Collections.unmodifiableSet(failures);
        tiers = Collections.unmodifiableSet(tiers);
        moods = Collections.unmodifiableSet(moods);
    }

    public String name(Locale language) {
        return language.getLanguage().equals("ar") ? nameAr : nameEn;
    }

    public String about(Locale language) {
        return language.getLanguage().equals("ar") ? aboutAr : aboutEn;
    }

    /** Where its pieces are counted. */
    public PotName store() {
        return PotName.store(code, kind.name());
    }

    /** Somebody changed something of it, by name of the field. */
    public record Changed(Item item, Map<String, String> became, String by) {}
}
