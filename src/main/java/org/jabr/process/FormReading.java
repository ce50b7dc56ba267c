package org.jabr.process;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
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
     * The answers as facts by path; what was left open or is not shown is absent.
     *
     * @throws FormRefused with {@code FORM-003} unknown field, {@code FORM-004} missing, {@code FORM-005} wrong type,
     *     {@code FORM-006} out of range, {@code FORM-007} not one of the choices, {@code FORM-016} not of the right shape
     */
    Map<String, Object> facts(Map<String, ?> answers) {
        Map<String, Object> given = FlatAnswers.of(answers);
        Set<String> keys = form.fields().stream().map(Form.Field::key).collect(Collectors.toSet());
        given.keySet().stream().filter(key -> !keys.contains(key)).forEach(key -> wrong(key, "FORM-003"));
        Map<String, Object> facts = new LinkedHashMap<>();
        Map<String, Object> seen = new LinkedHashMap<>();
        rows(form.rows(), given, seen, facts);
        if (!problems.isEmpty()) {
            throw new FormRefused(form.name(), problems);
        }
        return facts;
    }

    /** @param seen answers to the fields before that are shown: what later parts may depend on */
    private void rows(
            List<Form.Row> rows, Map<String, Object> given, Map<String, Object> seen, Map<String, Object> facts) {
        for (Form.Row row : rows) {
            for (Form.Cell cell : row.cells()) {
                FormCondition hidden = cell.part().hidden();
                if (hidden != null && hidden.test(seen)) {
                    continue;
                }
                if (cell.part() instanceof Form.Group group) {
                    rows(group.rows(), given, seen, facts);
                } else if (cell.part() instanceof Form.Field field) {
                    answer(field, given.get(field.key()), seen, facts);
                }
            }
        }
    }

    private void answer(Form.Field field, @Nullable Object given, Map<String, Object> seen, Map<String, Object> facts) {
        Object answer = given == null && field.kind() == Form.Kind.YES_NO ? Boolean.FALSE : given;
        if (field.kind() == Form.Kind.SEVERAL) {
            several(field, answer == null ? List.of() : answer, facts);
        } else if (field.required() && given == null) {
            wrong(field.key(), "FORM-004");
        } else if (answer != null) {
            Object value = value(field, answer);
            if (value != null) {
                seen.put(field.key(), value);
                facts.put(field.fact(), value);
            }
        }
    }

    /** Each choice becomes a fact of its own that is true or false, so that rules and diagrams can ask for it. */
    private void several(Form.Field field, Object answer, Map<String, Object> facts) {
        Collection<?> chosen = answer instanceof Collection<?> many
                ? many
                : List.of(answer.toString().split(","));
        Set<String> names =
                chosen.stream().map(String::valueOf).map(String::strip).collect(Collectors.toSet());
        for (Form.Option option : field.options()) {
            facts.put(field.fact(option), names.remove(option.value().toString()));
        }
        if (!names.isEmpty()) {
            wrong(field.key(), "FORM-007");
        } else if (field.required() && chosen.isEmpty()) {
            wrong(field.key(), "FORM-004");
        }
    }

    private @Nullable Object value(Form.Field field, Object answer) {
        return switch (field.kind()) {
            case TEXT, LONG_TEXT -> text(field, answer);
            case NUMBER -> number(field, answer);
            case MONEY -> money(field, answer);
            case CHOICE -> choice(field, answer);
            case YES_NO -> yesOrNo(field, answer);
            case DATE -> time(field, () -> LocalDate.parse(answer.toString()).toString());
            case TIME -> time(field, () -> LocalTime.parse(answer.toString()).toString());
            case DATE_TIME ->
                time(field, () -> OffsetDateTime.parse(answer.toString()).toString());
            case SEVERAL -> throw new IllegalStateException("several choices are several facts");
        };
    }

    private @Nullable Object text(Form.Field field, Object answer) {
        if (!(answer instanceof String text)) {
            return wrong(field.key(), "FORM-005");
        }
        Integer longest = field.limits().longest();
        Integer shortest = field.limits().shortest();
        if (text.length() > (longest == null ? LONGEST_TEXT : longest)
                || shortest != null && text.length() < shortest) {
            return wrong(field.key(), "FORM-006");
        }
        String pattern = field.limits().pattern();
        return pattern == null || TextPattern.matches(pattern, text) ? text : wrong(field.key(), "FORM-016");
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
        BigDecimal least = field.limits().least();
        BigDecimal most = field.limits().most();
        Integer digits = field.limits().digits();
        if (least != null && number.compareTo(least) < 0
                || most != null && number.compareTo(most) > 0
                || digits != null && number.stripTrailingZeros().scale() > digits) {
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

    private @Nullable Object time(Form.Field field, Supplier<String> read) {
        try {
            return read.get();
        } catch (DateTimeException e) {
            return wrong(field.key(), "FORM-005");
        }
    }

    private @Nullable Object wrong(String key, String code) {
        problems.putIfAbsent(key, new Problem(Problem.Kind.INVALID, code, key));
        return null;
    }
}
