package org.jabr.intake;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jabr.rules.FactField;
import org.jabr.rules.Vocabulary;

/**
 * How facts that are reported by path are read from text. What values they may have is the rules' matter, which check
 * every report before it is a case.
 */
final class FactTypes {

    private static final Pattern ANSWER = Pattern.compile("answers\\.([A-Za-z][A-Za-z0-9_]{0,39})");

    /** What a report may not say by path, because it says it elsewhere or the house knows it better. */
    private static final Set<String> NOT_REPORTED = Set.of(
            "conversation.channel",
            "conversation.contacts",
            "conversation.handovers",
            "conversation.channelHops",
            "conversation.lastAgentAvailable");

    private static final Set<String> GROUPS = Set.of("failure", "conversation");

    /** Facts of other groups that whoever reports may know. */
    private static final Set<String> ALSO_REPORTED = Set.of("means.itemInStock", "means.giftsInStock");

    private static final Map<String, Field> REPORTED = Vocabulary.fields().stream()
            .filter(fact -> GROUPS.contains(fact.group()) || ALSO_REPORTED.contains(fact.path()))
            .filter(fact -> !NOT_REPORTED.contains(fact.path()))
            .flatMap(fact -> reported(fact).stream())
            .collect(Collectors.toMap(Field::name, Function.identity()));

    private static final Map<String, FieldType> ANSWER_TYPES = Map.of(
            "text", FieldType.TEXT,
            "number", FieldType.NUMBER,
            "boolean", FieldType.BOOLEAN,
            "date", FieldType.DATE);

    private FactTypes() {}

    /** The field behind a path; empty where nobody may report it. Answers are text until a mapping says otherwise. */
    static Optional<Field> field(String path) {
        return isAnswer(path)
                ? Optional.of(Field.optional(path, FieldType.TEXT, Limits.ANSWER))
                : Optional.ofNullable(REPORTED.get(path));
    }

    private static Optional<Field> reported(FactField fact) {
        return switch (fact.type()) {
            case CODE, FAILURE_TYPE -> Optional.of(Field.optional(fact.path(), FieldType.CODE, 60));
            case BOOLEAN -> Optional.of(Field.optional(fact.path(), FieldType.BOOLEAN, 10));
            case WHOLE -> Optional.of(Field.optional(fact.path(), FieldType.WHOLE, 20));
            default -> Optional.empty();
        };
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
