package org.jabr.intake;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
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
    private final Attempts attempts;

    Imports(ImportStore store, ImportRunner runner, Mappings mappings, Releases releases, Attempts attempts) {
        this.store = store;
        this.runner = runner;
        this.mappings = mappings;
        this.releases = releases;
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
        long id = add(kind, mapping, bytes, by);
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
        return store.get(id);
    }

    /** The newest first, without their rejected lines. */
    public List<ImportRun> list(int limit) {
        return store.list(limit);
    }

    /** Names of the mappings to choose from. */
    public List<String> mappings() {
        return mappings.names();
    }

    /** What can be imported. */
    public List<String> kinds() {
        return List.of(ImportKind.values()).stream().map(ImportKind::word).toList();
    }

    /** Reads and keeps a file; nothing of it is done yet. */
    long add(String kind, String mapping, byte[] bytes, String by) {
        ImportKind known = ImportKind.of(kind)
                .orElseThrow(() -> new Problem(Problem.Kind.INVALID, "IMPORT-001", String.join(", ", kinds())));
        String release = releases.live().id();
        List<ImportLine> lines = new ImportFile(mappings.of(mapping, known), currencies(release)).read(bytes);
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
