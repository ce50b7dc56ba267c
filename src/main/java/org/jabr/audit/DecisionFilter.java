package org.jabr.audit;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jabr.rules.Authority;
import org.jabr.rules.Money;
import org.jabr.rules.Problem;
import org.jabr.rules.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * Which decisions somebody wants to see: words by the name of what they narrow, as they stand in an address. All of them
 * must hold; those about a remedy must hold for one and the same remedy.
 */
public final class DecisionFilter {

    /** The part of a rule that proposed or answered. */
    static final String ANSWERED = "ANSWERED";

    /** The part of a guardrail that objected. */
    static final String OBJECTED = "OBJECTED";

    /** What can be narrowed, in the order in which pages show it; days are those of UTC, the last one included. */
    public static final List<String> NAMES = List.of(
            "case",
            "moment",
            "release",
            "remedy",
            "verdict",
            "authority",
            "currency",
            "least",
            "most",
            "rule",
            "guardrail",
            "by",
            "tier",
            "type",
            "channel",
            "language",
            "chosen",
            "from",
            "until");

    public static final DecisionFilter ALL = new DecisionFilter(new TreeMap<>());

    private static final int LONGEST = 120;

    private final SortedMap<String, String> words;

    private DecisionFilter(SortedMap<String, String> words) {
        this.words = Collections.unmodifiableSortedMap(words);
    }

    /**
     * @param typed names and words; other names and empty words are left aside
     * @throws Problem {@code SEARCH-001} where a word cannot be, {@code SEARCH-002} where amounts have no currency
     */
    public static DecisionFilter of(Map<String, String> typed) {
        SortedMap<String, String> words = new TreeMap<>();
        for (String name : NAMES) {
            String word = typed.getOrDefault(name, "").strip();
            if (!word.isEmpty()) {
                if (!valid(name, word)) {
                    throw new Problem(Problem.Kind.INVALID, "SEARCH-001", name, shown(word));
                }
                words.put(name, word);
            }
        }
        if ((words.containsKey("least") || words.containsKey("most")) && !words.containsKey("currency")) {
            throw new Problem(Problem.Kind.INVALID, "SEARCH-002");
        }
        return new DecisionFilter(words);
    }

    /** What was asked for, by name. */
    public SortedMap<String, String> words() {
        return words;
    }

    public boolean all() {
        return words.isEmpty();
    }

    public @Nullable String word(String name) {
        return words.get(name);
    }

    @Nullable
    LocalDate day(String name) {
        String word = words.get(name);
        return word == null ? null : LocalDate.parse(word);
    }

    /** An amount in minor units of the currency that is asked for. */
    @Nullable
    Long minor(String name) {
        String word = words.get(name);
        String currency = words.get("currency");
        return word == null || currency == null
                ? null
                : Money.rounded(new BigDecimal(word), currency).minor();
    }

    private static boolean valid(String name, String word) {
        return switch (name) {
            case "verdict" -> named(Verdict.values(), word);
            case "authority" -> named(Authority.values(), word);
            case "currency" -> currency(word);
            case "least", "most" -> word.matches("\\d{1,12}(\\.\\d{1,3})?");
            case "chosen" -> word.equals("YES") || word.equals("NO");
            case "from", "until" -> isDay(word);
            default -> word.length() <= LONGEST && word.chars().noneMatch(Character::isISOControl);
        };
    }

    private static boolean named(Enum<?>[] values, String word) {
        return Arrays.stream(values).anyMatch(value -> value.name().equals(word));
    }

    private static boolean currency(String word) {
        try {
            return Money.digits(word) >= 0;
        } catch (IllegalArgumentException unknown) {
            return false;
        }
    }

    private static boolean isDay(String word) {
        try {
            return LocalDate.parse(word).getYear() < 10_000;
        } catch (DateTimeException other) {
            return false;
        }
    }

    private static String shown(String word) {
        return word.length() <= LONGEST ? word : word.substring(0, LONGEST);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DecisionFilter filter && filter.words.equals(words);
    }

    @Override
    public int hashCode() {
        return words.hashCode();
    }

    @Override
    public String toString() {
        return words.toString();
    }
}
