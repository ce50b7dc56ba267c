package org.jabr.web.studio;

import java.util.List;
import java.util.stream.Stream;
import org.jabr.releases.Draft;
import org.jabr.releases.Drafts;
import org.jabr.releases.Release;
import org.jabr.releases.Releases;
import org.jabr.web.Reader;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Two drafts or releases beside each other. */
@Controller
class DifferencePages {

    private final Subjects subjects;
    private final Drafts drafts;
    private final Releases releases;
    private final DifferenceReading reading;
    private final Reader reader;

    DifferencePages(Subjects subjects, Drafts drafts, Releases releases, DifferenceReading reading, Reader reader) {
        this.subjects = subjects;
        this.drafts = drafts;
        this.releases = releases;
        this.reading = reading;
        this.reader = reader;
    }

    /** One that can be compared. */
    record Choice(String id, String word) {}

    @GetMapping("/studio/difference")
    String difference(
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            Model model) {
        model.addAttribute("all", all());
        if (from != null && to != null) {
            Subjects.Subject before = subjects.of(from);
            Subjects.Subject after = subjects.of(to);
            DifferenceReading.Told told = reading.told(
                    new DifferenceReading.Pair(subjects.files(before), subjects.files(after), after.words()));
            model.addAttribute("from", before);
            model.addAttribute("to", after);
            model.addAttribute("groups", told.groups());
            model.addAttribute("files", told.files());
            model.addAttribute("pictures", told.files().stream().anyMatch(DifferenceReading.FileTold::diagram));
        }
        return "studio/difference";
    }

    private List<Choice> all() {
        return Stream.concat(
                        releases.list().stream()
                                .map(release -> new Choice(release.id(), release.id() + " · " + state(release))),
                        drafts.list().stream()
                                .filter(draft -> draft.state() != Draft.State.CLOSED)
                                .map(draft -> new Choice(draft.id(), draft.name() + " · " + draft.id())))
                .toList();
    }

    private String state(Release release) {
        return reader.words("release.state." + release.state());
    }
}
