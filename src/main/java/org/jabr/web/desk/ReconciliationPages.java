package org.jabr.web.desk;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jabr.cases.Cases;
import org.jabr.cases.RecoveryCase;
import org.jabr.finance.Difference;
import org.jabr.finance.Differences;
import org.jabr.finance.Reconciliation;
import org.jabr.finance.ReconciliationRound;
import org.jabr.finance.Settlements;
import org.jabr.remedies.Effect;
import org.jabr.remedies.Effects;
import org.jabr.rules.Problem;
import org.jabr.web.Flash;
import org.jabr.web.Reader;
import org.jabr.web.SignedIn;
import org.jabr.web.api.FinanceFiles;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.format.annotation.DateTimeFormat.ISO;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Whether what was promised, granted, carried out and settled is the same money: by day, by case, and what differs. */
@Controller
class ReconciliationPages {

    private static final int USUAL_DAYS = 14;
    private static final int ROWS = 50;

    private final Reconciliation reconciliation;
    private final ReconciliationRound round;
    private final Differences differences;
    private final Settlements settlements;
    private final Cases cases;
    private final Effects effects;
    private final FinanceFiles files;
    private final ReconciliationReading reading;
    private final Reader reader;
    private final Clock clock;

    ReconciliationPages(
            Reconciliation reconciliation,
            ReconciliationRound round,
            Differences differences,
            Settlements settlements,
            Cases cases,
            Effects effects,
            FinanceFiles files,
            ReconciliationReading reading,
            Reader reader,
            Clock clock) {
        this.reconciliation = reconciliation;
        this.round = round;
        this.differences = differences;
        this.settlements = settlements;
        this.cases = cases;
        this.effects = effects;
        this.files = files;
        this.reading = reading;
        this.reader = reader;
        this.clock = clock;
    }

    @GetMapping("/reconciliation")
    String days(
            @RequestParam(required = false) @DateTimeFormat(iso = ISO.DATE) @Nullable LocalDate from,
            @RequestParam(required = false) @DateTimeFormat(iso = ISO.DATE) @Nullable LocalDate to,
            Model model) {
        LocalDate last = to == null ? LocalDate.now(clock.withZone(ZoneOffset.UTC)) : to;
        LocalDate first = from == null ? last.minusDays(USUAL_DAYS - 1) : from;
        model.addAttribute("from", first);
        model.addAttribute("to", last);
        model.addAttribute("compares", reconciliation.compares());
        model.addAttribute("open", differences.count(Difference.State.OPEN));
        model.addAttribute("manages", manages());
        model.addAttribute("sums", List.of());
        if (reconciliation.compares()) {
            try {
                model.addAttribute("sums", reading.sums(reconciliation.days(first, last)));
            } catch (Problem problem) {
                model.addAttribute("refused", reader.words(problem));
            }
        }
        return "desk/reconciliation";
    }

    @GetMapping("/reconciliation/days/{day}")
    String day(
            @PathVariable @DateTimeFormat(iso = ISO.DATE) LocalDate day,
            @RequestParam(required = false) @Nullable String after,
            Model model) {
        List<Reconciliation.Line> found = reconciliation.effects(day, after, ROWS + 1);
        List<Reconciliation.Line> shown = found.subList(0, Math.min(ROWS, found.size()));
        model.addAttribute("day", day);
        model.addAttribute("dayWord", reader.day(day));
        model.addAttribute("sums", reading.sums(reconciliation.days(day, day)));
        model.addAttribute("lines", reading.lines(shown));
        model.addAttribute("next", found.size() > ROWS ? shown.get(ROWS - 1).key() : null);
        model.addAttribute("first", after == null);
        model.addAttribute("unplaced", reading.lines(reconciliation.unplaced(day, ROWS)));
        model.addAttribute("strays", settlements.strays(day, ROWS));
        model.addAttribute("most", ROWS);
        return "desk/reconciled-day";
    }

    @GetMapping("/reconciliation/cases/{reference}")
    String one(@PathVariable String reference, Model model) {
        RecoveryCase recovery = cases.get(reference);
        model.addAttribute("reference", recovery.reference());
        model.addAttribute("lines", reading.lines(reconciliation.ofCase(recovery.id())));
        model.addAttribute("settled", settlements.ofCase(recovery.id()));
        model.addAttribute(
                "rows",
                differences.ofCase(recovery.id()).stream().map(reading::row).toList());
        return "desk/reconciled-case";
    }

    @PostMapping("/reconciliation/now")
    String now(RedirectAttributes redirect) {
        try {
            ReconciliationRound.Done done = round.now();
            redirect.addFlashAttribute(Flash.NAME, Flash.good("reconciliation.done", done.opened(), done.gone()));
        } catch (Problem problem) {
            redirect.addFlashAttribute(Flash.NAME, Flash.warn("problem.said", reader.words(problem)));
        }
        return "redirect:/reconciliation/differences";
    }

    @GetMapping("/reconciliation/differences")
    String differences(
            @RequestParam(defaultValue = "OPEN") Difference.State state,
            @RequestParam(required = false) @Nullable Long before,
            Model model) {
        List<Difference> found = differences.list(state, before, ROWS + 1);
        List<Difference> shown = found.subList(0, Math.min(ROWS, found.size()));
        model.addAttribute("rows", shown.stream().map(reading::row).toList());
        model.addAttribute("next", found.size() > ROWS ? shown.get(ROWS - 1).id() : null);
        model.addAttribute("first", before == null);
        model.addAttribute("state", state);
        model.addAttribute("states", Difference.State.values());
        return "desk/differences";
    }

    @GetMapping("/reconciliation/differences/{id}")
    String difference(@PathVariable long id, Model model) {
        Difference difference = differences.get(id);
        String key = difference.effect();
        Effect effect = key == null ? null : effects.find(key).orElse(null);
        model.addAttribute("difference", difference);
        model.addAttribute("row", reading.row(difference));
        model.addAttribute("steps", reading.steps(difference));
        model.addAttribute("effect", effect);
        model.addAttribute("effectTone", effect == null ? "" : EffectReading.tone(effect.state()));
        model.addAttribute("line", settlements.of(difference).orElse(null));
        model.addAttribute("work", differences.work(id).orElse(null));
        model.addAttribute("acceptable", manages() && difference.state() == Difference.State.OPEN);
        return "desk/difference";
    }

    @PostMapping("/reconciliation/differences/{id}/accept")
    String accept(
            @PathVariable long id,
            @RequestParam String reason,
            @AuthenticationPrincipal SignedIn who,
            RedirectAttributes redirect) {
        try {
            differences.accept(id, reason, who.decider());
            redirect.addFlashAttribute(Flash.NAME, Flash.good("difference.accepted"));
        } catch (Problem problem) {
            if (problem.kind() == Problem.Kind.NOT_FOUND) {
                throw problem;
            }
            redirect.addFlashAttribute(Flash.NAME, Flash.warn("problem.said", reader.words(problem)));
            redirect.addFlashAttribute("typedReason", reason);
        }
        redirect.addAttribute("id", id);
        return "redirect:/reconciliation/differences/{id}";
    }

    @GetMapping("/reconciliation/effects.csv")
    ResponseEntity<StreamingResponseBody> effects(
            @RequestParam @DateTimeFormat(iso = ISO.DATE) LocalDate from,
            @RequestParam @DateTimeFormat(iso = ISO.DATE) LocalDate to,
            @AuthenticationPrincipal SignedIn who) {
        return files.effects(from, to, who.getName());
    }

    @GetMapping("/reconciliation/journal.csv")
    ResponseEntity<StreamingResponseBody> journal(
            @RequestParam @DateTimeFormat(iso = ISO.DATE) LocalDate from,
            @RequestParam @DateTimeFormat(iso = ISO.DATE) LocalDate to,
            @AuthenticationPrincipal SignedIn who) {
        return files.journal(from, to, who.getName());
    }

    private boolean manages() {
        return reader.holds("MANAGER", "ADMIN");
    }
}
