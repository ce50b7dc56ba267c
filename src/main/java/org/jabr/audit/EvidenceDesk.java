package org.jabr.audit;

import java.time.LocalDate;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jabr.cases.Decisions;
import org.jabr.cases.StoredDecision;
import org.jabr.journal.Evidence;
import org.jabr.journal.Journal;
import org.jabr.journal.Seal;
import org.jabr.releases.Releases;
import org.jabr.rules.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Hands out the journal. That somebody took it is a fact of its own, which comes after the seal that the export ends with. */
@Service
public class EvidenceDesk {

    private final Evidence evidence;
    private final Journal journal;
    private final Dossiers dossiers;
    private final Decisions decisions;
    private final Releases releases;

    EvidenceDesk(Evidence evidence, Journal journal, Dossiers dossiers, Decisions decisions, Releases releases) {
        this.evidence = evidence;
        this.journal = journal;
        this.dossiers = dossiers;
        this.decisions = decisions;
        this.releases = releases;
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

    /**
     * What somebody takes away about one case.
     *
     * @param to the seal that proves it; null for the newest
     * @throws Problem {@code CASE-001}, {@code JOURNAL-001} there is no such seal, {@code JOURNAL-002} nothing was sealed yet,
     *     {@code JOURNAL-007} nothing about this case lies below the seal
     */
    @Transactional
    public EvidencePack pack(String reference, @Nullable Long to, String by) {
        Dossier dossier = dossiers.of(reference);
        Seal seal = evidence.seal(to);
        Evidence.Part part = evidence.part(
                seal, dossier.entries().stream().map(one -> one.entry().id()).toList());
        if (part.count() == 0) {
            throw new Problem(Problem.Kind.CONFLICT, "JOURNAL-007");
        }
        Map<String, SortedMap<String, String>> contents = new TreeMap<>();
        dossier.releases().forEach(id -> contents.put(id, releases.files(id)));
        journal.append(
                "evidence.taken",
                dossier.file().recovery().reference(),
                by,
                Map.of("seal", seal.id(), "size", seal.size(), "entries", part.count()));
        return new EvidencePack(
                dossier,
                part,
                decisions.asStored(dossier.file().decisions().stream()
                        .map(StoredDecision::id)
                        .toList()),
                contents);
    }
}
