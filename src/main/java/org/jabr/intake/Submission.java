package org.jabr.intake;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jabr.cases.Report;
import org.jabr.customers.PersonalText;
import org.jabr.rules.Money;
import org.jabr.rules.Problem;
import org.jspecify.annotations.Nullable;

/**
 * A failure as somebody reports it, on any channel, before anything is checked.
 *
 * @param currency of the case where no loss is stated; null for the customer's own
 * @param language the customer's, kept where it was not known
 * @param facts further facts by path, such as {@code failure.practicalImpact}
 */
public record Submission(
        @Nullable String externalRef,
        @Nullable String customer,
        @Nullable String channel,
        @Nullable String category,
        @Nullable String subject,
        @Nullable String description,
        @Nullable Money loss,
        @Nullable String currency,
        @Nullable OffsetDateTime occurredAt,
        @Nullable OffsetDateTime reportedAt,
        @Nullable String language,
        Map<String, Object> facts,
        Map<String, Object> answers) {

    private static final int MOST_ANSWERS = 100;
    private static final int FIRST_YEAR = 1900;
    private static final int LAST_YEAR = 2200;

    public Submission {
        facts = Map.copyOf(facts);
        answers = Map.copyOf(answers);
    }

    /**
     * The report, with everything in it that must be and nothing that cannot be kept.
     *
     * @param ownCurrency the customer's own currency
     * @throws Problem {@code INTAKE-001} missing, {@code INTAKE-002} too long, {@code INTAKE-003} a character that
     *     cannot be kept, {@code INTAKE-004} a time that cannot be
     */
    Report report(String ownCurrency) {
        Money stated = loss;
        answers.forEach((name, value) -> {
            if (value instanceof String text) {
                kept("answers", text, Limits.ANSWER);
            }
        });
        return new Report(
                optional("externalRef", externalRef, Limits.EXTERNAL_REF),
                required("customer", customer, Limits.CUSTOMER),
                required("channel", channel, 40),
                required("category", category, Limits.SUBJECT),
                required("subject", subject, Limits.SUBJECT),
                PersonalText.of(kept("description", description, Limits.DESCRIPTION)),
                stated,
                stated != null ? stated.currency() : Objects.requireNonNullElse(currency, ownCurrency),
                possible("occurredAt", occurredAt),
                possible("reportedAt", reportedAt),
                facts,
                answers);
    }

    /**
     * Facts by path as somebody sent them.
     *
     * @throws Problem {@code FACTS-005} where nobody may report such a fact
     */
    public static Map<String, Object> readFacts(@Nullable Map<String, Object> sent) {
        Map<String, Object> facts = new LinkedHashMap<>();
        if (sent != null) {
            sent.forEach((path, value) -> {
                if (FactTypes.isAnswer(path) || FactTypes.field(path).isEmpty()) {
                    throw new Problem(Problem.Kind.INVALID, "FACTS-005", shown(path));
                }
                if (value != null) {
                    facts.put(path, value);
                }
            });
        }
        return facts;
    }

    /**
     * Answers as somebody sent them.
     *
     * @throws Problem {@code INTAKE-008} where one is not a text, a number or yes or no, or not named like one
     */
    public static Map<String, Object> readAnswers(@Nullable Map<String, Object> sent) {
        Map<String, Object> answers = new LinkedHashMap<>();
        if (sent != null) {
            sent.forEach((name, value) -> {
                boolean simple = value instanceof String || value instanceof Number || value instanceof Boolean;
                if (!FactTypes.isAnswer("answers." + name)
                        || value != null && !simple
                        || answers.size() == MOST_ANSWERS) {
                    throw new Problem(Problem.Kind.INVALID, "INTAKE-008", shown(name));
                }
                if (value instanceof String text) {
                    kept("answers." + name, text, Limits.ANSWER);
                }
                if (value != null) {
                    answers.put(name, value);
                }
            });
        }
        return answers;
    }

    private static String shown(String name) {
        return name.length() <= 60 ? name : name.substring(0, 60);
    }

    /** The facts that the rules must accept before anything is done with the report. */
    static Map<String, Object> facts(Report report, OffsetDateTime asOf, @Nullable String language) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("asOf", asOf.toString());
        group(document, "failure").put("currency", report.currency());
        group(document, "conversation").put("channel", report.channel());
        if (language != null) {
            group(document, "customer").put("language", language);
        }
        report.facts().forEach((path, value) -> {
            List<String> parts = List.of(path.split("\\.", 2));
            group(document, parts.get(0)).put(parts.get(1), value);
        });
        if (!report.answers().isEmpty()) {
            document.put("answers", report.answers());
        }
        return document;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> group(Map<String, Object> document, String name) {
        return (Map<String, Object>) document.computeIfAbsent(name, n -> new LinkedHashMap<String, Object>());
    }

    private static String required(String field, @Nullable String value, int limit) {
        String kept = optional(field, value, limit);
        if (kept == null) {
            throw new Problem(Problem.Kind.INVALID, "INTAKE-001", field);
        }
        return kept;
    }

    private static @Nullable String optional(String field, @Nullable String value, int limit) {
        String kept = kept(field, value, limit);
        return kept == null || kept.isBlank() ? null : kept.strip();
    }

    /** The text as given. */
    static @Nullable String kept(String field, @Nullable String value, int limit) {
        if (value == null) {
            return null;
        }
        if (value.length() > limit) {
            throw new Problem(Problem.Kind.INVALID, "INTAKE-002", field, limit);
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean paired = !Character.isSurrogate(c)
                    || i + 1 < value.length() && Character.isSurrogatePair(c, value.charAt(i + 1))
                    || i > 0 && Character.isSurrogatePair(value.charAt(i - 1), c);
            if (c == '\0' || !paired) {
                throw new Problem(Problem.Kind.INVALID, "INTAKE-003", field);
            }
        }
        return value;
    }

    private static @Nullable OffsetDateTime possible(String field, @Nullable OffsetDateTime at) {
        if (at != null && (at.getYear() < FIRST_YEAR || at.getYear() >= LAST_YEAR)) {
            throw new Problem(Problem.Kind.INVALID, "INTAKE-004", field);
        }
        return at == null ? null : at.withOffsetSameInstant(ZoneOffset.UTC).truncatedTo(ChronoUnit.MILLIS);
    }
}
