package org.jabr.releases;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import org.jabr.rules.Finding;
import org.jabr.rules.Problem;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The way of a release: draft, submitted, approved, live, retired. Whoever approves is none of its authors; going back
 * to an older release is publishing it again.
 */
@Service
public class LifeCycle {

    private static final int LONGEST_NOTE = 2000;

    private final Releases releases;
    private final ReleaseStore store;
    private final Drafts drafts;
    private final Inspections inspections;
    private final ObjectProvider<Backtested> backtested;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transaction;
    private final Clock clock;

    LifeCycle(
            Releases releases,
            ReleaseStore store,
            Drafts drafts,
            Inspections inspections,
            ObjectProvider<Backtested> backtested,
            ApplicationEventPublisher events,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.releases = releases;
        this.store = store;
        this.drafts = drafts;
        this.inspections = inspections;
        this.backtested = backtested;
        this.events = events;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /**
     * Makes a release of a draft and puts it before an approver. The checks that need long are run first, outside of
     * any transaction.
     *
     * @throws Release.Blocked {@code RELEASE-005} with the findings that stand in the way; nothing is changed
     * @throws Problem {@code DRAFT-002} not open, {@code DRAFT-009} nothing changed, {@code DRAFT-010} this content is a release
     *     already, {@code DRAFT-011} somebody went on writing meanwhile, {@code RELEASE-016} the checks did not end
     */
    public Release submitDraft(String draftId, String note, String by) {
        Draft draft = drafts.get(draftId);
        SortedMap<String, String> files = drafts.contents(draftId);
        if (files.equals(releases.files(draft.base()))) {
            throw new Problem(Problem.Kind.CONFLICT, "DRAFT-009", draft.name());
        }
        List<Finding> findings = new ArrayList<>(releases.look(files));
        refuseBlocked(draft.id(), findings);
        findings.addAll(inspections.complete(files));
        refuseBlocked(draft.id(), findings);
        Release release = transaction.execute(status -> submit(draftId, files, findings, note, by));
        if (release == null) {
            throw new IllegalStateException("a transaction without an answer");
        }
        return release;
    }

    private Release submit(
            String draftId, SortedMap<String, String> files, List<Finding> findings, String note, String by) {
        Draft draft = drafts.locked(draftId);
        if (!draft.isOpen()) {
            throw new Problem(Problem.Kind.CONFLICT, "DRAFT-002", draft.name());
        }
        if (!drafts.contents(draftId).equals(files)) {
            throw new Problem(Problem.Kind.CONFLICT, "DRAFT-011", draft.name());
        }
        Release release = releases.store(files, findings, "draft", by, draft.base());
        if (release.state() != Release.State.DRAFT) {
            throw new Problem(Problem.Kind.CONFLICT, "DRAFT-010", release.id());
        }
        store.addAuthors(release.id(), drafts.authors(draftId));
        store.addAuthors(release.id(), unpublishedAuthors(draft.base()));
        move(release, Release.State.DRAFT, Release.State.SUBMITTED);
        store.addAuthors(release.id(), Set.of(by));
        drafts.submitted(draftId, release.id());
        return stepped(release.id(), Release.Deed.SUBMITTED, by, note);
    }

    /**
     * Puts an uploaded release before an approver.
     *
     * @throws Release.Blocked {@code RELEASE-005} with the findings that stand in the way
     * @throws Problem {@code RELEASE-013} where it stands elsewhere, {@code RELEASE-016} the checks did not end
     */
    public Release submit(String id, String note, String by) {
        Release release = releases.get(id);
        if (release.state() != Release.State.DRAFT) {
            throw elsewhere(release);
        }
        List<Finding> findings = new ArrayList<>(releases.findings(id));
        refuseBlocked(id, findings);
        List<Finding> found = inspections.complete(releases.files(id));
        refuseBlocked(id, found);
        Release submitted = transaction.execute(status -> {
            move(release, Release.State.DRAFT, Release.State.SUBMITTED);
            store.addAuthors(id, Set.of(by));
            return stepped(id, Release.Deed.SUBMITTED, by, note);
        });
        if (submitted == null) {
            throw new IllegalStateException("a transaction without an answer");
        }
        return submitted;
    }

    /** @throws Problem {@code RELEASE-012} for an author of it, {@code RELEASE-013} where it stands elsewhere */
    @Transactional
    public Release approve(String id, String note, String by) {
        Release release = releases.get(id);
        refuseAuthor(id, by);
        move(release, Release.State.SUBMITTED, Release.State.APPROVED);
        return stepped(id, Release.Deed.APPROVED, by, note);
    }

    /**
     * Gives a release back to its authors; the draft that it was made of is open again.
     *
     * @throws Problem {@code RELEASE-013} where it stands elsewhere, {@code RELEASE-015} without a reason
     */
    @Transactional
    public Release sendBack(String id, String reason, String by) {
        Release release = releases.get(id);
        String said = reason(reason);
        if (!store.move(id, Release.State.SUBMITTED, Release.State.DRAFT)
                && !store.move(id, Release.State.APPROVED, Release.State.DRAFT)) {
            throw elsewhere(release);
        }
        drafts.sentBack(id);
        return stepped(id, Release.Deed.SENT_BACK, by, said);
    }

    /**
     * Sets the time at which an approved release goes live by itself.
     *
     * @param reason why without a backtest; may be empty where one ran
     * @throws Problem {@code RELEASE-012} for an author, {@code RELEASE-013} where it is not approved, {@code RELEASE-014}
     *     neither backtest nor reason, {@code RELEASE-017} a time that has passed
     */
    @Transactional
    public Release schedule(String id, OffsetDateTime at, String reason, String by) {
        Release release = releases.get(id);
        refuseAuthor(id, by);
        if (!at.isAfter(now())) {
            throw new Problem(Problem.Kind.INVALID, "RELEASE-017", at.toString());
        }
        String said = reasonWithoutBacktest(release, reason);
        if (!store.schedule(id, at)) {
            throw elsewhere(release);
        }
        return stepped(id, Release.Deed.SCHEDULED, by, said);
    }

    /** @throws Problem {@code RELEASE-013} where nothing was set */
    @Transactional
    public Release unschedule(String id, String by) {
        Release release = releases.get(id);
        if (release.publishAt() == null || !store.schedule(id, null)) {
            throw elsewhere(release);
        }
        return stepped(id, Release.Deed.UNSCHEDULED, by, "");
    }

    /**
     * Makes an approved release the one that new cases start with, or an older one again. Running cases keep theirs.
     *
     * @param reason why without a backtest, or why again; may be empty otherwise
     * @throws Problem {@code RELEASE-012} for an author, {@code RELEASE-013} where it is not approved, {@code RELEASE-014}
     *     neither backtest nor reason, {@code RELEASE-015} an older one without a reason
     */
    @Transactional
    public Release publish(String id, String reason, String by) {
        store.lockPublication();
        Release release = releases.get(id);
        if (release.state() == Release.State.LIVE) {
            return release;
        }
        refuseAuthor(id, by);
        if (release.state() != Release.State.APPROVED && release.state() != Release.State.RETIRED) {
            throw elsewhere(release);
        }
        String said =
                release.state() == Release.State.RETIRED ? reason(reason) : reasonWithoutBacktest(release, reason);
        releases.publish(id, by);
        return stepped(id, Release.Deed.PUBLISHED, by, said);
    }

    /** Publishes what is due now. Several nodes may look at once: each release goes live once. */
    void publishDue(String id) {
        try {
            transaction.executeWithoutResult(status -> {
                store.lockPublication();
                if (store.due(now()).contains(id)) {
                    releases.publish(id, scheduledBy(id));
                    stepped(id, Release.Deed.PUBLISHED, scheduledBy(id), "");
                }
            });
        } catch (RuntimeException e) {
            transaction.executeWithoutResult(status -> {
                if (store.schedule(id, null)) {
                    stepped(
                            id,
                            Release.Deed.FAILED,
                            scheduledBy(id),
                            e instanceof Problem problem
                                    ? problem.code()
                                    : e.getClass().getSimpleName());
                }
            });
            throw e;
        }
    }

    private String scheduledBy(String id) {
        return store.steps(id).stream()
                .filter(step -> step.deed() == Release.Deed.SCHEDULED)
                .reduce((earlier, later) -> later)
                .map(Release.Step::by)
                .orElse("");
    }

    private Release stepped(String id, Release.Deed deed, String by, String note) {
        String said = note.strip();
        Release.Step step = new Release.Step(
                deed, by, now(), said.length() <= LONGEST_NOTE ? said : said.substring(0, LONGEST_NOTE));
        store.addStep(id, step);
        Release release = releases.get(id);
        events.publishEvent(new Release.Stepped(release, step));
        return release;
    }

    private void move(Release release, Release.State from, Release.State to) {
        if (!store.move(release.id(), from, to)) {
            throw elsewhere(releases.get(release.id()));
        }
    }

    /** What was never approved brings its authors along: a copy does not wash them off. */
    private Set<String> unpublishedAuthors(String base) {
        return releases.get(base).publishedAt() == null ? releases.authors(base) : new TreeSet<>();
    }

    private void refuseAuthor(String id, String by) {
        if (releases.authors(id).contains(by)) {
            throw new Problem(Problem.Kind.FORBIDDEN, "RELEASE-012", id);
        }
    }

    private static void refuseBlocked(String id, List<Finding> findings) {
        List<Finding> blocking = findings.stream().filter(Finding::blocking).toList();
        if (!blocking.isEmpty()) {
            throw new Release.Blocked(id, blocking);
        }
    }

    private String reasonWithoutBacktest(Release release, String reason) {
        boolean ran = backtested.orderedStream().anyMatch(trial -> trial.ran(release));
        if (!ran && reason.isBlank()) {
            throw new Problem(Problem.Kind.INVALID, "RELEASE-014", release.id());
        }
        return reason;
    }

    private static String reason(String reason) {
        if (reason.isBlank()) {
            throw new Problem(Problem.Kind.INVALID, "RELEASE-015");
        }
        return reason;
    }

    private static Problem elsewhere(Release release) {
        return new Problem(
                Problem.Kind.CONFLICT,
                "RELEASE-013",
                release.id(),
                release.state().name());
    }

    private OffsetDateTime now() {
        return OffsetDateTime.now(clock);
    }
}
