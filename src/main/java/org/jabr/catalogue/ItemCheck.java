package org.jabr.catalogue;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jabr.rules.FactField;
import org.jabr.rules.Money;
import org.jabr.rules.Problem;
import org.jabr.rules.Vocabulary;
import org.jspecify.annotations.Nullable;

/** Reads what somebody typed: either all of it is right, or each field says what is wrong with it. */
final class ItemCheck {

    private static final String CODE = "[A-Z0-9][A-Z0-9-]{1,39}";
    private static final String WORD = "[A-Z][A-Z0-9_-]{1,39}";
    private static final String LANGUAGE = "[a-z]{2,3}";
    private static final String AMOUNT = "\\d{1,12}(\\.\\d{1,6})?";
    private static final Map<String, Integer> LONGEST = Map.of(
            "name-en",
            120,
            "name-ar",
            120,
            "about-en",
            400,
            "about-ar",
            400,
            "regions",
            400,
            "languages",
            80,
            "failures",
            800);

    /** The digits of each currency, as the release has them. */
    private final Map<String, Integer> currencies;

    private final Map<String, Problem> problems = new LinkedHashMap<>();

    ItemCheck(Map<String, Integer> currencies) {
        this.currencies = new HashMap<>(currencies);
    }

    /** @throws CatalogueRefused with everything that is wrong */
    Item read(TypedItem typed, boolean active, int version, String by, OffsetDateTime at) {
        if (!typed.get("code").matches(CODE)) {
            wrong("code", "CATALOGUE-002", Shelf.shown(typed.get("code")));
        }
        Item.Kind kind = kind(typed.get("kind"));
        for (String name : List.of("name-en", "name-ar", "about-en", "about-ar")) {
            if (typed.get(name).isEmpty()) {
                wrong(name, "CATALOGUE-003", name);
            }
        }
        LONGEST.forEach((field, longest) -> {
            if (typed.get(field).length() > longest) {
                wrong(field, "CATALOGUE-004", field, longest);
            }
        });
        SortedMap<String, Money> costs = costs(typed.get("costs"));
        LocalDate from = day("from", typed.get("from"));
        LocalDate until = day("until", typed.get("until"));
        if (from != null && until != null && until.isBefore(from)) {
            wrong("until", "CATALOGUE-009");
        }
        Set<String> regions = words("regions", typed.get("regions"), WORD, null);
        Set<String> languages = words("languages", typed.get("languages"), LANGUAGE, null);
        if (languages.isEmpty()) {
            wrong("languages", "CATALOGUE-010");
        }
        Set<String> failures = words("failures", typed.get("failures"), WORD, null);
        Set<String> tiers = words("tiers", typed.get("tiers"), WORD, "tier");
        Set<String> moods = words("moods", typed.get("moods"), WORD, "emotion");
        String counted = typed.get("counted");
        if (!counted.isEmpty() && !counted.equals("yes") && !counted.equals("no")) {
            wrong("counted", "CATALOGUE-011", "counted", Shelf.shown(counted));
        }
        if (!problems.isEmpty() || kind == null) {
            throw new CatalogueRefused(problems);
        }
        return new Item(
                typed.get("code"),
                kind,
                typed.get("name-en"),
                typed.get("name-ar"),
                typed.get("about-en"),
                typed.get("about-ar"),
                costs,
                from,
                until,
                regions,
                languages,
                failures,
                tiers,
                moods,
                counted.equals("yes"),
                active,
                version,
                by,
                at);
    }

    private Item.@Nullable Kind kind(String typed) {
        Item.Kind kind = Item.Kind.of(typed).orElse(null);
        if (kind == null) {
            wrong("kind", "CATALOGUE-011", "kind", Shelf.shown(typed));
        }
        return kind;
    }

    private SortedMap<String, Money> costs(String typed) {
        SortedMap<String, Money> costs = new TreeMap<>();
        for (String one : typed.split("[;\\n]")) {
            if (one.isBlank()) {
                continue;
            }
            String[] parts = one.strip().split("\\s+");
            Integer digits = currencies.get(parts[0]);
            if (digits == null) {
                wrong("costs", "CATALOGUE-006", Shelf.shown(parts[0]));
            } else if (parts.length != 2 || !parts[1].matches(AMOUNT)) {
                wrong("costs", "CATALOGUE-007", Shelf.shown(one.strip()));
            } else {
                BigDecimal amount = new BigDecimal(parts[1]).stripTrailingZeros();
                if (amount.scale() > digits) {
                    wrong("costs", "CATALOGUE-008", parts[0], digits);
                } else if (amount.signum() <= 0) {
                    wrong("costs", "CATALOGUE-007", Shelf.shown(one.strip()));
                } else if (costs.put(parts[0], new Money(amount, parts[0])) != null) {
                    wrong("costs", "CATALOGUE-012", parts[0]);
                }
            }
        }
        if (costs.isEmpty() && !problems.containsKey("costs")) {
            wrong("costs", "CATALOGUE-005");
        }
        return costs;
    }

    private @Nullable LocalDate day(String field, String typed) {
        try {
            return typed.isEmpty() ? null : LocalDate.parse(typed);
        } catch (DateTimeParseException notADay) {
            wrong(field, "CATALOGUE-011", field, Shelf.shown(typed));
            return null;
        }
    }

    /** @param fact whose values they must be; null for any */
    private Set<String> words(String field, String typed, String shape, @Nullable String fact) {
        FactField known = fact == null ? null : Vocabulary.field(fact);
        Set<String> words = Items.words(typed);
        words.stream()
                .filter(word ->
                        !word.matches(shape) || known != null && !known.values().contains(word))
                .findFirst()
                .ifPresent(word -> wrong(field, "CATALOGUE-011", field, Shelf.shown(word)));
        return words;
    }

    private void wrong(String field, String code, Object... values) {
        problems.putIfAbsent(field, new Problem(Problem.Kind.INVALID, code, values));
    }
}
