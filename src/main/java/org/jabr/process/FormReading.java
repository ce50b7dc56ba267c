package org.jabr.process;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jabr.cases.DecisionDocument;
import org.jabr.rules.Money;
import org.jabr.rules.Problem;
import org.jspecify.annotations.Nullable;

/** Reads answers against their form, so that nothing of a wrong type gets any further. */
final class FormReading {

    private static final int LONGEST_TEXT = 10_000;

    private final Form form;
    private final String currency;
    private final Map<String, Problem> problems = new LinkedHashMap<>();

    FormReading(Form form, String currency) {
        this.form = form;
        this.currency = currency;
    }

    /**
     * The answers as facts by path; what was left open is absent.
     *
     * @throws FormRefused with {@code FORM-003} unknown field, {@code FORM-004} missing, {@code FORM-005} wrong type,
     *     {@code FORM-006} out of range, {@code FORM-007} not one of the choices
     */
    Map<String, Object> facts(Map<String, ?> answers) {
        Map<String, Object> given = FlatAnswers.of(answers);
        Set<String> keys = form.fields().stream().map(Form.Field::key).collect(Collectors.toSet());
        given.keySet().stream().filter(key -> !keys.contains(key)).forEach(key -> wrong(key, "FORM-003"));
        Map<String, Object> facts = new LinkedHashMap<>();
        for (Form.Field field : form.fields()) {
            Object answer = given.get(field.key());
            if (answer == null) {
                if (field.required()) {
                    wrong(field.key(), "FORM-004");
                }
            } else {
                Object value = value(field, answer);
                if (value != null) {
                    facts.put(field.fact(), value);
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new FormRefused(form.name(), problems);
        }
        return facts;
    }

    private @Nullable Object value(Form.Field field, Object answer) {
        return switch (field.kind()) {
            case TEXT, LONG_TEXT -> text(field, answer);
            case NUMBER -> number(field, answer);
            case MONEY -> money(field, answer);
            case CHOICE -> choice(field, answer);
            case YES_NO -> yesOrNo(field, answer);
            case DATE_TIME -> dateTime(field, answer);
        };
    }

    private @Nullable Object text(Form.Field field, Object answer) {
        if (!(answer instanceof String text)) {
            return wrong(field.key(), "FORM-005");
        }
        Integer longest = field.longest();
        return text.length() > (longest == null ? LONGEST_TEXT : longest) ? wrong(field.key(), "FORM-006") : text;
    }

    private @Nullable Object number(Form.Field field, Object answer) {
        BigDecimal number = decimal(field, answer);
        if (number == null) {
            return null;
        }
        return number.stripTrailingZeros().scale() <= 0 && number.precision() < 18 ? number.longValue() : number;
    }

    /** One answer as money; null, with its problem among {@code found}, where it is none. */
    @Nullable
    Money money(Form.Field field, Object answer, Map<String, Problem> found) {
        Money money = amount(field, answer);
        found.putAll(problems);
        return money;
    }

    private @Nullable Object money(Form.Field field, Object answer) {
        return DecisionDocument.money(amount(field, answer));
    }

    private @Nullable Money amount(Form.Field field, Object answer) {
        Object amount = answer instanceof Map<?, ?> money ? money.get("amount") : answer;
        Object named = answer instanceof Map<?, ?> money ? money.get("currency") : currency;
        BigDecimal number = amount == null ? null : decimal(field, amount);
        if (number == null) {
            return problems.containsKey(field.key()) ? null : (Money) wrong(field.key(), "FORM-005");
        }
        if (!currency.equals(named) || number.stripTrailingZeros().scale() > Money.digits(currency)) {
            return (Money) wrong(field.key(), "FORM-006");
        }
        return new Money(number, currency);
    }

    private @Nullable BigDecimal decimal(Form.Field field, Object answer) {
        BigDecimal number;
        try {
            String text = answer.toString().strip();
            // Exponents could write numbers of a million digits in a few letters.
            if (answer instanceof Boolean
                    || text.length() > 24
                    || text.toLowerCase().contains("e")) {
                return (BigDecimal) wrong(field.key(), "FORM-005");
            }
            number = new BigDecimal(text);
        } catch (NumberFormatException e) {
            return (BigDecimal) wrong(field.key(), "FORM-005");
        }
        BigDecimal least = field.least();
        BigDecimal most = field.most();
        if (least != null && number.compareTo(least) < 0 || most != null && number.compareTo(most) > 0) {
            return (BigDecimal) wrong(field.key(), "FORM-006");
        }
        return number;
    }

    private @Nullable Object choice(Form.Field field, Object answer) {
        for (Form.Option option : field.options()) {
            if (option.value().toString().equals(answer.toString())) {
                return option.value();
            }
        }
        return wrong(field.key(), "FORM-007");
    }

    private @Nullable Object yesOrNo(Form.Field field, Object answer) {
        return switch (answer.toString()) {
            case "true", "on" -> Boolean.TRUE;
            case "false" -> Boolean.FALSE;
            default -> wrong(field.key(), "FORM-005");
        };
    }

    private @Nullable Object dateTime(Form.Field field, Object answer) {
        try {
            return OffsetDateTime.parse(answer.toString()).toString();
        } catch (DateTimeException e) {
            return wrong(field.key(), "FORM-005");
        }
    }

    private @Nullable Object wrong(String key, String code) {
        problems.putIfAbsent(key, new Problem(Problem.Kind.INVALID, code, key));
        return null;
    }
}
