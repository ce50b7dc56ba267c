package org.jabr.releases;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jabr.rules.Finding;
import org.jabr.rules.Problem;
import org.jabr.rules.RuleTrial;
import org.jabr.rules.Rulebook;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Every release there is, the live one, and the way from a draft to live. */
@Service
public class Releases {

    private static final Set<String> HOME = Set.of(FirstRelease.FOLDER, FirstRelease.JAR);

    private final ReleaseStore store;
    private final Rulebooks rulebooks;
    private final RuleTrial trial;
    private final Quarantine quarantine;
    private final Patience patience;
    private final ObjectProvider<Check> checks;
    private final ApplicationEventPublisher events;
    private final Clock clock;

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

    /** The compiled rules of a release. @throws Problem {@code RELEASE-002}, {@code RELEASE-003} */
    public Rulebook rulebook(String id) {
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

    /** Stores content as a draft with the findings of all checks. Equal content is the same release. */
    @Transactional
    public Release.Checked add(SortedMap<String, String> files, String origin, String by) {
        ReleaseContent content = new ReleaseContent(files);
        String hash = content.hash();
        String id = ReleaseContent.idOf(hash);
        Optional<Release> known = store.find(id);
        if (known.isPresent()) {
            List<Finding> findings = store.findings(id);
            if (findings.stream().anyMatch(finding -> RuleTrial.NOT_TRIED.contains(finding.code()))) {
                findings = check(id, content.files(), origin);
                store.replaceFindings(id, findings);
            }
            return new Release.Checked(known.get(), findings);
        }
        Release release = new Release(id, hash, Release.State.DRAFT, origin, by, OffsetDateTime.now(clock), null);
        List<Finding> findings = check(id, content.files(), origin);
        store.add(release, content.files());
        store.replaceFindings(id, findings);
        return new Release.Checked(release, findings);
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
     * Makes a release the one that new cases start with. Running cases keep theirs.
     *
     * @throws Problem {@code RELEASE-005} where a finding blocks it
     */
    @Transactional
    public Release publish(String id, String by) {
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
