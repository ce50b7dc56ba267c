package org.jabr.intake;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How facts that are reported by path are read from text. What values they may have is the rules' matter, which check
 * every report before it is a case.
 */
final class FactTypes {

    private static final Pattern ANSWER = Pattern.compile("answers\\.([A-Za-z][A-Za-z0-9_]{0,39})");

    private static final Set<String> CODES = Set.of(
            "failure.type",
            "failure.causedBy",
            "failure.practicalImpact",
            "failure.regime",
            "conversation.emotion",
            "conversation.conduct",
            "conversation.desiredOutcome",
            "conversation.escalationThreat");
    private static final Set<String> FLAGS = Set.of(
            "failure.causeStable",
            "failure.controllable",
            "failure.repeated",
            "failure.silent",
            "conversation.askedForPerson",
            "means.itemInStock");
    private static final Set<String> COUNTS = Set.of("failure.durationDays", "means.giftsInStock");

    private static final Map<String, FieldType> ANSWER_TYPES = Map.of(
            "text", FieldType.TEXT,
            "number", FieldType.NUMBER,
            "boolean", FieldType.BOOLEAN,
            "date", FieldType.DATE);

    private FactTypes() {}

    /** The field behind a path; empty where nobody may report it. Answers are text until a mapping says otherwise. */
    static Optional<Field> field(String path) {
        if (CODES.contains(path)) {
            return Optional.of(Field.optional(path, FieldType.CODE, 60));
        }
        if (FLAGS.contains(path)) {
            return Optional.of(Field.optional(path, FieldType.BOOLEAN, 10));
        }
        if (COUNTS.contains(path)) {
            return Optional.of(Field.optional(path, FieldType.WHOLE, 20));
        }
        return isAnswer(path) ? Optional.of(Field.optional(path, FieldType.TEXT, Limits.ANSWER)) : Optional.empty();
    }

    static Optional<FieldType> answerType(String word) {
        return Optional.ofNullable(ANSWER_TYPES.get(word));
    }

    static boolean isAnswer(String path) {
        return ANSWER.matcher(path).matches();
    }

    /** The name of an answer in its path. */
    static String answerName(String path) {
        Matcher matcher = ANSWER.matcher(path);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(path);
        }
        return matcher.group(1);
    }
}
