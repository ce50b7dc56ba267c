package org.jabr.audit;

import java.time.LocalDate;
import java.util.Map;
import org.jabr.journal.Evidence;
import org.jabr.journal.Journal;
import org.jabr.journal.Seal;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Hands out the journal. That somebody took it is a fact of its own, which comes after the seal that the export ends with. */
@Service
public class EvidenceDesk {

    private final Evidence evidence;
    private final Journal journal;

    EvidenceDesk(Evidence evidence, Journal journal) {
        this.evidence = evidence;
        this.journal = journal;
    }

    /**
     * The seal up to which somebody takes the journal now.
     *
     * @param to null for the newest
     * @throws org.jabr.rules.Problem {@code JOURNAL-001} there is no such seal, {@code JOURNAL-002} nothing was sealed yet
     */
    @Transactional
    public Seal take(@Nullable Long to, String by) {
        Seal seal = evidence.seal(to);
        journal.append("journal.exported", "seal-" + seal.id(), by, Map.of("seal", seal.id(), "size", seal.size()));
        return seal;
    }

    /** Somebody takes other tables away. @param what they hold @param from first day @param to last day */
    @Transactional
    public void takeTable(String what, LocalDate from, LocalDate to, String by) {
        journal.append("table.exported", what, by, Map.of("from", from.toString(), "to", to.toString()));
    }

    /** Somebody takes decisions away, as a table. */
    @Transactional
    public void takeDecisions(DecisionFilter filter, String by) {
        journal.append("decisions.exported", "decisions", by, Map.of("filter", filter.words()));
    }
}
