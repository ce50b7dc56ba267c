package org.jabr.web.desk;

import java.util.Comparator;
import java.util.List;
import org.jabr.releases.Release;
import org.jabr.releases.Releases;
import org.jabr.web.FolderNotice;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** Every release there is, and which one is live. */
@Controller
class ReleasePages {

    private final Releases releases;
    private final FolderNotice notice;
    private final ReleaseWords words;

    ReleasePages(Releases releases, FolderNotice notice, ReleaseWords words) {
        this.releases = releases;
        this.notice = notice;
        this.words = words;
    }

    record Row(Release release, String by, String tone, boolean quarantined, List<FolderNotice.Told> findings) {}

    @GetMapping("/releases")
    String list(Model model) {
        model.addAttribute(
                "rows",
                releases.list().stream()
                        .sorted(Comparator.comparing((Release release) -> release.state() == Release.State.LIVE ? 0 : 1)
                                .thenComparing(Release::createdAt, Comparator.reverseOrder()))
                        .map(this::row)
                        .toList());
        return "desk/releases";
    }

    private Row row(Release release) {
        return new Row(
                release,
                words.who(release.createdBy()),
                switch (release.state()) {
                    case LIVE -> "good";
                    case SUBMITTED, APPROVED -> "active";
                    case DRAFT -> "warn";
                    case RETIRED -> "";
                },
                releases.quarantined(release.id()),
                releases.findings(release.id()).stream().map(notice::told).toList());
    }
}
