package org.jabr.rules;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The answer of one release to one set of facts at one moment, with all its reasons.
 *
 * @param release id of the release that decided
 */
public record Decision(
        Moment moment,
        OffsetDateTime asOf,
        String release,
        CaseFacts facts,
        List<Setting> settings,
        List<Proposal> proposals,
        List<Objection> objections,
        List<Outcome> outcome) {

    public Decision {
        settings = List.copyOf(settings);
        proposals = List.copyOf(proposals);
        objections = List.copyOf(objections);
        outcome = List.copyOf(outcome);
    }

    public Optional<Setting> setting(String name) {
        return settings.stream().filter(s -> s.name().equals(name)).findFirst();
    }

    /** The setting's value as text; null where the moment does not answer it or answers null. */
    public @Nullable String text(String name) {
        return setting(name).map(Setting::value).map(Object::toString).orElse(null);
    }

    /** The setting's value as a whole number; null where the moment does not answer it or answers null. */
    public @Nullable Long number(String name) {
        return setting(name)
                .map(Setting::value)
                .map(value -> ((Number) value).longValue())
                .orElse(null);
    }

    public boolean anyGranted() {
        return outcome.stream().anyMatch(o -> o.verdict() == Verdict.GRANT);
    }

    public boolean anyAsked() {
        return outcome.stream().anyMatch(o -> o.verdict() == Verdict.ASK);
    }
}
