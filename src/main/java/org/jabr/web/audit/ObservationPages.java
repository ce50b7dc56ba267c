package org.jabr.web.audit;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jabr.people.Role;
import org.jabr.review.Observation;
import org.jabr.review.ObservationDesk;
import org.jabr.web.Flash;
import org.jabr.web.SignedIn;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What was wrong with decisions of samples, until it is put right. */
@Controller
class ObservationPages {

    private static final int ROWS = 50;

    private final ObservationDesk desk;
    private final ObservationReading reading;
    private final Deeds deeds;

    ObservationPages(ObservationDesk desk, ObservationReading reading, Deeds deeds) {
        this.desk = desk;
        this.reading = reading;
        this.deeds = deeds;
    }

    record Tab(@Nullable String state, boolean current) {}

    @GetMapping("/observations")
    String list(
            @RequestParam(required = false) Observation.@Nullable State state,
            @RequestParam(defaultValue = "0") int from,
            Model model) {
        int start = Math.max(0, from);
        List<Observation> found = desk.list(state, start, ROWS + 1);
        model.addAttribute(
                "tabs",
                Stream.concat(
                                Stream.of(new Tab(null, state == null)),
                                Arrays.stream(Observation.State.values()).map(one -> new Tab(one.name(), one == state)))
                        .toList());
        model.addAttribute("state", state);
        model.addAttribute("rows", found.stream().limit(ROWS).map(reading::row).toList());
        model.addAttribute("next", found.size() > ROWS ? start + ROWS : null);
        model.addAttribute("first", start == 0);
        return "audit/observations";
    }

    @GetMapping("/observations/{id}")
    String one(@PathVariable long id, @AuthenticationPrincipal SignedIn who, Model model) {
        Observation observation = desk.get(id);
        boolean audits = who.account().holdsAny(Role.AUDITOR, Role.ADMIN);
        boolean leads = who.account().holdsAny(Role.SUPERVISOR, Role.MANAGER, Role.ADMIN);
        model.addAttribute("row", reading.row(observation));
        model.addAttribute("steps", reading.steps(observation));
        model.addAttribute("audits", audits);
        model.addAttribute("longest", ObservationDesk.LONGEST);
        model.addAttribute(
                "deeds",
                Stream.of("answer", "close", "reopen")
                        .filter(deed -> switch (deed) {
                            case "answer" -> leads && observation.state() == Observation.State.OPEN;
                            case "close" -> audits && observation.state() == Observation.State.ANSWERED;
                            default -> audits && observation.state() != Observation.State.OPEN;
                        })
                        .toList());
        return "audit/observation";
    }

    @PostMapping("/observations/{id}/answer")
    String answer(
            @PathVariable long id,
            @RequestParam(defaultValue = "") String said,
            @AuthenticationPrincipal SignedIn who,
            RedirectAttributes redirect) {
        return said(id, said, redirect, () -> desk.answer(id, said, who.getName()));
    }

    @PostMapping("/observations/{id}/close")
    String close(
            @PathVariable long id,
            @RequestParam(defaultValue = "") String said,
            @AuthenticationPrincipal SignedIn who,
            RedirectAttributes redirect) {
        return said(id, said, redirect, () -> desk.close(id, said, who.getName()));
    }

    @PostMapping("/observations/{id}/reopen")
    String reopen(
            @PathVariable long id,
            @RequestParam(defaultValue = "") String said,
            @AuthenticationPrincipal SignedIn who,
            RedirectAttributes redirect) {
        return said(id, said, redirect, () -> desk.reopen(id, said, who.getName()));
    }

    private String said(long id, String said, RedirectAttributes redirect, Runnable deed) {
        return deeds.done(redirect, "/observations/" + id, () -> {
            redirect.addFlashAttribute("typedSaid", said);
            deed.run();
            redirect.addFlashAttribute("typedSaid", "");
            return Flash.good("observation.stepped");
        });
    }
}
