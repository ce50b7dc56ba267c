package org.jabr.process;

import java.util.List;
import java.util.stream.Stream;

/**
 * Something that analysts build processes from, as the house offers it. Its words are messages: {@code block.NAME},
 * {@code block.NAME.text}, {@code block.parameter.PARAMETER} and {@code block.value.PARAMETER.VALUE}; stages and kinds of
 * work have theirs already.
 *
 * @param name its word in diagrams, such as {@code sendLetter}
 * @param provides variables that it leaves behind for conditions
 */
public record BuildingBlock(String name, Shape shape, List<Parameter> parameters, List<String> provides) {

    public BuildingBlock {
        parameters = List.copyOf(parameters);
        provides = List.copyOf(provides);
    }

    /** How it is drawn. */
    public enum Shape {
        SERVICE_TASK,
        RULE_TASK,
        USER_TASK,
        CALL,
        END
    }

    /** What a parameter names. */
    public enum Type {
        TEXT,
        /** One of {@link Parameter#values}. */
        CHOICE,
        /** A moment of the rules. */
        MOMENT,
        /** Names of settings that the rules answer, with commas. */
        SETTINGS,
        /** A letter that exists in every language. */
        LETTER,
        FORM,
        /** Keys of the step's own form, with commas. */
        FIELDS,
        /** Names of remedies, with commas. */
        REMEDIES,
        /** {@code person}, {@code resolve}, or a duration such as {@code PT4H}. */
        DUE,
        /** A variable that another step leaves behind. */
        VARIABLE,
        /** Another process of the same release. */
        PROCESS
    }

    /** @param values what a {@link Type#CHOICE} may be; a required one with a single value is fixed */
    public record Parameter(String name, Type type, boolean required, List<String> values) {

        public Parameter {
            values = List.copyOf(values);
        }

        public static Parameter required(String name, Type type) {
            return new Parameter(name, type, true, List.of());
        }

        public static Parameter optional(String name, Type type) {
            return new Parameter(name, type, false, List.of());
        }

        public static Parameter choice(String name, boolean required, String... values) {
            return new Parameter(name, Type.CHOICE, required, List.of(values));
        }

        public boolean fixed() {
            return required && values.size() == 1;
        }
    }

    /** The same with more parameters. */
    public BuildingBlock with(Parameter... more) {
        return new BuildingBlock(
                name, shape, Stream.concat(parameters.stream(), Stream.of(more)).toList(), provides);
    }

    public static BuildingBlock service(String name, List<String> provides, Parameter... parameters) {
        return new BuildingBlock(name, Shape.SERVICE_TASK, List.of(parameters), provides);
    }

    public static BuildingBlock rule(String name, List<String> provides, Parameter... parameters) {
        return new BuildingBlock(name, Shape.RULE_TASK, List.of(parameters), provides);
    }
}
