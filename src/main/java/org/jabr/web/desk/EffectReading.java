package org.jabr.web.desk;

import org.jabr.cases.Cases;
import org.jabr.remedies.Effect;
import org.jabr.remedies.Effects;
import org.jabr.web.Reader;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Puts effects and what was said about them into words. */
@Component
public class EffectReading {

    private static final String STATUS = "STATUS-";

    private final Cases cases;
    private final Effects effects;
    private final ReleaseWords words;
    private final Reader reader;

    EffectReading(Cases cases, Effects effects, ReleaseWords words, Reader reader) {
        this.cases = cases;
        this.effects = effects;
        this.words = words;
        this.reader = reader;
    }

    /** The remedy, or what takes it back, in the words of the case's own release. */
    String name(Effect effect) {
        String release = cases.get(effect.caseId()).release();
        return effect.undo()
                ? reader.words("effects.undo", words.word(release, effect.kind()))
                : words.word(release, effect.remedy());
    }

    public static String tone(Effect.State state) {
        return switch (state) {
            case CONFIRMED -> "good";
            case ASKED, UNKNOWN -> "warn";
            case RESERVED, SENT -> "active";
            case NEEDS_PERSON -> "bad";
            case REFUSED, REVERSED, CANCELLED -> "";
        };
    }

    /** What was said last; an empty text where nothing was. */
    String lastSaid(Effect effect) {
        return effects.onItsWay(effect.key()).map(way -> said(way.said())).orElse("");
    }

    /** A code in words. */
    public String said(@Nullable String code) {
        if (code == null) {
            return "";
        }
        return code.startsWith(STATUS)
                ? reader.words("effects.said.STATUS", code.substring(STATUS.length()))
                : reader.words("effects.said." + code);
    }

    /** What a person who must mend it sees first. */
    record Failed(Effect effect, String name, String tone, String said) {}

    Failed failed(Effect effect) {
        return new Failed(effect, name(effect), tone(effect.state()), lastSaid(effect));
    }
}
