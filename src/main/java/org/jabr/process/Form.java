package org.jabr.process;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a person is asked at a step, in one language: rows of parts, as the analyst laid them out. */
public record Form(String name, List<Row> rows) {

    public Form {
        rows = List.copyOf(rows);
    }

    /** A form of questions, one below the other. */
    public static Form of(String name, List<Field> fields) {
        return new Form(
                name,
                fields.stream()
                        .map(field -> new Row(List.of(new Cell(12, field))))
                        .toList());
    }

    /** Every question, in reading order. */
    public List<Field> fields() {
        List<Field> fields = new ArrayList<>();
        collect(rows, fields);
        return fields;
    }

    /** What the fields hold before anybody typed, by key. */
    public Map<String, String> usual() {
        Map<String, String> usual = new LinkedHashMap<>();
        for (Field field : fields()) {
            if (field.usual() != null) {
                usual.put(field.key(), field.usual());
            }
        }
        return usual;
    }

    private static void collect(List<Row> rows, List<Field> fields) {
        for (Row row : rows) {
            for (Cell cell : row.cells()) {
                if (cell.part() instanceof Field field) {
                    fields.add(field);
                } else if (cell.part() instanceof Group group) {
                    collect(group.rows(), fields);
                }
            }
        }
    }

    /** Parts that stand beside each other. */
    public record Row(List<Cell> cells) {

        public Row {
            cells = List.copyOf(cells);
        }
    }

    /** @param width of twelve columns */
    public record Cell(int width, Part part) {}

    /** Something that stands in a form. */
    public sealed interface Part {

        /** What kind of part it is, for pages: {@code Field}, {@code Words}, {@code Group}, {@code Line} or {@code Gap}. */
        default String sort() {
            return getClass().getSimpleName();
        }

        /** When it is not shown; null for never. */
        @Nullable
        FormCondition hidden();
    }

    /** Paragraphs for the person. */
    public record Words(List<String> paragraphs, @Nullable FormCondition hidden) implements Part {}

    /** Parts under one heading. */
    public record Group(
            String label, List<Row> rows, @Nullable FormCondition hidden) implements Part {}

    /** A line between parts. */
    public record Line(@Nullable FormCondition hidden) implements Part {}

    /** Space between parts. */
    public record Gap(@Nullable FormCondition hidden) implements Part {}

    /** How a field is answered. */
    public enum Kind {
        TEXT,
        LONG_TEXT,
        NUMBER,
        MONEY,
        CHOICE,
        /** Several of the choices; each becomes a fact that is true or false. */
        SEVERAL,
        YES_NO,
        DATE,
        TIME,
        DATE_TIME;

        /** Whether its answer is a few plain letters or a number, and so may steer a diagram. */
        public boolean plain() {
            return this != TEXT && this != LONG_TEXT && this != MONEY;
        }
    }

    /**
     * What an answer must keep to.
     *
     * @param least smallest number; null for any
     * @param most greatest number; null for any
     * @param digits digits behind the point; null for any
     * @param shortest shortest text; null for any
     * @param longest longest text; null for any
     * @param pattern what a text must look like; null for anything
     */
    public record Limits(
            @Nullable BigDecimal least,
            @Nullable BigDecimal most,
            @Nullable Integer digits,
            @Nullable Integer shortest,
            @Nullable Integer longest,
            @Nullable String pattern) {

        static final Limits NONE = new Limits(null, null, null, null, null, null);
    }

    /**
     * One question.
     *
     * @param key where the answer goes: the path of a fact, such as {@code conversation.emotion}, or a name of its own
     * @param options what can be chosen; empty for other kinds
     * @param usual what it holds before anybody typed; null for nothing
     */
    public record Field(
            String key,
            Kind kind,
            String label,
            @Nullable String hint,
            boolean required,
            Limits limits,
            List<Option> options,
            @Nullable String usual,
            @Nullable FormCondition hidden)
            implements Part {

        public Field {
            options = List.copyOf(options);
        }

        /** Path of the fact that the answer becomes. */
        public String fact() {
            return key.contains(".") ? key : "answers." + key;
        }

        /** Path of the fact that one of several choices becomes. */
        public String fact(Option option) {
            return fact() + "_" + option.value();
        }

        /** Paths of all facts that it answers. */
        public List<String> facts() {
            return kind == Kind.SEVERAL ? options.stream().map(this::fact).toList() : List.of(fact());
        }

        public @Nullable Integer longest() {
            return limits.longest();
        }
    }

    /** @param value a text, a number or a boolean */
    public record Option(Object value, String label) {}
}
