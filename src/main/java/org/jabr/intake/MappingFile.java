package org.jabr.intake;

import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Reads one mapping file, {@code rules/mappings/NAME.yml}, with a section per kind, and says what is wrong with it. */
final class MappingFile {

    private static final int LONGEST = 200_000;
    private static final Set<String> SECTION_KEYS = Set.of(
            "columns",
            "optional",
            "required",
            "types",
            "dates",
            "values",
            "defaults",
            "constants",
            "never-facts",
            "separator");
    private static final Map<String, Character> SEPARATORS = Map.of("comma", ',', "semicolon", ';', "tab", '\t');

    /** Something wrong, with the place where it stands. */
    record Mistake(String code, String place, List<Object> values) {}

    private final Map<ImportKind, Mapping> sections = new EnumMap<>(ImportKind.class);
    private final List<Mistake> mistakes = new ArrayList<>();

    private MappingFile() {}

    static MappingFile read(String text) {
        MappingFile file = new MappingFile();
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setMaxAliasesForCollections(10);
        options.setCodePointLimit(LONGEST);
        Object root;
        try {
            root = new Yaml(new SafeConstructor(options)).load(text);
        } catch (RuntimeException | StackOverflowError e) {
            file.wrong("MAPPING-001", "");
            return file;
        }
        if (!(root instanceof Map<?, ?> kinds) || kinds.isEmpty()) {
            file.wrong("MAPPING-001", "");
            return file;
        }
        kinds.forEach((key, section) -> {
            String word = String.valueOf(key);
            ImportKind kind = ImportKind.of(word).orElse(null);
            if (kind == null) {
                file.wrong("MAPPING-002", word, word);
            } else if (section instanceof Map<?, ?> entries) {
                file.section(kind, entries);
            } else {
                file.wrong("MAPPING-003", word, word);
            }
        });
        return file;
    }

    List<Mistake> mistakes() {
        return mistakes;
    }

    @Nullable
    Mapping section(ImportKind kind) {
        return sections.get(kind);
    }

    private void section(ImportKind kind, Map<?, ?> entries) {
        String place = kind.word();
        for (Object key : entries.keySet()) {
            if (!SECTION_KEYS.contains(String.valueOf(key))) {
                wrong("MAPPING-004", place, String.valueOf(key));
            }
        }
        Map<String, String> columns = texts(entries.get("columns"), place + ".columns");
        if (columns.isEmpty()) {
            wrong("MAPPING-003", place + ".columns", "columns");
        }
        Map<String, String> types = texts(entries.get("types"), place + ".types");
        Map<String, String> defaults = texts(entries.get("defaults"), place + ".defaults");
        Map<String, String> constants = texts(entries.get("constants"), place + ".constants");
        Map<String, Map<String, String>> values = values(entries.get("values"), place + ".values");
        Map<String, Field> fields = fields(kind, place, columns, types, defaults, constants, values);

        Set<String> optional = named(entries.get("optional"), columns, place + ".optional");
        Set<String> mandatory = new HashSet<>(named(entries.get("required"), columns, place + ".required"));
        for (Object column : list(entries.get("never-facts"), place + ".never-facts")) {
            if (columns.containsKey(String.valueOf(column))) {
                wrong("MAPPING-007", place + ".never-facts", column);
            }
        }
        fedOnce(columns, place);
        for (Field field : kind.fields().values()) {
            boolean fed = columns.containsValue(field.name())
                    || defaults.containsKey(field.name())
                    || constants.containsKey(field.name());
            if (field.required() && !fed) {
                wrong("MAPPING-006", place + ".columns", field.name());
            }
        }
        String pattern = entries.get("dates") == null ? "" : String.valueOf(entries.get("dates"));
        DateTimeFormatter dates = pattern.isEmpty() ? null : dates(pattern, place + ".dates");
        String separator = entries.get("separator") == null ? "comma" : String.valueOf(entries.get("separator"));
        if (!SEPARATORS.containsKey(separator)) {
            wrong("MAPPING-009", place + ".separator", separator);
        }
        sections.put(
                kind,
                new Mapping(
                        kind,
                        columns,
                        optional,
                        mandatory,
                        fields,
                        dates,
                        pattern.isEmpty() ? "ISO 8601" : pattern,
                        values,
                        defaults,
                        constants,
                        SEPARATORS.getOrDefault(separator, ',')));
    }

    /** Every field that the section names, with its type. */
    private Map<String, Field> fields(
            ImportKind kind,
            String place,
            Map<String, String> columns,
            Map<String, String> types,
            Map<String, String> defaults,
            Map<String, String> constants,
            Map<String, Map<String, String>> values) {
        Map<String, Field> fields = new HashMap<>(kind.fields());
        Set<String> named = new HashSet<>(columns.values());
        named.addAll(defaults.keySet());
        named.addAll(constants.keySet());
        named.addAll(values.keySet());
        named.addAll(types.keySet());
        for (String name : named) {
            if (!fields.containsKey(name)) {
                Field fact =
                        kind == ImportKind.COMPLAINTS ? FactTypes.field(name).orElse(null) : null;
                if (fact == null) {
                    wrong("MAPPING-005", place, name);
                } else {
                    fields.put(name, fact);
                }
            }
        }
        types.forEach((name, word) -> {
            FieldType type = FactTypes.answerType(word).orElse(null);
            if (type == null || !FactTypes.isAnswer(name)) {
                wrong("MAPPING-010", place + ".types", name);
            } else {
                fields.put(name, Field.optional(name, type, Limits.ANSWER));
            }
        });
        return fields;
    }

    /** Two columns cannot feed one field, except lines of a description. */
    private void fedOnce(Map<String, String> columns, String place) {
        Set<String> seen = new HashSet<>();
        columns.values().stream()
                .filter(field -> !seen.add(field) && !field.equals(LineReader.DESCRIPTION))
                .forEach(field -> wrong("MAPPING-008", place + ".columns", field));
    }

    private @Nullable DateTimeFormatter dates(String pattern, String place) {
        try {
            // Strict, so that a 30th of February is refused; strict years are written with u.
            return DateTimeFormatter.ofPattern(pattern.replace('y', 'u')).withResolverStyle(ResolverStyle.STRICT);
        } catch (IllegalArgumentException e) {
            wrong("MAPPING-011", place, pattern);
            return null;
        }
    }

    private Map<String, Map<String, String>> values(@Nullable Object section, String place) {
        Map<String, Map<String, String>> values = new HashMap<>();
        if (section instanceof Map<?, ?> fields) {
            fields.forEach((field, words) -> values.put(String.valueOf(field), texts(words, place + "." + field)));
        } else if (section != null) {
            wrong("MAPPING-003", place, "values");
        }
        return values;
    }

    private Map<String, String> texts(@Nullable Object section, String place) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (section instanceof Map<?, ?> entries) {
            entries.forEach((key, value) -> {
                if (value == null || value instanceof Map<?, ?> || value instanceof List<?>) {
                    wrong("MAPPING-003", place, String.valueOf(key));
                } else {
                    texts.put(String.valueOf(key), String.valueOf(value));
                }
            });
        } else if (section != null) {
            wrong("MAPPING-003", place, place);
        }
        return texts;
    }

    private Set<String> named(@Nullable Object section, Map<String, String> columns, String place) {
        Set<String> named = new HashSet<>();
        for (Object column : list(section, place)) {
            if (columns.containsKey(String.valueOf(column))) {
                named.add(String.valueOf(column));
            } else {
                wrong("MAPPING-012", place, column);
            }
        }
        return named;
    }

    private List<?> list(@Nullable Object section, String place) {
        if (section == null) {
            return List.of();
        }
        if (section instanceof List<?> items && !items.contains(null)) {
            return items;
        }
        wrong("MAPPING-003", place, place);
        return List.of();
    }

    private void wrong(String code, String place, Object... values) {
        mistakes.add(new Mistake(code, place, List.of(values)));
    }
}
