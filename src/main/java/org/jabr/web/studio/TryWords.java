package org.jabr.web.studio;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jabr.rules.Problem;
import org.jabr.rules.RuleRef;
import org.jabr.rules.RuleWords;
import org.jabr.rules.Rulebook;
import org.jabr.rules.TableView;
import org.jabr.web.Reader;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The words of the content that is tried, in the reader's language. */
@Component
class TryWords {

    private final Reader reader;

    TryWords(Reader reader) {
        this.reader = reader;
    }

    List<RuleWords> rules(Rulebook rulebook, Iterable<RuleRef> rules) {
        List<RuleWords> told = new ArrayList<>();
        rules.forEach(rule -> told.add(rule(rulebook, rule)));
        return told;
    }

    RuleWords rule(Rulebook rulebook, RuleRef rule) {
        try {
            return rulebook.explain(rule, reader.locale());
        } catch (Problem unknown) {
            return new RuleWords(rule, "", "", rule.id(), "");
        }
    }

    String column(Rulebook rulebook, TableView.Column column) {
        String label = part(column.label());
        return label.isBlank() ? word(rulebook, field(column.name())) : label;
    }

    String word(Rulebook rulebook, String value) {
        return rulebook.word(value, reader.locale());
    }

    String value(Rulebook rulebook, @Nullable Object value) {
        if (value == null) {
            return word(rulebook, "null");
        }
        if (value instanceof Boolean flag) {
            return reader.words(Boolean.TRUE.equals(flag) ? "yes" : "no");
        }
        if (value instanceof Number number) {
            return reader.number(number);
        }
        if (value instanceof List<?> list) {
            return list.isEmpty()
                    ? reader.words("none")
                    : list.stream()
                            .map(one -> value(rulebook, one))
                            .collect(Collectors.joining(reader.words("list.comma")));
        }
        return word(rulebook, value.toString());
    }

    /** The reader's part of a text written as {@code English | Arabic}. */
    String part(String both) {
        int bar = both.indexOf(" | ");
        if (bar < 0) {
            return both;
        }
        return reader.language().equals("ar") ? both.substring(bar + 3) : both.substring(0, bar);
    }

    /** A column may name a field with its group before it. */
    static String field(String column) {
        int dot = column.lastIndexOf('.');
        return dot < 0 || column.startsWith("answers.") ? column : column.substring(dot + 1);
    }
}
