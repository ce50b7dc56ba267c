package org.jabr.web.studio;

import java.util.SortedMap;
import java.util.TreeMap;
import org.jabr.releases.Draft;
import org.jabr.releases.Drafts;
import org.jabr.releases.Release;
import org.jabr.releases.Releases;
import org.springframework.stereotype.Component;

/** What a page of the studio is about: a draft as it is now, or a release. */
@Component
class Subjects {

    private final Drafts drafts;
    private final Releases releases;

    Subjects(Drafts drafts, Releases releases) {
        this.drafts = drafts;
        this.releases = releases;
    }

    /**
     * A draft or a release.
     *
     * @param name the draft's name, the release's id
     * @param words the release whose words for values and rules are used
     * @param open whether it can be written to
     */
    record Subject(String id, boolean draft, String name, String words, boolean open) {

        /** Where its pages are. */
        public String path() {
            return "/studio/" + (draft ? "drafts/" : "releases/") + id;
        }
    }

    /** @throws org.jabr.rules.Problem {@code DRAFT-001}, {@code RELEASE-002} */
    Subject of(String id) {
        return id.startsWith("d-") ? draft(id) : release(id);
    }

    Subject draft(String id) {
        Draft draft = drafts.get(id);
        return new Subject(id, true, draft.name(), draft.base(), draft.isOpen());
    }

    Subject release(String id) {
        Release release = releases.get(id);
        return new Subject(release.id(), false, release.id(), release.id(), false);
    }

    SortedMap<String, String> files(Subject subject) {
        return subject.draft() ? drafts.contents(subject.id()) : new TreeMap<>(releases.files(subject.id()));
    }
}
