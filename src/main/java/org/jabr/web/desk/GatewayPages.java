package org.jabr.web.desk;

import java.util.List;
import org.jabr.hooks.HookDesk;
import org.jabr.hooks.NewsItem;
import org.jabr.post.Deliveries;
import org.jabr.post.PostDesk;
import org.jabr.post.PostHealth;
import org.jabr.remedies.GatewayDesk;
import org.jabr.remedies.GatewayHealth;
import org.jabr.rules.Problem;
import org.jabr.web.Flash;
import org.jabr.web.Reader;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** All ways in and out of the house on one page: effects, letters by channel, news to other systems, what these tell. */
@Controller
class GatewayPages {

    private static final int ROWS = 20;

    private final GatewayDesk effects;
    private final PostDesk post;
    private final Deliveries deliveries;
    private final HookDesk hooks;
    private final EffectReading reading;
    private final Reader reader;

    GatewayPages(
            GatewayDesk effects,
            PostDesk post,
            Deliveries deliveries,
            HookDesk hooks,
            EffectReading reading,
            Reader reader) {
        this.effects = effects;
        this.post = post;
        this.deliveries = deliveries;
        this.hooks = hooks;
        this.reading = reading;
        this.reader = reader;
    }

    /** @param waiting letters of the channels that leave by it; {@code count} of them in all */
    record Letters(PostHealth health, List<Deliveries.Waiting> waiting, int count) {}

    @GetMapping("/gateways")
    String page(@RequestParam(required = false) @Nullable Long before, Model model) {
        List<Deliveries.Waiting> waiting = deliveries.waiting();
        List<Letters> letters =
                post.health().stream().map(health -> letters(health, waiting)).toList();
        List<NewsItem> found = hooks.stopped(before, ROWS + 1);
        List<NewsItem> stopped = found.subList(0, Math.min(ROWS, found.size()));
        GatewayHealth health = effects.health();
        model.addAttribute("effects", health);
        model.addAttribute(
                "effectsWaiting",
                health.waiting().stream().mapToInt(GatewayHealth.Waiting::count).sum());
        model.addAttribute("letters", letters);
        model.addAttribute(
                "stranded",
                waiting.stream()
                        .filter(one ->
                                letters.stream().noneMatch(way -> way.waiting().contains(one)))
                        .mapToInt(Deliveries.Waiting::count)
                        .sum());
        model.addAttribute("out", hooks.out());
        model.addAttribute("in", hooks.in());
        model.addAttribute("heard", hooks.heard());
        model.addAttribute("stopped", stopped);
        model.addAttribute(
                "next", found.size() > ROWS ? stopped.get(stopped.size() - 1).id() : null);
        model.addAttribute("reading", reading);
        return "desk/gateways";
    }

    private static Letters letters(PostHealth health, List<Deliveries.Waiting> waiting) {
        List<Deliveries.Waiting> own = waiting.stream()
                .filter(one -> health.channels().contains(one.channel()))
                .toList();
        return new Letters(
                health, own, own.stream().mapToInt(Deliveries.Waiting::count).sum());
    }

    /** Sends stopped news again. */
    @PostMapping("/gateways/news/{id}/again")
    String again(@PathVariable long id, RedirectAttributes redirect) {
        try {
            hooks.again(id);
            redirect.addFlashAttribute(Flash.NAME, Flash.good("gateways.again.done"));
        } catch (Problem problem) {
            redirect.addFlashAttribute(Flash.NAME, Flash.warn("problem.said", reader.words(problem)));
        }
        return "redirect:/gateways";
    }
}
