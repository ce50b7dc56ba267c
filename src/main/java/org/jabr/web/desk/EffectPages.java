package org.jabr.web.desk;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jabr.cases.Cases;
import org.jabr.process.Undos;
import org.jabr.remedies.Effect;
import org.jabr.remedies.EffectHistory;
import org.jabr.remedies.Effects;
import org.jabr.remedies.GatewayDesk;
import org.jabr.remedies.RemedyDesk;
import org.jabr.rules.Authority;
import org.jabr.rules.Decider;
import org.jabr.rules.Problem;
import org.jabr.web.Flash;
import org.jabr.web.Reader;
import org.jabr.web.SignedIn;
import org.jabr.worklist.WorkItem;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Effects with their state and their steps, what a person can do about one, and how the gateway stands. */
@Controller
class EffectPages {

    private static final int ROWS = 50;

    private final Effects effects;
    private final EffectHistory history;
    private final RemedyDesk remedies;
    private final Undos undos;
    private final GatewayDesk gateway;
    private final Cases cases;
    private final EffectReading reading;
    private final CatalogueReading catalogue;
    private final ReleaseWords words;
    private final Reader reader;

    EffectPages(
            Effects effects,
            EffectHistory history,
            RemedyDesk remedies,
            Undos undos,
            GatewayDesk gateway,
            Cases cases,
            EffectReading reading,
            CatalogueReading catalogue,
            ReleaseWords words,
            Reader reader) {
        this.effects = effects;
        this.history = history;
        this.remedies = remedies;
        this.undos = undos;
        this.gateway = gateway;
        this.cases = cases;
        this.reading = reading;
        this.catalogue = catalogue;
        this.words = words;
        this.reader = reader;
    }

    record Tab(@Nullable String state, long count, boolean current) {}

    record Row(Effect effect, String name, String tone, String said) {}

    record Step(
            Instant at,
            String state,
            String tone,
            String attempt,
            String said,
            @Nullable String text,
            String by) {}

    @GetMapping("/effects")
    String list(
            @RequestParam(required = false) Effect.@Nullable State state,
            @RequestParam(required = false) @Nullable String before,
            Model model) {
        Map<Effect.State, Long> counts = effects.byState();
        List<Effect> found = effects.newest(state, before, ROWS + 1);
        List<Effect> shown = found.subList(0, Math.min(ROWS, found.size()));
        model.addAttribute(
                "tabs",
                Stream.concat(
                                Stream.of(new Tab(
                                        null,
                                        counts.values().stream()
                                                .mapToLong(Long::longValue)
                                                .sum(),
                                        state == null)),
                                Arrays.stream(Effect.State.values())
                                        .map(one -> new Tab(one.name(), counts.getOrDefault(one, 0L), one == state)))
                        .toList());
        model.addAttribute("state", state);
        model.addAttribute("rows", shown.stream().map(this::row).toList());
        model.addAttribute("next", found.size() > ROWS ? shown.get(ROWS - 1).key() : null);
        model.addAttribute("first", before == null);
        return "desk/effects";
    }

    private Row row(Effect effect) {
        return new Row(effect, reading.name(effect), reading.tone(effect.state()), reading.lastSaid(effect));
    }

    @GetMapping("/effects/gateway")
    String gateway(Model model) {
        model.addAttribute("health", gateway.health());
        model.addAttribute("reading", reading);
        return "desk/gateway";
    }

    @GetMapping("/effects/{key}")
    String effect(@PathVariable String key, @AuthenticationPrincipal SignedIn who, Model model) {
        Effect effect = effects.find(key).orElseThrow(() -> new Problem(Problem.Kind.NOT_FOUND, "REMEDY-001", key));
        Effects.OnItsWay way = effects.onItsWay(key).orElseThrow();
        String release = cases.get(effect.caseId()).release();
        Decider by = who.decider();
        boolean leads = by.authority().satisfies(Authority.strictest(Authority.SUPERVISOR, effect.authority()));
        String askedBy = effect.askedBy();
        boolean own = by.login().equals(askedBy);
        model.addAttribute("effect", effect);
        model.addAttribute("name", reading.name(effect));
        model.addAttribute("tone", reading.tone(effect.state()));
        model.addAttribute("kind", words.word(release, effect.kind()));
        model.addAttribute("authority", words.word(release, effect.authority().name()));
        model.addAttribute(
                "decidedBy",
                Optional.ofNullable(effect.decidedBy()).map(words::who).orElse(null));
        model.addAttribute("way", way);
        model.addAttribute("chosen", catalogue.why(effect));
        model.addAttribute("said", reading.lastSaid(effect));
        model.addAttribute("steps", history.of(key).stream().map(this::step).toList());
        model.addAttribute("mendable", leads && effect.state() == Effect.State.NEEDS_PERSON);
        model.addAttribute("undoable", leads && remedies.undoable(effect));
        model.addAttribute("approvable", undos.answerable(effect, by));
        model.addAttribute("work", undos.work(key).map(WorkItem::id).orElse(null));
        model.addAttribute(
                "waitsFor",
                effect.undo() && effect.state() == Effect.State.ASKED && own
                        ? words.who(Objects.requireNonNull(askedBy))
                        : null);
        return "desk/effect";
    }

    private Step step(EffectHistory.Step step) {
        String said = reading.said(step.code());
        return new Step(
                step.at().toInstant(),
                step.to().name(),
                reading.tone(step.to()),
                reader.words("effect.history.attempt", step.attempt()),
                said,
                step.said() == null ? null : reader.said(step.said()),
                words.who(step.by()));
    }

    @PostMapping("/effects/{key}/ask-again")
    String askAgain(@PathVariable String key, @AuthenticationPrincipal SignedIn who, RedirectAttributes redirect) {
        return attempt(key, "effect.ask-again.done", redirect, () -> remedies.askAgain(key, who.decider()));
    }

    @PostMapping("/effects/{key}/found-done")
    String foundDone(
            @PathVariable String key,
            @RequestParam String reference,
            @AuthenticationPrincipal SignedIn who,
            RedirectAttributes redirect) {
        redirect.addFlashAttribute("typedReference", reference);
        return attempt(
                key, "effect.found-done.done", redirect, () -> remedies.foundDone(key, reference, who.decider()));
    }

    @PostMapping("/effects/{key}/found-undone")
    String foundUndone(
            @PathVariable String key,
            @RequestParam String reason,
            @AuthenticationPrincipal SignedIn who,
            RedirectAttributes redirect) {
        redirect.addFlashAttribute("typedReason", reason);
        return attempt(
                key, "effect.found-undone.done", redirect, () -> remedies.foundUndone(key, reason, who.decider()));
    }

    @PostMapping("/effects/{key}/undo")
    String undo(
            @PathVariable String key,
            @RequestParam String reason,
            @AuthenticationPrincipal SignedIn who,
            RedirectAttributes redirect) {
        redirect.addFlashAttribute("typedReason", reason);
        return attempt(key, "effect.undo.asked", redirect, () -> remedies.undo(key, reason, who.decider()));
    }

    @PostMapping("/effects/{key}/approve")
    String approve(@PathVariable String key, @AuthenticationPrincipal SignedIn who, RedirectAttributes redirect) {
        return attempt(key, "effect.undo.approved", redirect, () -> undos.answer(key, true, null, who.decider()));
    }

    @PostMapping("/effects/{key}/refuse")
    String refuse(
            @PathVariable String key,
            @RequestParam String reason,
            @AuthenticationPrincipal SignedIn who,
            RedirectAttributes redirect) {
        redirect.addFlashAttribute("typedReason", reason);
        return attempt(key, "effect.undo.refused", redirect, () -> undos.answer(key, false, reason, who.decider()));
    }

    private String attempt(String key, String done, RedirectAttributes redirect, Runnable what) {
        try {
            what.run();
            redirect.addFlashAttribute(Flash.NAME, Flash.good(done));
        } catch (Problem problem) {
            if (problem.kind() == Problem.Kind.NOT_FOUND) {
                throw problem;
            }
            redirect.addFlashAttribute(Flash.NAME, Flash.warn("problem.said", reader.words(problem)));
        }
        redirect.addAttribute("key", key);
        return "redirect:/effects/{key}";
    }
}
