package org.jabr.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.util.List;
import org.jabr.cases.PastDecisions;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes of a decision that differs what is kept about it; never more than fits a screen. */
@Component
class DifferenceTexts {

    static final int PLACES = 20;
    static final int LONGEST = 300;

    private final ObjectMapper json;

    DifferenceTexts(ObjectMapper json) {
        this.json = json;
    }

    static ReplayRun.Differing failed(PastDecisions.Past past, String code) {
        return new ReplayRun.Differing(
                past.id(), past.caseReference(), past.moment(), past.release(), code, List.of(), List.of(), 0);
    }

    ReplayRun.Differing differing(
            PastDecisions.Past past, List<Compared.Difference> differences, List<Replayed.Difference> places) {
        return new ReplayRun.Differing(
                past.id(),
                past.caseReference(),
                past.moment(),
                past.release(),
                null,
                differences.subList(0, Math.min(PLACES, differences.size())),
                places.stream()
                        .limit(PLACES)
                        .map(place -> new ReplayRun.Place(place.path(), text(place.was()), text(place.is())))
                        .toList(),
                Math.max(0, places.size() - PLACES));
    }

    private @Nullable String text(@Nullable Object value) {
        if (value == null) {
            return null;
        }
        String text = value instanceof String said ? said : written(value);
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    }

    private String written(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
