package org.jabr.releases;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jabr.rules.Finding;
import org.jabr.rules.Problem;
import org.jabr.rules.Rulebook;
import org.jabr.rules.RulebookCompiler;
import org.springframework.stereotype.Component;

/** The compiled rulebooks of recently used releases; an evicted one is compiled again on demand. */
@Component
class Rulebooks {

    private static final int KEPT = 8;

    private final ReleaseStore store;
    private final RulebookCompiler compiler;
    private final Quarantine quarantine;
    private final Patience patience;
    private final Map<String, Rulebook> compiled = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Rulebook> eldest) {
            return size() > KEPT;
        }
    };

    Rulebooks(ReleaseStore store, RulebookCompiler compiler, Quarantine quarantine, Patience patience) {
        this.store = store;
        this.compiler = compiler;
        this.quarantine = quarantine;
        this.patience = patience;
    }

    /**
     * @throws Problem {@code RELEASE-002} where there is no such release, {@code RELEASE-003} where it does not compile,
     *     {@code RELEASE-029} where its files are not those that its hash stands for
     */
    Rulebook of(String release) {
        synchronized (compiled) {
            Rulebook known = compiled.get(release);
            if (known != null) {
                return known;
            }
            SortedMap<String, String> files = store.files(release);
            if (files.isEmpty()) {
                throw new Problem(Problem.Kind.NOT_FOUND, "RELEASE-002", release);
            }
            if (!intact(release, files)) {
                throw unusable(release, "RELEASE-029");
            }
            Rulebook rulebook = compiler.compile(release, files).rulebook();
            if (rulebook == null) {
                throw unusable(release, "RELEASE-003");
            }
            return keep(release, rulebook);
        }
    }

    /** Whether the files that are stored now are those that the release's hash stands for. */
    boolean intact(String release) {
        return intact(release, store.files(release));
    }

    private boolean intact(String release, SortedMap<String, String> files) {
        String hash = new ReleaseContent(files).hash();
        return store.find(release)
                .map(Release::contentHash)
                .filter(hash::equals)
                .isPresent();
    }

    /** New cases start with the release before it. */
    private Problem unusable(String release, String code) {
        if (store.find(release).map(Release::publishedAt).isPresent()) {
            quarantine.add(release, code, "");
        }
        return new Problem(Problem.Kind.CONFLICT, code, release);
    }

    /** Compiles files that will be stored, and keeps the result when nothing blocks. */
    List<Finding> check(String release, Map<String, String> files) {
        RulebookCompiler.Compilation compilation = compiler.compile(release, files);
        Rulebook rulebook = compilation.rulebook();
        if (rulebook != null) {
            synchronized (compiled) {
                keep(release, rulebook);
            }
        }
        return compilation.findings();
    }

    private Rulebook keep(String release, Rulebook rulebook) {
        Rulebook timed = new TimedRulebook(rulebook, patience);
        compiled.put(release, timed);
        return timed;
    }
}
