package org.jabr.rules.drools;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jabr.rules.CurrencyTerms;
import org.jabr.rules.FactField;
import org.jabr.rules.Vocabulary;
import org.jspecify.annotations.Nullable;

/** Writes documents of facts that differ from a base case in some facts. */
final class CaseDocuments {

    private final Map<String, Object> base;
    private final CurrencyTerms currency;

    CaseDocuments(Map<String, Object> base, CurrencyTerms currency) {
        this.base = base;
        this.currency = currency;
    }

    /** The base case with these facts, by name; null leaves one out. */
    Map<String, Object> with(Map<String, @Nullable Object> facts) {
        Map<String, Object> document = new LinkedHashMap<>(base);
        facts.forEach((name, value) -> {
            FactField field = Vocabulary.field(name);
            if (field != null) {
                Map<String, Object> group = new LinkedHashMap<>();
                if (document.get(field.group()) instanceof Map<?, ?> given) {
                    given.forEach((key, old) -> put(group, String.valueOf(key), old));
                }
                put(group, name, value == null ? null : written(field, value));
                document.put(field.group(), group);
            }
        });
        return document;
    }

    /** The value of a fact in the base case, as tables see it; null where it is missing. */
    @Nullable
    Object base(String name) {
        FactField field = Vocabulary.field(name);
        Object value = field != null && base.get(field.group()) instanceof Map<?, ?> group ? group.get(name) : null;
        if (value instanceof Map<?, ?> money) {
            return new BigDecimal(String.valueOf(money.get("amount")));
        }
        return value instanceof Number number ? new BigDecimal(number.toString()) : value;
    }

    private static void put(Map<String, Object> group, String name, @Nullable Object value) {
        if (value == null) {
            group.remove(name);
        } else {
            group.put(name, value);
        }
    }

    private Object written(FactField field, Object value) {
        return field.type() == FactField.Type.MONEY && value instanceof BigDecimal amount
                ? Map.of(
                        "amount",
                        amount.setScale(currency.digits(), RoundingMode.HALF_EVEN)
                                .toPlainString(),
                        "currency",
                        currency.code())
                : value;
    }

    /** What may have been granted before: nothing, money at this moment or at another, or other things. */
    List<Object> granted(String moment, String another) {
        Map<String, Object> some = Map.of(
                "amount",
                currency.factor()
                        .multiply(BigDecimal.TEN)
                        .setScale(currency.digits(), RoundingMode.HALF_EVEN)
                        .toPlainString(),
                "currency",
                currency.code());
        return List.of(
                List.of(),
                List.of(Map.of("remedy", "REFUND", "moment", moment, "amount", some)),
                List.of(Map.of("remedy", "REFUND", "moment", another, "amount", some)),
                List.of(
                        Map.of("remedy", "CREDIT", "moment", moment, "amount", some),
                        Map.of("remedy", "EXPLANATION", "moment", moment)));
    }
}
