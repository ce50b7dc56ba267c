package org.jabr.releases;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jabr.rules.Finding;
import org.jabr.rules.Problem;
import org.jabr.rules.RuleTrial;
import org.jabr.rules.Rulebook;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Every release there is, the live one, and the way from a draft to live. */
@Service
public class Releases {

    private static final int LOOKED = 16;
    private static final Set<String> HOME = Set.of(FirstRelease.FOLDER, FirstRelease.JAR);

    private final ReleaseStore store;
    private final Rulebooks rulebooks;
    private final RuleTrial trial;
    private final Quarantine quarantine;
    private final Patience patience;
    private final ObjectProvider<Check> checks;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    /** What was said last about content that people look at again and again while they write. */
    private final Map<String, List<Finding>> looked = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, List<Finding>> eldest) {
            return size() > LOOKED;
        }
    };

    Releases(
            ReleaseStore store,
            Rulebooks rulebooks,
            RuleTrial trial,
            Quarantine quarantine,
            Patience patience,
            ObjectProvider<Check> checks,
            ApplicationEventPublisher events,
            Clock clock) {
        this.store = store;
        this.rulebooks = rulebooks;
        this.trial = trial;
        this.quarantine = quarantine;
        this.patience = patience;
        this.checks = checks;
        this.events = events;
        this.clock = clock;
    }

    /**
     * The release that new cases start with: the live one, or the last good one while that is in quarantine.
     *
     * @throws Problem {@code RELEASE-001} where none is live yet
     */
    public Release live() {
        return store.serving().orElseThrow(() -> new Problem(Problem.Kind.CONFLICT, "RELEASE-001"));
    }

    public Optional<Release> findLive() {
        return store.serving();
    }

    public List<Release> list() {
        return store.list();
    }

    /** @throws Problem {@code RELEASE-002} */
    public Release get(String id) {
        return store.find(id).orElseThrow(() -> new Problem(Problem.Kind.NOT_FOUND, "RELEASE-002", id));
    }

    public Optional<Release> find(String id) {
        return store.find(id);
    }

    public SortedMap<String, String> files(String id) {
        return store.files(id);
    }

    /** One file of a release, such as {@code processes/letters/receipt.ar.txt}. */
    public Optional<String> file(String id, String path) {
        return store.file(id, path);
    }

    /** What the checks said of a release, and {@code RELEASE-020} while it is in quarantine. */
    public List<Finding> findings(String id) {
        List<Finding> findings = new ArrayList<>(store.findings(id));
        quarantine.of(id).ifPresent(findings::add);
        return findings;
    }

    /** Whether a release failed so often while cases were running that it decides nothing any more. */
    public boolean quarantined(String id) {
        return quarantine.of(id).isPresent();
    }

    /** Gives a release in quarantine another chance, for instance after the system itself was mended. */
    @Transactional
    public void liftQuarantine(String id, String by) {
        quarantine.lift(get(id).id(), by);
        patience.forgive(id);
    }

    /** The compiled rules of a release. @throws Problem {@code RELEASE-002}, {@code RELEASE-003}, {@code RELEASE-029} */
    public Rulebook rulebook(String id) {
        return rulebooks.of(id);
    }

    /**
     * The same after a look whether what is stored now is still what its hash stands for: rules that were compiled before
     * somebody changed the files would not show it.
     *
     * @throws Problem {@code RELEASE-002}, {@code RELEASE-003}, {@code RELEASE-029}
     */
    public Rulebook intactRulebook(String id) {
        if (!rulebooks.intact(get(id).id())) {
            throw new Problem(Problem.Kind.CONFLICT, "RELEASE-029", id);
        }
        return rulebooks.of(id);
    }

    /** The engine's definition of a process of a release. @throws Problem {@code RELEASE-004} where it has no such process */
    public String definition(String release, String process) {
        return store.definitionOf(release, process)
                .orElseThrow(() -> new Problem(Problem.Kind.CONFLICT, "RELEASE-004", release, process));
    }

    /** Stores which definition the engine gave a process of a release; called while it is published. */
    public void recordProcess(String release, String process, String definitionId) {
        store.recordProcess(release, process, definitionId);
    }

    /** Everybody who had a hand in it. */
    public Set<String> authors(String id) {
        return store.authors(id);
    }

    /** What was done with it, the oldest step first. */
    public List<Release.Step> steps(String id) {
        return store.steps(id);
    }

    /** The hash of some content, as a release of it carries. */
    public static String contentHash(SortedMap<String, String> files) {
        return new ReleaseContent(files).hash();
    }

    /** What the quick checks say about some content; nothing is stored. */
    public List<Finding> look(SortedMap<String, String> files) {
        String hash = new ReleaseContent(files).hash();
        synchronized (looked) {
            List<Finding> known = looked.get(hash);
            if (known != null) {
                return known;
            }
        }
        List<Finding> findings = new ArrayList<>(trial.compile(files));
        checks.orderedStream().forEach(check -> findings.addAll(check.check(files)));
        if (!untried(findings)) {
            synchronized (looked) {
                looked.put(hash, List.copyOf(findings));
            }
        }
        return List.copyOf(findings);
    }

    /** Stores content as a draft with the findings of the quick checks. Equal content is the same release. */
    @Transactional
    public Release.Checked add(SortedMap<String, String> files, String origin, String by) {
        String id = ReleaseContent.idOf(new ReleaseContent(files).hash());
        Optional<Release> known = store.find(id);
        if (known.isEmpty()) {
            List<Finding> findings = check(id, files, origin);
            return new Release.Checked(store(files, findings, origin, by, null), findings);
        }
        List<Finding> findings = store.findings(id);
        if (untried(findings)) {
            findings = check(id, files, origin);
            store.replaceFindings(id, findings);
        }
        return new Release.Checked(known.get(), findings);
    }

    private static boolean untried(List<Finding> findings) {
        return findings.stream().anyMatch(finding -> RuleTrial.NOT_TRIED.contains(finding.code()));
    }

    /** Stores content that was checked. Equal content is the same release, with its own findings. */
    Release store(
            SortedMap<String, String> files, List<Finding> findings, String origin, String by, @Nullable String base) {
        ReleaseContent content = new ReleaseContent(files);
        String hash = content.hash();
        String id = ReleaseContent.idOf(hash);
        Optional<Release> known = store.find(id);
        if (known.isPresent()) {
            return known.get();
        }
        Release release =
                new Release(id, hash, Release.State.DRAFT, origin, by, OffsetDateTime.now(clock), null, base, null);
        store.add(release, content.files());
        store.addAuthors(id, Set.of(by));
        store.replaceFindings(id, findings);
        return release;
    }

    /**
     * Takes in the content of the folders.
     *
     * @return the release and whether the folders changed since the last start
     */
    @Transactional
    FolderContent addFolder(SortedMap<String, String> files, String by) {
        Release.Checked checked = add(files, FirstRelease.FOLDER, by);
        String id = checked.release().id();
        boolean changed = !store.lastInFolder().equals(Optional.of(id))
                || checked.release().state() == Release.State.DRAFT;
        store.seenInFolder(id, OffsetDateTime.now(clock));
        return new FolderContent(checked, changed);
    }

    /** What the folders held at start. */
    record FolderContent(Release.Checked checked, boolean changed) {}

    /**
     * Makes a release the one that new cases start with. Running cases keep theirs. Who may do this is asked before.
     *
     * @throws Problem {@code RELEASE-005} where a finding blocks it
     */
    @Transactional
    Release publish(String id, String by) {
        store.lockPublication();
        Release release = get(id);
        if (release.state() == Release.State.LIVE) {
            return release;
        }
        if (findings(id).stream().anyMatch(Finding::blocking)) {
            throw new Problem(Problem.Kind.INVALID, "RELEASE-005", id);
        }
        rulebooks.of(id);
        store.publish(id, OffsetDateTime.now(clock));
        Release live = get(id);
        events.publishEvent(new Release.Published(live, new TreeMap<>(store.files(id)), by));
        return live;
    }

    /** What lies on the machine's own disk is trusted with this process; what somebody sends is not. */
    private List<Finding> check(String id, SortedMap<String, String> files, String origin) {
        List<Finding> findings =
                new ArrayList<>(HOME.contains(origin) ? rulebooks.check(id, files) : trial.compile(files));
        checks.orderedStream().forEach(check -> findings.addAll(check.check(files)));
        return findings;
    }
}
