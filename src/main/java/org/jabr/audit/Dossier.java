package org.jabr.audit;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jabr.cases.CaseFile;
import org.jabr.cases.ClockDesk;
import org.jabr.cases.RemedyChoice;
import org.jabr.journal.Journal;
import org.jabr.journal.Seal;
import org.jabr.post.Delivery;
import org.jabr.process.Recovery;
import org.jabr.remedies.EffectHistory;
import org.jabr.rules.Consulted;
import org.jabr.rules.NearMiss;
import org.jabr.worklist.WorkItem;
import org.jspecify.annotations.Nullable;

/**
 * One case from its report to its end, with everything that was decided, done and said, and what proves it.
 *
 * @param at when it was gathered
 * @param asked by id of the decision, what its own release says about its own facts; a decision whose release cannot be asked
 *     any more is missing
 * @param steps of each effect, by its key
 * @param entries of the journal about the case, its effects and the releases that decided
 * @param seal the newest one; null where nothing was sealed yet
 */
public record Dossier(
        Instant at,
        CaseFile file,
        Recovery.Path path,
        List<Recovery.Visit> visits,
        Map<Long, Asked> asked,
        List<ClockDesk.Story> clocks,
        Map<String, List<EffectHistory.Step>> steps,
        List<RemedyChoice> choices,
        List<WorkItem> work,
        List<Delivery> deliveries,
        List<Journal.Placed> entries,
        @Nullable Seal seal) {

    /** What the tables saw in one decision, and the rows that matched or came near. */
    public record Asked(List<Consulted> consulted, List<NearMiss> nearest) {}

    /** The releases that had a part in it, the case's own first. */
    public List<String> releases() {
        return Stream.concat(
                        Stream.of(file.recovery().release()),
                        file.decisions().stream().map(one -> one.decision().release()))
                .distinct()
                .toList();
    }
}
