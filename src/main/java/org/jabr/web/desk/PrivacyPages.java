package org.jabr.web.desk;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jabr.customers.Obstacle;
import org.jabr.privacy.Erasure;
import org.jabr.privacy.Hold;
import org.jabr.privacy.PrivacyDesk;
import org.jabr.privacy.PrivacyRules;
import org.jabr.privacy.Retention;
import org.jabr.rules.Problem;
import org.jabr.web.Flash;
import org.jabr.web.Reader;
import org.jabr.web.SignedIn;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Whose data is to be erased, whose must be kept, and what is let go of when. */
@Controller
class PrivacyPages {

    private static final int ROWS = 50;

    private final PrivacyDesk desk;
    private final PrivacyRules rules;
    private final Retention retention;
    private final ReleaseWords words;
    private final Reader reader;

    PrivacyPages(PrivacyDesk desk, PrivacyRules rules, Retention retention, ReleaseWords words, Reader reader) {
        this.desk = desk;
        this.rules = rules;
        this.retention = retention;
        this.words = words;
        this.reader = reader;
    }

    record Choice(String name, String words) {}

    /** @param late whether it should have been answered by now @param own whether the reader took it down */
    record Open(
            Erasure erasure,
            String ground,
            String by,
            Instant at,
            boolean late,
            List<Obstacle> obstacles,
            boolean own) {}

    record Decided(Erasure erasure, String ground, @Nullable String refusal, String by, Instant at) {}

    record Held(
            Hold hold,
            String ground,
            String by,
            Instant at,
            boolean holds,
            @Nullable String liftedBy) {}

    record Kept(String what, @Nullable String country, String why, String days, String due) {}

    @GetMapping("/privacy")
    String erasures(
            @RequestParam(required = false) @Nullable Long before,
            @RequestParam(defaultValue = "") String customer,
            @AuthenticationPrincipal SignedIn who,
            Model model) {
        List<Erasure> found = desk.erasures(null, before, ROWS + 1);
        List<Erasure> shown = found.subList(0, Math.min(ROWS, found.size()));
        model.addAttribute(
                "open",
                before != null
                        ? List.of()
                        : desk.erasures(Erasure.State.ASKED, null, ROWS).stream()
                                .map(one -> open(one, who))
                                .toList());
        model.addAttribute(
                "decided",
                shown.stream()
                        .filter(one -> one.state() != Erasure.State.ASKED)
                        .map(this::decided)
                        .toList());
        model.addAttribute("grounds", choices(rules.grounds()));
        model.addAttribute("refusals", choices(rules.refusals()));
        model.addAttribute("next", found.size() > ROWS ? shown.get(ROWS - 1).id() : null);
        model.addAttribute("first", before == null);
        typed(model, "typedCustomer", customer);
        return "desk/privacy";
    }

    @GetMapping("/privacy/holds")
    String holds(
            @RequestParam(required = false) @Nullable Long before,
            @RequestParam(defaultValue = "") String customer,
            Model model) {
        List<Hold> found = desk.holds(before, ROWS + 1);
        List<Hold> shown = found.subList(0, Math.min(ROWS, found.size()));
        model.addAttribute("rows", shown.stream().map(this::held).toList());
        model.addAttribute("grounds", choices(rules.holds()));
        model.addAttribute("next", found.size() > ROWS ? shown.get(ROWS - 1).id() : null);
        model.addAttribute("first", before == null);
        model.addAttribute("today", desk.today());
        typed(model, "typedCustomer", customer);
        return "desk/privacy-holds";
    }

    @GetMapping("/privacy/retention")
    String retention(Model model) {
        model.addAttribute("rows", retention.due().stream().map(this::kept).toList());
        return "desk/privacy-retention";
    }

    @PostMapping("/privacy")
    String ask(
            @RequestParam String customer,
            @RequestParam String ground,
            @AuthenticationPrincipal SignedIn who,
            RedirectAttributes redirect) {
        return done(
                "/privacy",
                () -> {
                    desk.ask(customer, ground, who.getName());
                    return Flash.good("privacy.asked");
                },
                customer,
                redirect);
    }

    @PostMapping("/privacy/{id}/erase")
    String erase(@PathVariable long id, @AuthenticationPrincipal SignedIn who, RedirectAttributes redirect) {
        return done(
                "/privacy",
                () -> {
                    desk.erase(id, who.getName());
                    return Flash.good("privacy.erased");
                },
                "",
                redirect);
    }

    @PostMapping("/privacy/{id}/refuse")
    String refuse(
            @PathVariable long id,
            @RequestParam String refusal,
            @AuthenticationPrincipal SignedIn who,
            RedirectAttributes redirect) {
        return done(
                "/privacy",
                () -> {
                    desk.refuse(id, refusal, who.getName());
                    return Flash.good("privacy.refused");
                },
                "",
                redirect);
    }

    @PostMapping("/privacy/holds")
    String place(
            @RequestParam String customer,
            @RequestParam String ground,
            @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate until,
            @AuthenticationPrincipal SignedIn who,
            RedirectAttributes redirect) {
        return done(
                "/privacy/holds",
                () -> {
                    desk.place(customer, ground, until, who.getName());
                    return Flash.good("privacy.held");
                },
                customer,
                redirect);
    }

    @PostMapping("/privacy/holds/{id}/lift")
    String lift(@PathVariable long id, @AuthenticationPrincipal SignedIn who, RedirectAttributes redirect) {
        return done(
                "/privacy/holds",
                () -> {
                    desk.lift(id, who.getName());
                    return Flash.good("privacy.lifted");
                },
                "",
                redirect);
    }

    private String done(String page, Supplier<Flash> deed, String customer, RedirectAttributes redirect) {
        try {
            redirect.addFlashAttribute(Flash.NAME, deed.get());
        } catch (Problem problem) {
            if (problem.kind() == Problem.Kind.NOT_FOUND) {
                throw problem;
            }
            redirect.addFlashAttribute(Flash.NAME, Flash.warn("problem.said", reader.words(problem)));
            redirect.addFlashAttribute("typedCustomer", customer);
        }
        return "redirect:" + page;
    }

    private Open open(Erasure erasure, SignedIn who) {
        return new Open(
                erasure,
                ground(rules.grounds(), erasure.ground()),
                words.who(erasure.askedBy()),
                erasure.askedAt().toInstant(),
                erasure.dueOn().isBefore(desk.today()),
                desk.obstacles(erasure.customerId()),
                erasure.askedBy().equals(who.getName()));
    }

    private Decided decided(Erasure erasure) {
        String refusal = erasure.refusal();
        String by = erasure.decidedBy() == null ? erasure.askedBy() : erasure.decidedBy();
        return new Decided(
                erasure,
                ground(rules.grounds(), erasure.ground()),
                refusal == null ? null : ground(rules.refusals(), refusal),
                words.who(by),
                (erasure.decidedAt() == null ? erasure.askedAt() : erasure.decidedAt()).toInstant());
    }

    private Held held(Hold hold) {
        String liftedBy = hold.liftedBy();
        return new Held(
                hold,
                ground(rules.holds(), hold.ground()),
                words.who(hold.placedBy()),
                hold.placedAt().toInstant(),
                hold.holds(desk.today()),
                liftedBy == null ? null : words.who(liftedBy));
    }

    private Kept kept(Retention.Due due) {
        String country = due.rule().country();
        return new Kept(
                due.rule().kept(),
                country.isEmpty()
                        ? null
                        : new Locale.Builder().setRegion(country).build().getDisplayCountry(reader.locale()),
                due.rule().why().in(reader.locale()),
                reader.number(due.rule().days()),
                reader.number(due.count()));
    }

    /** A ground that the rules in force do not have any more is told by its name. */
    private String ground(List<PrivacyRules.Ground> grounds, String name) {
        return grounds.stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .map(one -> one.in(reader.locale()))
                .orElseGet(() -> name.equals("retention") ? reader.words("privacy.ground.retention") : name);
    }

    private List<Choice> choices(List<PrivacyRules.Ground> grounds) {
        return grounds.stream()
                .map(one -> new Choice(one.name(), one.in(reader.locale())))
                .toList();
    }

    private static void typed(Model model, String name, String value) {
        if (!model.containsAttribute(name)) {
            model.addAttribute(name, value);
        }
    }
}
