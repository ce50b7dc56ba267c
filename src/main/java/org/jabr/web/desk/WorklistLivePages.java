package org.jabr.web.desk;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jabr.rules.Authority;
import org.jabr.rules.Decider;
import org.jabr.web.Flash;
import org.jabr.web.Reader;
import org.jabr.web.SignedIn;
import org.jabr.worklist.Presence;
import org.jabr.worklist.SavedFilters;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/** What goes on in the list while somebody looks at it, and the ways of looking at it that people keep. */
@Controller
class WorklistLivePages {

    private final WorkStream stream;
    private final WorkFinder finder;
    private final Presence presence;
    private final SavedFilters saved;
    private final ReleaseWords words;
    private final Reader reader;

    WorklistLivePages(
            WorkStream stream,
            WorkFinder finder,
            Presence presence,
            SavedFilters saved,
            ReleaseWords words,
            Reader reader) {
        this.stream = stream;
        this.finder = finder;
        this.presence = presence;
        this.saved = saved;
        this.words = words;
        this.reader = reader;
    }

    @GetMapping(path = "/worklist/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter stream(@RequestParam Map<String, String> parameters, @AuthenticationPrincipal SignedIn who) {
        WorklistFilters filters = WorklistFilters.of(parameters);
        Decider by = who.decider();
        WorkFinder.Found found = filters.q().isEmpty() ? null : finder.find(filters.q());
        return stream.watch(by.login(), reader.language(), now -> filters.filter(by, now, found));
    }

    /** Who else looks at the item. Whoever shows this on a page and may work here says that they do, too, from time to time. */
    @GetMapping("/worklist/{id}/presence")
    String presence(@PathVariable long id, @AuthenticationPrincipal SignedIn who, Model model) {
        return others(id, who.decider(), model);
    }

    @PostMapping("/worklist/{id}/presence")
    String here(@PathVariable long id, @AuthenticationPrincipal SignedIn who, Model model) {
        presence.here(id, who.decider().login());
        return others(id, who.decider(), model);
    }

    private String others(long id, Decider by, Model model) {
        model.addAttribute("item", id);
        model.addAttribute("acts", by.authority().satisfies(Authority.AGENT));
        model.addAttribute(
                "others",
                presence.others(id, by.login()).stream().map(words::who).toList());
        return "desk/presence :: presence";
    }

    @PostMapping("/worklist/filters")
    String keep(
            @RequestParam String name,
            @RequestParam(defaultValue = "false") boolean shared,
            @RequestParam(defaultValue = "") String back,
            @AuthenticationPrincipal SignedIn who,
            RedirectAttributes redirect) {
        WorklistFilters filters = read(back);
        saved.keep(who.decider().login(), name, filters.query(), shared);
        redirect.addFlashAttribute(Flash.NAME, Flash.good("worklist.saved.kept"));
        return "redirect:" + filters.path();
    }

    @PostMapping("/worklist/filters/{id}/forget")
    String forget(
            @PathVariable long id,
            @RequestParam(defaultValue = "") String back,
            @AuthenticationPrincipal SignedIn who,
            RedirectAttributes redirect) {
        saved.forget(id, who.decider());
        redirect.addFlashAttribute(Flash.NAME, Flash.good("worklist.saved.forgotten"));
        return "redirect:" + read(back).path();
    }

    /** The list as an address says, and nothing but the list, whatever was sent. */
    static WorklistFilters read(String query) {
        Map<String, String> parameters = new HashMap<>();
        UriComponentsBuilder.newInstance().query(query).build().getQueryParams().forEach((name, values) -> {
            List<String> all = values;
            String first = all.isEmpty() ? null : all.get(0);
            if (first != null) {
                parameters.put(name, UriUtils.decode(first.replace('+', ' '), "UTF-8"));
            }
        });
        return WorklistFilters.of(parameters);
    }
}
