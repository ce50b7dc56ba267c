package org.jabr.web.studio;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jabr.rules.CurrencyTerms;
import org.jabr.rules.FactField;
import org.jabr.rules.Rulebook;
import org.jabr.rules.TableView;
import org.jabr.rules.Vocabulary;
import org.jabr.web.Reader;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The form of facts: what the vocabulary knows, with the values and words of the content that is tried. */
@Component
class TryForm {

    private static final String TYPES = "failure-types";
    private static final String ANSWER = "answers.";
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]+)\"");

    private final Reader reader;

    TryForm(Reader reader) {
        this.reader = reader;
    }

    record Group(String name, String label, List<Field> fields) {}

    /**
     * One field.
     *
     * @param input its name in the form
     * @param kind select, number, time, or text
     * @param wrong whether its value was refused
     */
    record Field(
            String input,
            String path,
            String label,
            String kind,
            String value,
            List<Option> options,
            boolean hint,
            boolean wrong) {}

    record Option(String value, String word) {}

    /** @param refused the path of the field whose value was refused; null where none was */
    List<Group> groups(
            Rulebook rulebook, List<TableView> tables, Map<String, String> values, @Nullable String refused) {
        Map<String, List<Field>> groups = new LinkedHashMap<>();
        for (FactField field : Vocabulary.fields()) {
            groups.computeIfAbsent(field.group(), group -> new ArrayList<>())
                    .add(field(rulebook, tables, field, values, refused));
        }
        for (String answer : answers(tables)) {
            groups.computeIfAbsent("answers", group -> new ArrayList<>())
                    .add(new Field(
                            TryFacts.PREFIX + ANSWER + answer,
                            ANSWER + answer,
                            rulebook.word(answer, reader.locale()),
                            "text",
                            values.getOrDefault(ANSWER + answer, ""),
                            List.of(),
                            false,
                            (ANSWER + answer).equals(refused)));
        }
        return groups.entrySet().stream()
                .map(group -> new Group(
                        group.getKey(),
                        reader.words("try.group." + (group.getKey().isEmpty() ? "when" : group.getKey())),
                        group.getValue()))
                .toList();
    }

    private Field field(
            Rulebook rulebook,
            List<TableView> tables,
            FactField field,
            Map<String, String> values,
            @Nullable String refused) {
        String value = values.getOrDefault(field.name(), "");
        List<Option> options = options(rulebook, tables, field, value);
        boolean list = field.type() == FactField.Type.GRANTED || field.type() == FactField.Type.CHOSEN;
        String kind = !options.isEmpty()
                ? "select"
                : switch (field.type()) {
                    case WHOLE -> "number";
                    case INSTANT -> "time";
                    default -> "text";
                };
        return new Field(
                TryFacts.PREFIX + field.name(),
                field.path(),
                rulebook.word(field.name(), reader.locale()),
                kind,
                value,
                options,
                list,
                refused != null && refused.startsWith(field.path()));
    }

    private List<Option> options(Rulebook rulebook, List<TableView> tables, FactField field, String value) {
        List<Option> options =
                switch (field.type()) {
                    case CODE -> words(rulebook, field.values());
                    case BOOLEAN ->
                        List.of(new Option("true", reader.words("yes")), new Option("false", reader.words("no")));
                    case CURRENCY ->
                        rulebook.currencies().stream()
                                .map(CurrencyTerms::code)
                                .map(code -> new Option(code, code))
                                .toList();
                    case FAILURE_TYPE -> words(rulebook, types(tables));
                    default -> List.of();
                };
        boolean unknown = !options.isEmpty()
                && !value.isEmpty()
                && options.stream().noneMatch(option -> option.value().equals(value));
        if (unknown) {
            options = new ArrayList<>(options);
            options.add(new Option(value, value));
        }
        return options;
    }

    private List<Option> words(Rulebook rulebook, List<String> values) {
        return values.stream()
                .map(value -> new Option(value, rulebook.word(value, reader.locale())))
                .toList();
    }

    private static List<String> types(List<TableView> tables) {
        List<String> types = new ArrayList<>();
        tables.stream().filter(table -> table.id().equals(TYPES)).forEach(table -> table.rows()
                .forEach(row -> {
                    Matcher type = QUOTED.matcher(row.cells().get(0));
                    while (type.find()) {
                        types.add(type.group(1));
                    }
                }));
        return types;
    }

    private static Set<String> answers(List<TableView> tables) {
        Set<String> answers = new LinkedHashSet<>();
        tables.forEach(table -> table.columns().stream()
                .filter(column -> !column.output() && column.name().startsWith(ANSWER))
                .forEach(column -> answers.add(column.name().substring(ANSWER.length()))));
        return answers;
    }
}
