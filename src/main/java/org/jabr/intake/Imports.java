package org.jabr.intake;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jabr.finance.Settlements;
import org.jabr.releases.Releases;
import org.jabr.rules.CurrencyTerms;
import org.jabr.rules.Problem;
import org.springframework.stereotype.Service;

/** Files with many lines: purchases, customers, complaints. A line that does not fit is rejected, the rest goes in. */
@Service
public class Imports {

    /** So many lines are taken in while the sender waits. */
    static final int AT_ONCE = 1_000;

    private final ImportStore store;
    private final ImportRunner runner;
    private final Mappings mappings;
    private final Releases releases;
    private final Settlements settlements;
    private final Attempts attempts;

    Imports(
            ImportStore store,
            ImportRunner runner,
            Mappings mappings,
            Releases releases,
            Settlements settlements,
            Attempts attempts) {
        this.store = store;
        this.runner = runner;
        this.mappings = mappings;
        this.releases = releases;
        this.settlements = settlements;
        this.attempts = attempts;
    }

    /**
     * Takes in a file: at once where it is short, else in the background.
     *
     * @param kind {@code purchases}, {@code customers} or {@code complaints}
     * @param mapping name of a mapping of the live release
     * @param bytes CSV in UTF-8, its first line names the columns
     * @return the import as it stands
     * @throws Problem {@code IMPORT-001} to {@code IMPORT-008}, nothing went in
     */
    public ImportRun start(String kind, String mapping, byte[] bytes, String by) {
        ImportKind known = ImportKind.of(kind)
                .filter(one -> one != ImportKind.SETTLEMENTS)
                .orElseThrow(() -> new Problem(Problem.Kind.INVALID, "IMPORT-001", String.join(", ", kinds())));
        return start(add(known, mapping, bytes, by));
    }

    /**
     * The same for a file of what a payment provider settled.
     *
     * @throws Problem {@code IMPORT-002} to {@code IMPORT-008}, {@code SETTLE-001}, {@code SETTLE-002}; nothing went in
     */
    public ImportRun startSettlements(String mapping, byte[] bytes, String by) {
        return start(add(ImportKind.SETTLEMENTS, mapping, bytes, by));
    }

    private ImportRun start(long id) {
        ImportRun added = store.get(id);
        if (added.total() <= AT_ONCE) {
            runner.run(id);
            return store.get(id);
        }
        runner.runInBackground(id);
        return added;
    }

    /** @throws Problem {@code IMPORT-009} */
    public ImportRun get(long id) {
        ImportRun run = store.get(id);
        if (run.kind().equals(ImportKind.SETTLEMENTS.word())) {
            throw new Problem(Problem.Kind.NOT_FOUND, "IMPORT-009", id);
        }
        return run;
    }

    /** The same for a file of what was settled. @throws Problem {@code IMPORT-009} */
    public ImportRun settlementFile(long id) {
        ImportRun run = store.get(id);
        if (!run.kind().equals(ImportKind.SETTLEMENTS.word())) {
            throw new Problem(Problem.Kind.NOT_FOUND, "IMPORT-009", id);
        }
        return run;
    }

    /** The newest first, without their rejected lines. */
    public List<ImportRun> list(int limit) {
        return store.list(false, limit);
    }

    /** The same for files of what was settled. */
    public List<ImportRun> settlementFiles(int limit) {
        return store.list(true, limit);
    }

    /** Names of the mappings to choose from. */
    public List<String> mappings() {
        return mappings.names().stream()
                .filter(name -> kinds().stream()
                        .anyMatch(kind ->
                                mappings.serves(name, ImportKind.of(kind).orElseThrow())))
                .toList();
    }

    /** Names of the mappings for what was settled. */
    public List<String> settlementMappings() {
        return mappings.names().stream()
                .filter(name -> mappings.serves(name, ImportKind.SETTLEMENTS))
                .toList();
    }

    /** What can be imported. */
    public List<String> kinds() {
        return Stream.of(ImportKind.values())
                .filter(kind -> kind != ImportKind.SETTLEMENTS)
                .map(ImportKind::word)
                .toList();
    }

    /** Reads and keeps a file; nothing of it is done yet. */
    long add(ImportKind known, String mapping, byte[] bytes, String by) {
        String release = releases.live().id();
        List<ImportLine> lines = new ImportFile(mappings.of(mapping, known), currencies(release)).read(bytes);
        if (known == ImportKind.SETTLEMENTS) {
            settlements.admit(lines.size());
        }
        String hash = ImportFile.hash(bytes);
        return attempts.inTransaction(() -> store.add(known, mapping, release, hash, lines, by));
    }

    /** Whether the rules of the release know a currency. */
    private Predicate<String> currencies(String release) {
        Set<String> known = releases.rulebook(release).currencies().stream()
                .map(CurrencyTerms::code)
                .collect(Collectors.toSet());
        return known::contains;
    }
}
