package org.jabr.web.desk;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jabr.customers.Customers;
import org.jabr.guard.GuardDesk;
import org.jabr.guard.GuardFinding;
import org.jabr.guard.Sign;
import org.jabr.people.Role;
import org.jabr.remedies.Effect;
import org.jabr.remedies.Effects;
import org.jabr.rules.Problem;
import org.jabr.web.Flash;
import org.jabr.web.Reader;
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

/** What stood out in giving and claiming, for those who lead; never for those whom it is about. */
@Controller
class FindingPages {

    private static final int ROWS = 50;

    private final GuardDesk guard;
    private final Customers customers;
    private final Effects effects;
    private final EffectReading effectReading;
    private final ReleaseWords words;
    private final Reader reader;

    FindingPages(
            GuardDesk guard,
            Customers customers,
            Effects effects,
            EffectReading effectReading,
            ReleaseWords words,
            Reader reader) {
        this.guard = guard;
        this.customers = customers;
        this.effects = effects;
        this.effectReading = effectReading;
        this.words = words;
        this.reader = reader;
    }

    record Tab(@Nullable String state, boolean current) {}

    /** @param said what was seen, in words */
    record Row(GuardFinding finding, String said, String tone, String weight, Instant found) {}

    record Proof(
            Effect effect,
            String name,
            @Nullable String asked,
            @Nullable String decided) {}

    record Told(String judgement, String tone, String reason, String by, Instant at) {}

    @GetMapping("/findings")
    String list(
            @RequestParam(required = false) GuardFinding.@Nullable State state,
            @RequestParam(required = false) @Nullable Sign sign,
            @RequestParam(required = false) @Nullable Long before,
            @AuthenticationPrincipal SignedIn who,
            Model model) {
        List<GuardFinding> found = guard.list(state, sign, before, reading(who), ROWS + 1);
        List<GuardFinding> shown = found.subList(0, Math.min(ROWS, found.size()));
        model.addAttribute(
                "tabs",
                Stream.concat(
                                Stream.of(new Tab(null, state == null)),
                                Arrays.stream(GuardFinding.State.values())
                                        .map(one -> new Tab(one.name(), one == state)))
                        .toList());
        model.addAttribute("state", state);
        model.addAttribute("sign", sign);
        model.addAttribute("signs", Sign.values());
        model.addAttribute("rows", shown.stream().map(this::row).toList());
        model.addAttribute("next", found.size() > ROWS ? shown.get(ROWS - 1).id() : null);
        model.addAttribute("first", before == null);
        return "desk/findings";
    }

    @GetMapping("/findings/{id}")
    String finding(@PathVariable long id, @AuthenticationPrincipal SignedIn who, Model model) {
        GuardFinding finding = guard.get(id, reading(who));
        model.addAttribute("finding", finding);
        model.addAttribute("row", row(finding));
        model.addAttribute(
                "proofs",
                effects.all(finding.evidence()).stream().map(this::proof).toList());
        model.addAttribute(
                "judgements", finding.judgements().stream().map(this::told).toList());
        model.addAttribute("judges", guard.mayJudge(finding, who.decider()));
        model.addAttribute("choices", GuardFinding.Judgement.values());
        model.addAttribute("longest", GuardDesk.LONGEST_REASON);
        return "desk/finding";
    }

    @PostMapping("/findings/{id}/judge")
    String judge(
            @PathVariable long id,
            @RequestParam(required = false) GuardFinding.@Nullable Judgement judgement,
            @RequestParam(defaultValue = "") String reason,
            @AuthenticationPrincipal SignedIn who,
            RedirectAttributes redirect) {
        try {
            guard.judge(id, judgement, reason, who.decider());
            redirect.addFlashAttribute(Flash.NAME, Flash.good("guard.judged"));
        } catch (Problem problem) {
            if (problem.kind() == Problem.Kind.NOT_FOUND) {
                throw problem;
            }
            redirect.addFlashAttribute(Flash.NAME, Flash.warn("problem.said", reader.words(problem)));
            redirect.addFlashAttribute("typedJudgement", judgement);
            redirect.addFlashAttribute("typedReason", reason);
        }
        // What was handed on to somebody above may be out of reach now.
        return guard.find(id, reading(who)).isPresent() ? "redirect:/findings/" + id : "redirect:/findings";
    }

    private static GuardDesk.Reading reading(SignedIn who) {
        return new GuardDesk.Reading(who.decider(), who.account().holdsAny(Role.AUDITOR, Role.ADMIN));
    }

    private Row row(GuardFinding finding) {
        return new Row(
                finding,
                said(finding),
                switch (finding.state()) {
                    case OPEN -> "warn";
                    case ESCALATED -> "bad";
                    case JUDGED -> "good";
                },
                finding.severity().equals("HIGH") ? "bad" : finding.severity().equals("MEDIUM") ? "warn" : "",
                finding.foundAt().toInstant());
    }

    /** The sentence of its sign, with the numbers that were measured. */
    private String said(GuardFinding finding) {
        Map<String, BigDecimal> numbers = finding.numbers();
        return reader.words(
                "guard.said." + finding.sign(),
                about(finding),
                count(numbers, numbers.containsKey("grants") ? "grants" : "cases"),
                shown(numbers, "percent"),
                shown(numbers, "units"),
                shown(numbers, "median"),
                shown(numbers, "score"),
                count(
                        numbers,
                        numbers.containsKey("back") ? "back" : numbers.containsKey("others") ? "others" : "customers"),
                Duration.between(finding.from(), finding.until()).toDays());
    }

    /** The people and the customer whom it is about. */
    private String about(GuardFinding finding) {
        String[] parts = finding.subject().split("/");
        List<String> names = new ArrayList<>();
        if (parts[0].equals("pair")) {
            names.addAll(List.of(words.who(parts[1]), words.who(parts[2])));
        } else if (parts[0].equals("agent")) {
            names.add(words.who(parts[1]));
        }
        Optional.ofNullable(finding.customer())
                .ifPresent(id -> names.add(reader.words(
                        "guard.customer", isolated(customers.get(id).externalRef()))));
        return names.size() == 2 ? reader.words("guard.and", names.get(0), names.get(1)) : String.join("", names);
    }

    /** A reference keeps its direction in a sentence of either language. */
    private static String isolated(String reference) {
        return "\u2068" + reference + "\u2069";
    }

    private static long count(Map<String, BigDecimal> numbers, String name) {
        return numbers.getOrDefault(name, BigDecimal.ZERO).longValue();
    }

    private String shown(Map<String, BigDecimal> numbers, String name) {
        return reader.number(numbers.getOrDefault(name, BigDecimal.ZERO).stripTrailingZeros());
    }

    private Proof proof(Effect effect) {
        String asked = effect.askedBy();
        String decided = effect.decidedBy();
        return new Proof(
                effect,
                effectReading.name(effect),
                asked == null ? decided == null ? null : words.who(decided) : words.who(asked),
                decided == null ? null : words.who(decided));
    }

    private Told told(GuardFinding.Judged judged) {
        return new Told(
                judged.judgement().name(),
                switch (judged.judgement()) {
                    case NOTHING -> "good";
                    case TALK -> "active";
                    case ESCALATE -> "bad";
                },
                reader.said(judged.reason()),
                words.who(judged.by()),
                judged.at().toInstant());
    }
}
