package org.jabr.web.studio;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jabr.rules.FactField;
import org.jabr.rules.Problem;
import org.jabr.rules.Vocabulary;
import org.jspecify.annotations.Nullable;

/** Facts as the fields of a form, as a document, and as what a scenario says of them. */
final class TryFacts {

    /** Before the name of a field in a form. */
    static final String PREFIX = "f.";

    private static final String ANSWERS = "answers";
    private static final List<String> GRANTED = List.of("remedy", "moment", "amount");
    private static final List<String> CHOSEN = List.of("remedy", "amount");

    private TryFacts() {}

    /** The fields of a form that shows a document: by name, answers as {@code answers.NAME}. */
    static Map<String, String> fields(Map<?, ?> document) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (FactField field : Vocabulary.fields()) {
            Object value = value(document, field);
            if (value != null) {
                fields.put(field.name(), field.type() == FactField.Type.INSTANT ? local(value) : text(field, value));
            }
        }
        if (document.get(ANSWERS) instanceof Map<?, ?> answers) {
            answers.forEach((name, value) -> {
                if (value != null) {
                    fields.put(ANSWERS + "." + name, plain(value));
                }
            });
        }
        return fields;
    }

    /** The document that the fields of a form make; what cannot be read stays as it was written, and is refused then. */
    static Map<String, Object> document(Map<String, String> fields) {
        Map<String, Object> document = new LinkedHashMap<>();
        String currency = fields.getOrDefault("currency", "").strip();
        for (FactField field : Vocabulary.fields()) {
            String value = fields.getOrDefault(field.name(), "").strip();
            if (!value.isEmpty()) {
                group(document, field.group()).put(field.name(), read(field, value, currency));
            }
        }
        fields.forEach((name, value) -> {
            if (name.startsWith(ANSWERS + ".") && !value.isBlank()) {
                group(document, ANSWERS).put(name.substring(ANSWERS.length() + 1), guessed(value.strip()));
            }
        });
        return document;
    }

    /**
     * How facts differ from a base case, in the words of a scenario: {@code tier GOLD; loss 180.00}.
     *
     * @throws Problem {@code TRY-001} where a value cannot be written so
     */
    static String given(Map<?, ?> base, Map<?, ?> document) {
        List<String> given = new ArrayList<>();
        for (FactField field : Vocabulary.fields()) {
            Object was = value(base, field);
            Object is = value(document, field);
            String before = was == null ? "" : text(field, was);
            String after = is == null ? "" : text(field, is);
            if (!before.equals(after)) {
                given.add(field.name() + " " + (after.isEmpty() ? "missing" : said(after)));
            }
        }
        if (document.get(ANSWERS) instanceof Map<?, ?> answers) {
            answers.forEach((name, value) -> given.add(ANSWERS + "." + name + " " + said(plain(value))));
        }
        return String.join("; ", given);
    }

    private static String said(String value) {
        if (value.contains(";") || value.contains("\n")) {
            throw new Problem(Problem.Kind.INVALID, "TRY-001", value);
        }
        return value;
    }

    private static Object read(FactField field, String value, String currency) {
        return switch (field.type()) {
            case MONEY -> money(value, currency);
            case WHOLE -> number(value);
            case BOOLEAN -> value.equals("true") || value.equals("false") ? Boolean.valueOf(value) : value;
            case INSTANT -> instant(value);
            case GRANTED -> items(value, currency, GRANTED);
            case CHOSEN -> items(value, currency, CHOSEN);
            default -> value;
        };
    }

    private static Map<String, Object> money(String amount, String currency) {
        Map<String, Object> money = new LinkedHashMap<>();
        money.put("amount", amount);
        money.put("currency", currency);
        return money;
    }

    private static Object number(String value) {
        try {
            return new BigDecimal(value);
        } catch (NumberFormatException noNumber) {
            return value;
        }
    }

    private static Object guessed(String value) {
        return value.equals("true") || value.equals("false") ? Boolean.valueOf(value) : number(value);
    }

    /** The fields of a form are meant in the time of the world. */
    private static Object instant(String value) {
        try {
            return LocalDateTime.parse(value).atOffset(ZoneOffset.UTC).toString();
        } catch (DateTimeException other) {
            return value;
        }
    }

    private static String local(Object value) {
        try {
            return OffsetDateTime.parse(value.toString())
                    .withOffsetSameInstant(ZoneOffset.UTC)
                    .toLocalDateTime()
                    .truncatedTo(ChronoUnit.SECONDS)
                    .toString();
        } catch (DateTimeException other) {
            return value.toString();
        }
    }

    private static Object items(String value, String currency, List<String> names) {
        String inner = value.startsWith("[") && value.endsWith("]") ? value.substring(1, value.length() - 1) : value;
        List<Object> items = new ArrayList<>();
        for (String item : inner.split(",")) {
            List<String> words = Arrays.stream(item.strip().split("\\s+"))
                    .filter(word -> !word.isEmpty())
                    .toList();
            if (words.size() > names.size()) {
                return value;
            }
            Map<String, Object> fields = new LinkedHashMap<>();
            for (int i = 0; i < words.size(); i++) {
                String name = names.get(i);
                fields.put(name, name.equals("amount") ? money(words.get(i), currency) : words.get(i));
            }
            if (!fields.isEmpty()) {
                items.add(fields);
            }
        }
        return items;
    }

    private static String text(FactField field, Object value) {
        return switch (field.type()) {
            case MONEY -> value instanceof Map<?, ?> money ? String.valueOf(money.get("amount")) : value.toString();
            case GRANTED -> list(value, GRANTED);
            case CHOSEN -> list(value, CHOSEN);
            case INSTANT -> instantText(value);
            default -> plain(value);
        };
    }

    private static String instantText(Object value) {
        try {
            return OffsetDateTime.parse(value.toString()).toInstant().toString();
        } catch (DateTimeException other) {
            return value.toString();
        }
    }

    private static String list(Object value, List<String> names) {
        if (!(value instanceof List<?> items)) {
            return value.toString();
        }
        return items.isEmpty()
                ? ""
                : items.stream()
                        .map(item -> item instanceof Map<?, ?> fields
                                ? names.stream()
                                        .map(fields::get)
                                        .filter(part -> part != null)
                                        .map(part -> part instanceof Map<?, ?> money
                                                ? String.valueOf(money.get("amount"))
                                                : part.toString())
                                        .collect(Collectors.joining(" "))
                                : String.valueOf(item))
                        .collect(Collectors.joining(", ", "[", "]"));
    }

    private static String plain(Object value) {
        return value instanceof BigDecimal number ? number.toPlainString() : String.valueOf(value);
    }

    private static @Nullable Object value(Map<?, ?> document, FactField field) {
        Object fields = field.group().isEmpty() ? document : document.get(field.group());
        return fields instanceof Map<?, ?> map ? map.get(field.name()) : null;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> group(Map<String, Object> document, String name) {
        return name.isEmpty()
                ? document
                : (Map<String, Object>) document.computeIfAbsent(name, missing -> new LinkedHashMap<>());
    }
}
