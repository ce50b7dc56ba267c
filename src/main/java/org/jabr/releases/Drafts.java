package org.jabr.releases;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jabr.rules.Finding;
import org.jabr.rules.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What analysts are writing. A save names the version that it started from, so nobody writes over another's work. */
@Service
public class Drafts {

    /** A pause after which the next save of the same person is a change of its own. */
    private static final Duration ONE_GO = Duration.ofMinutes(10);

    private static final int LONGEST_FILE = 2 * 1024 * 1024;
    private static final int MOST_FILES = 500;
    private static final int LONGEST_NAME = 120;
    private static final int LONGEST_PATH = 200;
    private static final int LONGEST_COMMENT = 4000;
    private static final Pattern PATH = Pattern.compile("(processes|rules)(/[A-Za-z0-9_][A-Za-z0-9._-]*){1,6}");

    private final DraftStore store;
    private final InspectionStore inspections;
    private final Releases releases;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    Drafts(DraftStore store, InspectionStore inspections, Releases releases, Clock clock) {
        this.store = store;
        this.inspections = inspections;
        this.releases = releases;
        this.clock = clock;
    }

    /** A new draft: a copy of a release. @throws Problem {@code RELEASE-002}, {@code DRAFT-004} without a name */
    @Transactional
    public Draft open(String name, String base, String by) {
        releases.get(base);
        return add(name, base, releases.files(base), by);
    }

    /**
     * A new draft from files that somebody brought along; what they change against the base counts as theirs.
     *
     * @throws Problem {@code RELEASE-002}, {@code DRAFT-004} without a name, {@code DRAFT-005} for a path or size that may not be
     */
    @Transactional
    public Draft open(String name, SortedMap<String, String> files, String base, String by) {
        releases.get(base);
        Draft draft = add(name, base, releases.files(base), by);
        replace(draft.id(), files, by);
        return get(draft.id());
    }

    /** Lays other content over a whole draft, as an uploaded zip does. @throws Problem {@code DRAFT-002}, {@code DRAFT-005} */
    @Transactional
    public void replace(String id, SortedMap<String, String> files, String by) {
        Draft draft = open(id);
        if (files.size() > MOST_FILES) {
            throw new Problem(Problem.Kind.INVALID, "DRAFT-005", String.valueOf(files.size()));
        }
        for (Draft.File before : store.files(id)) {
            if (!files.containsKey(before.path())) {
                drop(draft, before, by);
            }
        }
        files.forEach((path, content) ->
                put(draft, path, content, store.file(id, path).orElse(null), by));
    }

    public List<Draft> list() {
        return store.list();
    }

    /** @throws Problem {@code DRAFT-001} */
    public Draft get(String id) {
        return store.find(id).orElseThrow(() -> new Problem(Problem.Kind.NOT_FOUND, "DRAFT-001", id));
    }

    /** The draft that a release was made of. */
    public Optional<Draft> ofRelease(String release) {
        return store.ofRelease(release);
    }

    public List<Draft.File> files(String id) {
        return store.files(get(id).id());
    }

    public SortedMap<String, String> contents(String id) {
        return store.contents(get(id).id());
    }

    public Optional<Draft.File> findFile(String id, String path) {
        return store.file(get(id).id(), path);
    }

    /** @throws Problem {@code DRAFT-006} where the draft has no such file */
    public Draft.File file(String id, String path) {
        return findFile(id, path).orElseThrow(() -> new Problem(Problem.Kind.NOT_FOUND, "DRAFT-006", path));
    }

    /** The hash of what the draft holds now, as a release of it would carry. */
    public String contentHash(String id) {
        return new ReleaseContent(contents(id)).hash();
    }

    /**
     * Saves one file.
     *
     * @param version the one that the writer started from; 0 for a new file
     * @throws Draft.Stale {@code DRAFT-003} where somebody else saved it since
     * @throws Problem {@code DRAFT-002} where the draft is not open, {@code DRAFT-005} for a path or size that may not be
     */
    @Transactional
    public Draft.File save(String id, String path, String content, long version, String by) {
        Draft draft = open(id);
        Draft.File before = store.file(id, path).orElse(null);
        String text = content.replace("\r\n", "\n");
        if (version != (before == null ? 0 : before.version())) {
            if (before != null && before.content().equals(text)) {
                return before;
            }
            throw new Draft.Stale(path, before);
        }
        return put(draft, path, text, before, by);
    }

    /** Removes one file. @throws Draft.Stale {@code DRAFT-003} @throws Problem {@code DRAFT-002}, {@code DRAFT-006} */
    @Transactional
    public void remove(String id, String path, long version, String by) {
        Draft draft = open(id);
        Draft.File before = file(id, path);
        if (before.version() != version) {
            throw new Draft.Stale(path, before);
        }
        drop(draft, before, by);
    }

    /** @throws Problem {@code DRAFT-004} for an empty or too long name */
    @Transactional
    public void rename(String id, String name) {
        store.rename(open(id).id(), named(name));
    }

    /** Lays a draft aside; nothing of it is lost. @throws Problem {@code DRAFT-002} */
    @Transactional
    public void close(String id) {
        store.state(open(id).id(), Draft.State.CLOSED, null);
    }

    /** Takes a draft up again that was laid aside. @throws Problem {@code DRAFT-002} */
    @Transactional
    public void reopen(String id) {
        Draft draft = locked(id);
        if (draft.state() != Draft.State.CLOSED) {
            throw new Problem(Problem.Kind.CONFLICT, "DRAFT-002", draft.name());
        }
        store.state(id, Draft.State.OPEN, null);
    }

    /** What happened to the files of a draft, the newest first. */
    public List<Draft.Change> history(String id) {
        return store.changes(get(id).id());
    }

    /** A file before and after a change; empty where it did not exist. @throws Problem {@code DRAFT-007} */
    public Versions versions(String id, long change) {
        Draft draft = get(id);
        Draft.Change found = store.change(id, change)
                .orElseThrow(() -> new Problem(Problem.Kind.NOT_FOUND, "DRAFT-007", String.valueOf(change)));
        Optional<String> before = store.changeBefore(id, found.path(), change)
                .map(earlier -> store.contentAfter(id, earlier.id()))
                .orElseGet(() -> releases.file(draft.base(), found.path()));
        return new Versions(found, before, store.contentAfter(id, change));
    }

    /** A file before and after a change. */
    public record Versions(Draft.Change change, Optional<String> before, Optional<String> after) {}

    /** Brings a file back to what it was before a change. @throws Problem {@code DRAFT-002}, {@code DRAFT-007} */
    @Transactional
    public void restore(String id, long change, String by) {
        Draft draft = open(id);
        Versions versions = versions(id, change);
        String path = versions.change().path();
        Draft.File now = store.file(id, path).orElse(null);
        if (versions.before().isPresent()) {
            put(draft, path, versions.before().get(), now, by);
        } else if (now != null) {
            drop(draft, now, by);
        }
    }

    /** Everybody who had a hand in a draft: none of them may approve it. */
    public Set<String> authors(String id) {
        return store.authors(get(id).id());
    }

    public List<Draft.Comment> comments(String id) {
        return store.comments(get(id).id());
    }

    /** @throws Problem {@code DRAFT-008} for an empty or too long comment */
    @Transactional
    public void comment(String id, String path, String place, String words, String by) {
        String said = words.strip();
        if (said.isEmpty() || said.length() > LONGEST_COMMENT || path.length() > LONGEST_PATH || place.length() > 300) {
            throw new Problem(Problem.Kind.INVALID, "DRAFT-008", LONGEST_COMMENT);
        }
        store.addComment(get(id).id(), path, place, said, by, now());
    }

    @Transactional
    public void resolve(String id, long comment, String by) {
        store.resolve(get(id).id(), comment, by, now());
    }

    /** What the quick checks say about the draft as it is now. */
    public List<Finding> findings(String id) {
        return releases.look(contents(id));
    }

    Draft locked(String id) {
        return store.lock(id).orElseThrow(() -> new Problem(Problem.Kind.NOT_FOUND, "DRAFT-001", id));
    }

    void submitted(String id, String release) {
        store.state(id, Draft.State.SUBMITTED, release);
    }

    /** A release that is sent back opens the draft that it was made of. */
    void sentBack(String release) {
        store.ofRelease(release).ifPresent(draft -> store.state(draft.id(), Draft.State.OPEN, null));
    }

    private Draft add(String name, String base, SortedMap<String, String> files, String by) {
        OffsetDateTime at = now();
        byte[] id = new byte[5];
        random.nextBytes(id);
        Draft draft = new Draft(
                "d-" + HexFormat.of().formatHex(id), named(name), base, Draft.State.OPEN, null, by, at, by, at);
        store.add(draft, files);
        return draft;
    }

    private Draft open(String id) {
        Draft draft = locked(id);
        if (!draft.isOpen()) {
            throw new Problem(Problem.Kind.CONFLICT, "DRAFT-002", draft.name());
        }
        return draft;
    }

    private Draft.File put(Draft draft, String path, String content, Draft.@Nullable File before, String by) {
        if (before != null && before.content().equals(content)) {
            return before;
        }
        if (content.length() > LONGEST_FILE
                || content.indexOf('\0') >= 0
                || path.length() > LONGEST_PATH
                || !PATH.matcher(path).matches()) {
            throw new Problem(Problem.Kind.INVALID, "DRAFT-005", path);
        }
        OffsetDateTime at = now();
        Draft.File saved = new Draft.File(path, content, before == null ? 1 : before.version() + 1, by, at);
        if (before == null) {
            store.insert(draft.id(), new Draft.File(path, content, firstVersion(draft, path), by, at));
            store.addChange(draft.id(), path, Draft.Kind.ADDED, content, by, at);
        } else {
            store.update(draft.id(), saved);
            remember(draft, path, content, by, at);
        }
        touched(draft, by, at);
        return before == null ? file(draft.id(), path) : saved;
    }

    /** A file that comes again does not start at a version that somebody may still hold. */
    private long firstVersion(Draft draft, String path) {
        return store.lastChange(draft.id(), path)
                .map(change -> change.changedAt().toInstant().toEpochMilli())
                .orElse(1L);
    }

    private void remember(Draft draft, String path, String content, String by, OffsetDateTime at) {
        Optional<Draft.Change> last = store.lastChange(draft.id(), path);
        boolean oneGo = last.isPresent()
                && last.get().kind() != Draft.Kind.REMOVED
                && last.get().by().equals(by)
                && last.get().changedAt().plus(ONE_GO).isAfter(at);
        if (oneGo) {
            store.goOn(last.get().id(), content, at);
        } else {
            store.addChange(draft.id(), path, Draft.Kind.CHANGED, content, by, at);
        }
    }

    private void drop(Draft draft, Draft.File file, String by) {
        OffsetDateTime at = now();
        store.delete(draft.id(), file.path());
        store.addChange(draft.id(), file.path(), Draft.Kind.REMOVED, null, by, at);
        touched(draft, by, at);
    }

    /** Checks of what the draft was before are called off: they would hold up those of what it is now. */
    private void touched(Draft draft, String by, OffsetDateTime at) {
        store.touched(draft.id(), by, at);
        inspections.cancelOf(draft.id());
    }

    private static String named(String name) {
        String stripped = name.strip();
        if (stripped.isEmpty() || stripped.length() > LONGEST_NAME) {
            throw new Problem(Problem.Kind.INVALID, "DRAFT-004", LONGEST_NAME);
        }
        return stripped;
    }

    private OffsetDateTime now() {
        return OffsetDateTime.now(clock);
    }

    /** What differs between a draft and the release that it started from. */
    public SortedMap<String, Draft.Kind> changed(String id) {
        Draft draft = get(id);
        SortedMap<String, Draft.Kind> changed = new TreeMap<>();
        SortedMap<String, String> before = releases.files(draft.base());
        SortedMap<String, String> after = store.contents(id);
        after.forEach((path, content) -> {
            if (!before.containsKey(path)) {
                changed.put(path, Draft.Kind.ADDED);
            } else if (!Objects.equals(before.get(path), content)) {
                changed.put(path, Draft.Kind.CHANGED);
            }
        });
        before.keySet().stream()
                .filter(path -> !after.containsKey(path))
                .forEach(path -> changed.put(path, Draft.Kind.REMOVED));
        return changed;
    }
}
