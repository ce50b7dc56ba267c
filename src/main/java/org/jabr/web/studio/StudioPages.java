package org.jabr.web.studio;

import java.util.List;
import org.jabr.releases.Draft;
import org.jabr.releases.Drafts;
import org.jabr.releases.Release;
import org.jabr.releases.Releases;
import org.jabr.rules.Problem;
import org.jabr.web.Flash;
import org.jabr.web.SignedIn;
import org.jabr.web.desk.ReleaseWords;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The way into the studio: drafts side by side, and the releases that they came from and became. */
@Controller
class StudioPages {

    private final Drafts drafts;
    private final Releases releases;
    private final ReleaseWords words;

    StudioPages(Drafts drafts, Releases releases, ReleaseWords words) {
        this.drafts = drafts;
        this.releases = releases;
        this.words = words;
    }

    record DraftRow(Draft draft, String by, long changed, long talk, String tone) {}

    record ReleaseRow(Release release, String by, String tone) {}

    @GetMapping("/studio")
    String home(@RequestParam(defaultValue = "false") boolean all, Model model) {
        List<Draft> known = drafts.list();
        model.addAttribute(
                "drafts",
                known.stream()
                        .filter(draft -> all || draft.state() != Draft.State.CLOSED)
                        .map(this::row)
                        .toList());
        model.addAttribute(
                "hidden",
                all
                        ? 0
                        : known.stream()
                                .filter(draft -> draft.state() == Draft.State.CLOSED)
                                .count());
        model.addAttribute("releases", releases.list().stream().map(this::row).toList());
        model.addAttribute("live", releases.live());
        return "studio/home";
    }

    @PostMapping("/studio/drafts")
    String open(
            @RequestParam String name,
            @RequestParam String base,
            @AuthenticationPrincipal SignedIn who,
            RedirectAttributes redirect) {
        try {
            Draft draft = drafts.open(name, base, who.getName());
            return "redirect:/studio/drafts/" + draft.id();
        } catch (Problem refused) {
            redirect.addFlashAttribute(
                    Flash.NAME,
                    Flash.bad("problem." + refused.code(), refused.values().toArray()));
            return "redirect:/studio";
        }
    }

    private DraftRow row(Draft draft) {
        long open = drafts.comments(draft.id()).stream()
                .filter(comment -> comment.resolvedAt() == null)
                .count();
        return new DraftRow(
                draft,
                words.who(draft.changedBy()),
                drafts.history(draft.id()).stream()
                        .map(Draft.Change::path)
                        .distinct()
                        .count(),
                open,
                switch (draft.state()) {
                    case OPEN -> "active";
                    case SUBMITTED -> "warn";
                    case CLOSED -> "";
                });
    }

    private ReleaseRow row(Release release) {
        return new ReleaseRow(release, words.who(release.createdBy()), tone(release.state()));
    }

    static String tone(Release.State state) {
        return switch (state) {
            case LIVE -> "good";
            case SUBMITTED, APPROVED -> "active";
            case DRAFT -> "warn";
            case RETIRED -> "";
        };
    }
}
