package org.jabr.audit;

import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jabr.cases.CaseDesk;
import org.jabr.cases.CaseFile;
import org.jabr.cases.Choices;
import org.jabr.cases.ClockDesk;
import org.jabr.cases.StoredDecision;
import org.jabr.journal.Journal;
import org.jabr.journal.Seals;
import org.jabr.post.Deliveries;
import org.jabr.process.Recovery;
import org.jabr.releases.Releases;
import org.jabr.remedies.Effect;
import org.jabr.remedies.EffectHistory;
import org.jabr.rules.CaseId;
import org.jabr.rules.Decision;
import org.jabr.rules.DecisionFailed;
import org.jabr.rules.Problem;
import org.jabr.rules.Rulebook;
import org.jabr.worklist.Worklist;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Gathers what is known of one case for somebody who was not there. That somebody read it is written down. */
@Service
public class Dossiers {

    /** Rows that came near, for each decision. */
    private static final int NEAREST = 5;

    private final CaseDesk cases;
    private final ClockDesk clocks;
    private final Choices choices;
    private final Recovery recoveries;
    private final EffectHistory history;
    private final Worklist worklist;
    private final Deliveries deliveries;
    private final Releases releases;
    private final Journal journal;
    private final Seals seals;
    private final Clock clock;

    Dossiers(
            CaseDesk cases,
            ClockDesk clocks,
            Choices choices,
            Recovery recoveries,
            EffectHistory history,
            Worklist worklist,
            Deliveries deliveries,
            Releases releases,
            Journal journal,
            Seals seals,
            Clock clock) {
        this.cases = cases;
        this.clocks = clocks;
        this.choices = choices;
        this.recoveries = recoveries;
        this.history = history;
        this.worklist = worklist;
        this.deliveries = deliveries;
        this.releases = releases;
        this.journal = journal;
        this.seals = seals;
        this.clock = clock;
    }

    /** What somebody read it as. */
    public enum Form {
        PAGE,
        PDF
    }

    /**
     * The dossier as it is now. That it was read is an entry behind those that stand in it.
     *
     * @throws Problem {@code CASE-001}
     */
    @Transactional
    public Dossier read(String reference, Form as, String by) {
        Dossier dossier = of(reference);
        journal.append("dossier.read", dossier.file().recovery().reference(), by, Map.of("as", as.name()));
        return dossier;
    }

    /** For what writes down by itself who took it. @throws Problem {@code CASE-001} */
    Dossier of(String reference) {
        CaseFile file = cases.file(reference);
        CaseId id = file.recovery().id();
        List<String> keys = file.remedies().stream().map(Effect::key).toList();
        return new Dossier(
                clock.instant(),
                file,
                recoveries.path(id),
                recoveries.visits(id),
                asked(file.decisions()),
                clocks.stories(file.recovery().reference()),
                history.of(keys),
                choices.ofCase(id),
                worklist.ofCase(id),
                deliveries.ofCase(id),
                journal.about(subjects(file, keys)),
                seals.newest().orElse(null));
    }

    /** What a merged case brought with it stands under its own reference. */
    private static Set<String> subjects(CaseFile file, List<String> keys) {
        Set<String> subjects = new HashSet<>(keys);
        subjects.add(file.recovery().reference());
        subjects.add(file.recovery().release());
        Stream.concat(
                        file.remedies().stream().map(Effect::caseReference),
                        file.decisions().stream()
                                .flatMap(one -> Stream.of(
                                        one.caseReference(), one.decision().release())))
                .forEach(subjects::add);
        return subjects;
    }

    private Map<Long, Dossier.Asked> asked(List<StoredDecision> decisions) {
        Map<Long, Dossier.Asked> asked = new HashMap<>();
        for (StoredDecision stored : decisions) {
            asked(stored.decision()).ifPresent(one -> asked.put(stored.id(), one));
        }
        return asked;
    }

    private Optional<Dossier.Asked> asked(Decision decision) {
        try {
            Rulebook rulebook = releases.rulebook(decision.release());
            return Optional.of(new Dossier.Asked(
                    rulebook.consulted(decision.moment(), decision.facts()),
                    rulebook.nearest(decision.moment(), decision.facts(), NEAREST)));
        } catch (Problem | DecisionFailed gone) {
            // What was decided stands in the decision; only the rows beside it cannot be shown any more.
            return Optional.empty();
        }
    }
}
