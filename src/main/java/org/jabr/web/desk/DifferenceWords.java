package org.jabr.web.desk;

import java.util.List;
import org.jabr.replay.Compared;
import org.jabr.rules.Money;
import org.jabr.rules.Problem;
import org.jabr.rules.Rulebook;
import org.jabr.web.Reader;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Puts into words what two answers to the same facts differ in, and why one of them is missing. */
@Component
public class DifferenceWords {

    private final ReleaseWords words;
    private final Reader reader;
    private final MessageSource messages;

    DifferenceWords(ReleaseWords words, Reader reader, MessageSource messages) {
        this.words = words;
        this.reader = reader;
        this.messages = messages;
    }

    /** A sentence for each thing that comes out otherwise, in the words of a release. */
    public List<String> told(List<Compared.Difference> differences, String release) {
        return told(differences, release, null);
    }

    /** The same. @param other knows what the release has no word for yet */
    public List<String> told(List<Compared.Difference> differences, String release, @Nullable Rulebook other) {
        return differences.stream()
                .map(one -> reader.words(
                        "backtest.change",
                        word(words.word(release, one.name()), one.name(), other),
                        side(release, one.was(), null),
                        side(release, one.is(), other)))
                .toList();
    }

    /** A verdict in one word; a word for nothing where there is none. */
    public String verdict(@Nullable String verdict) {
        return verdict == null ? reader.words("backtest.nothing") : reader.words("verdict." + verdict);
    }

    /** Why there is no answer, with the code; a sentence that needs more than the code is left out. */
    public String failure(String code) {
        String known = messages.getMessage("problem." + code, null, "", reader.locale());
        return known == null || known.isEmpty() || known.contains("{") ? code : known + " (" + code + ")";
    }

    /** The same where the sentence may be about a release. */
    public String failure(String code, String release) {
        return code.startsWith("RELEASE-")
                ? reader.words(new Problem(Problem.Kind.CONFLICT, code, release)) + " (" + code + ")"
                : failure(code);
    }

    private String side(String release, Compared.@Nullable Side side, @Nullable Rulebook other) {
        if (side == null) {
            return reader.words("backtest.nothing");
        }
        String value = side.value();
        if (side.verdict() == null) {
            return word(words.value(release, value), value, other);
        }
        StringBuilder told = new StringBuilder();
        Money money = side.money();
        if (money != null) {
            told.append(reader.money(money)).append(' ');
        }
        told.append(verdict(side.verdict()));
        if (side.authority() != null) {
            told.append(" (").append(words.word(release, side.authority())).append(')');
        }
        return told.toString();
    }

    private String word(String told, @Nullable String value, @Nullable Rulebook other) {
        return other == null || !told.equals(value) ? told : other.word(told, reader.locale());
    }
}
