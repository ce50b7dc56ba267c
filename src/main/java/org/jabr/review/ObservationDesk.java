package org.jabr.review;

import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jabr.cases.Cases;
import org.jabr.customers.PersonalText;
import org.jabr.journal.Journal;
import org.jabr.rules.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What was wrong with decisions of samples: raised by those who audit, answered by those who lead, closed by somebody who
 * audits and did not answer it.
 */
@Service
public class ObservationDesk {

    public static final int LONGEST = 2000;

    private final Observations observations;
    private final Samples samples;
    private final ReviewRules rules;
    private final Journal journal;
    private final Clock clock;
    private final Cases cases;

    ObservationDesk(
            Observations observations, Samples samples, ReviewRules rules, Journal journal, Clock clock, Cases cases) {
        this.cases = cases;
        this.observations = observations;
        this.samples = samples;
        this.rules = rules;
        this.journal = journal;
        this.clock = clock;
    }

    /**
     * Raises one about a decision of a sample.
     *
     * @param said what is wrong, in the auditor's words
     * @return its id
     * @throws Problem {@code REVIEW-001} no such severity or cause, {@code REVIEW-005}, {@code REVIEW-014} the decision was
     *     not found to be in error, {@code REVIEW-015} nothing said, or too much
     */
    @Transactional
    public long raise(long sample, int place, String severity, String cause, String said, String by) {
        Sample of = samples.find(sample).orElseThrow(() -> new Problem(Problem.Kind.NOT_FOUND, "REVIEW-005", sample));
        SampleItem item = samples.item(sample, place)
                .orElseThrow(() -> new Problem(Problem.Kind.NOT_FOUND, "REVIEW-005", sample));
        if (item.verdict() != SampleItem.Verdict.ERROR) {
            throw new Problem(Problem.Kind.CONFLICT, "REVIEW-014");
        }
        ReviewRules.Severity weighs = rules.severity(of.release(), severity);
        ReviewRules.Cause causedBy = rules.cause(of.release(), cause);
        PersonalText words = words(said);
        long id = observations.add(item.id(), weighs, causedBy, today().plusDays(weighs.days()));
        observations.step(
                id,
                cases.customerOf(item.caseReference()),
                Observation.Deed.RAISED,
                words,
                by,
                OffsetDateTime.now(clock));
        journal.append(
                "observation.raised",
                "observation-" + id,
                by,
                Map.of(
                        "sample",
                        sample,
                        "place",
                        place,
                        "decision",
                        item.decision(),
                        "severity",
                        severity,
                        "cause",
                        cause,
                        "department",
                        causedBy.department()));
        return id;
    }

    /** Says what is done about it. @throws Problem {@code REVIEW-015}, {@code REVIEW-016}, {@code REVIEW-017} */
    @Transactional
    public void answer(long id, String said, String by) {
        step(get(id), Observation.State.OPEN, Observation.State.ANSWERED, Observation.Deed.ANSWERED, said, by);
    }

    /** Finds that to suffice. @throws Problem {@code REVIEW-015} to {@code REVIEW-018} */
    @Transactional
    public void close(long id, String said, String by) {
        Observation observation = get(id);
        String answered = observation.steps().stream()
                .filter(step -> step.deed() == Observation.Deed.ANSWERED)
                .map(Observation.Step::by)
                .reduce("", (earlier, later) -> later);
        if (answered.equals(by)) {
            throw new Problem(Problem.Kind.FORBIDDEN, "REVIEW-018");
        }
        step(observation, Observation.State.ANSWERED, Observation.State.CLOSED, Observation.Deed.CLOSED, said, by);
    }

    /** Finds that it does not suffice, or that it came back. @throws Problem {@code REVIEW-015} to {@code REVIEW-017} */
    @Transactional
    public void reopen(long id, String said, String by) {
        Observation observation = get(id);
        step(observation, observation.state(), Observation.State.OPEN, Observation.Deed.REOPENED, said, by);
    }

    /** @throws Problem {@code REVIEW-016} */
    public Observation get(long id) {
        return observations.find(id).orElseThrow(() -> new Problem(Problem.Kind.NOT_FOUND, "REVIEW-016", id));
    }

    /** The most urgent first. @param state null for all */
    public List<Observation> list(Observation.@Nullable State state, int from, int most) {
        return observations.list(state, from, most);
    }

    public List<Observation> ofSample(long sample) {
        return observations.ofSample(sample);
    }

    public List<Observation> ofItem(SampleItem item) {
        return observations.ofItem(item.id());
    }

    /** Whether it should have been answered by now. */
    public boolean late(Observation observation) {
        return observation.state() == Observation.State.OPEN
                && observation.dueOn().isBefore(today());
    }

    private void step(
            Observation observation,
            Observation.State from,
            Observation.State to,
            Observation.Deed deed,
            String said,
            String by) {
        PersonalText words = words(said);
        boolean stands = observation.state() == from && from != to;
        LocalDate due = to == Observation.State.OPEN
                ? today().plusDays(rules.severity(observation.release(), observation.severity())
                        .days())
                : observation.dueOn();
        if (!stands || !observations.move(observation, to, due)) {
            throw new Problem(Problem.Kind.CONFLICT, "REVIEW-017");
        }
        observations.step(
                observation.id(),
                cases.customerOf(observation.caseReference()),
                deed,
                words,
                by,
                OffsetDateTime.now(clock));
        journal.append(
                "observation.stepped",
                "observation-" + observation.id(),
                by,
                Map.of("deed", deed.name(), "state", to.name()));
    }

    private static PersonalText words(String said) {
        String words = said.strip();
        if (words.isEmpty() || words.length() > LONGEST) {
            throw new Problem(Problem.Kind.INVALID, "REVIEW-015", LONGEST);
        }
        return new PersonalText(words);
    }

    private LocalDate today() {
        return OffsetDateTime.now(clock).withOffsetSameInstant(ZoneOffset.UTC).toLocalDate();
    }
}
