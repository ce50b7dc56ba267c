package org.jabr.web.audit;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jabr.review.Observation;
import org.jabr.review.ObservationDesk;
import org.jabr.review.ReviewRules;
import org.jabr.web.Reader;
import org.jabr.web.desk.ReleaseWords;
import org.springframework.stereotype.Component;

/** Puts what was wrong with decisions into the reader's language, in the words of the release of its sample. */
@Component
class ObservationReading {

    private final ObservationDesk desk;
    private final ReviewRules rules;
    private final ReleaseWords words;
    private final Reader reader;

    ObservationReading(ObservationDesk desk, ReviewRules rules, ReleaseWords words, Reader reader) {
        this.desk = desk;
        this.rules = rules;
        this.words = words;
        this.reader = reader;
    }

    record Row(
            Observation observation,
            String severity,
            String cause,
            String department,
            String due,
            boolean late,
            String tone) {}

    record Step(String deed, String said, String by, Instant at) {}

    Row row(Observation observation) {
        Optional<ReviewRules.Cause> cause = rules.causes(observation.release()).stream()
                .filter(one -> one.name().equals(observation.cause()))
                .findFirst();
        return new Row(
                observation,
                rules.severities(observation.release()).stream()
                        .filter(one -> one.name().equals(observation.severity()))
                        .map(one -> one.words().in(reader.locale()))
                        .findFirst()
                        .orElse(observation.severity()),
                cause.map(one -> one.words().in(reader.locale())).orElse(observation.cause()),
                cause.map(one -> one.departmentWords().in(reader.locale())).orElse(observation.department()),
                reader.day(observation.dueOn()),
                desk.late(observation),
                switch (observation.state()) {
                    case OPEN -> "warn";
                    case ANSWERED -> "active";
                    case CLOSED -> "good";
                });
    }

    List<Step> steps(Observation observation) {
        return observation.steps().stream()
                .map(step -> new Step(
                        step.deed().name(),
                        reader.said(step.said()),
                        words.who(step.by()),
                        step.at().toInstant()))
                .toList();
    }
}
