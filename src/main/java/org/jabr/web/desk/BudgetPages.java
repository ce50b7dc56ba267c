package org.jabr.web.desk;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jabr.cases.BooksCheck;
import org.jabr.rules.Authority;
import org.jabr.rules.Problem;
import org.jabr.treasury.BudgetDesk;
import org.jabr.treasury.LedgerReading;
import org.jabr.treasury.PotName;
import org.jabr.treasury.Treasury;
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

/** Budgets with what is left of them now, their changes, and where everything went. */
@Controller
class BudgetPages {

    private static final int PAGE = 50;
    private static final int CHANGES = 20;

    private final BudgetDesk budgets;
    private final LedgerReading ledger;
    private final BooksCheck books;
    private final BudgetReading reading;
    private final Reader reader;

    BudgetPages(BudgetDesk budgets, LedgerReading ledger, BooksCheck books, BudgetReading reading, Reader reader) {
        this.budgets = budgets;
        this.ledger = ledger;
        this.books = books;
        this.reading = reading;
        this.reader = reader;
    }

    @GetMapping("/budgets")
    String budgets(
            @RequestParam(defaultValue = "TEAM") PotName.Kind kind,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = "") String in,
            @AuthenticationPrincipal SignedIn who,
            Model model) {
        List<Treasury.Balance> all =
                kind == PotName.Kind.STOCK ? budgets.stocks() : budgets.list(kind, after, PAGE + 1);
        boolean more = all.size() > PAGE;
        List<Treasury.Balance> shown = more ? all.subList(0, PAGE) : all;
        model.addAttribute("lines", lines(shown, in, model));
        model.addAttribute("next", more ? shown.get(PAGE - 1).pot().code() : null);
        model.addAttribute("first", after == null);
        model.addAttribute("kind", kind);
        model.addAttribute("kinds", PotName.Kind.values());
        model.addAttribute("in", in);
        model.addAttribute("currencies", reading.currencies());
        model.addAttribute("manages", manages(who));
        model.addAttribute(
                "changes",
                budgets.changes(CHANGES).stream()
                        .map(change -> reading.changed(change, who.decider().login()))
                        .toList());
        model.addAttribute("differences", books.last());
        return "desk/budgets";
    }

    /** Nothing is shown in another currency by a rate that is not valid: it is said instead. */
    private List<BudgetReading.Line> lines(List<Treasury.Balance> balances, String in, Model model) {
        String currency = reading.currencies().contains(in) ? in : null;
        List<BudgetReading.Line> lines = new ArrayList<>();
        for (Treasury.Balance balance : balances) {
            try {
                lines.add(reading.line(balance, currency));
            } catch (Problem noRate) {
                model.addAttribute("noRate", reader.words(noRate));
                lines.add(reading.line(balance, null));
            }
        }
        return lines;
    }

    @GetMapping("/budgets/change")
    String change(@RequestParam String pot, @AuthenticationPrincipal SignedIn who, Model model) {
        Treasury.Balance balance = budgets.get(pot);
        model.addAttribute("line", reading.line(balance, null));
        model.addAttribute("title", reading.title(balance.pot()));
        model.addAttribute("unit", balance.pot().unit());
        model.addAttribute("stock", balance.pot().kind() == PotName.Kind.STOCK);
        model.addAttribute(
                "second",
                budgets.secondPerson(balance.terms())
                        .map(amount -> reading.amount(amount, balance.pot().unit()))
                        .orElse(null));
        model.addAttribute("manages", manages(who));
        return "desk/budget";
    }

    @PostMapping("/budgets/change")
    String change(
            @RequestParam String pot,
            @RequestParam String direction,
            @RequestParam String amount,
            @RequestParam String reason,
            @AuthenticationPrincipal SignedIn who,
            RedirectAttributes redirect) {
        redirect.addAttribute("pot", pot);
        try {
            long typed = reading.typed(amount, budgets.get(pot).pot().unit());
            boolean done = budgets.change(pot, direction.equals("lower") ? -typed : typed, reason, who.decider());
            redirect.addFlashAttribute(Flash.NAME, Flash.good(done ? "budgets.changed" : "budgets.asked"));
        } catch (Problem problem) {
            if (problem.kind() == Problem.Kind.NOT_FOUND || problem.kind() == Problem.Kind.FORBIDDEN) {
                throw problem;
            }
            // What was typed is not lost because the amount was wrong.
            redirect.addFlashAttribute(Flash.NAME, Flash.warn("problem.said", reader.words(problem)));
            redirect.addFlashAttribute("typedDirection", direction);
            redirect.addFlashAttribute("typedAmount", amount);
            redirect.addFlashAttribute("typedReason", reason);
        }
        return "redirect:/budgets/change";
    }

    @PostMapping("/budgets/changes/{id}/{answer:agree|refuse}")
    String decide(
            @PathVariable long id,
            @PathVariable String answer,
            @AuthenticationPrincipal SignedIn who,
            RedirectAttributes redirect) {
        try {
            budgets.decide(id, answer.equals("agree"), who.decider());
            redirect.addFlashAttribute(Flash.NAME, Flash.good("budgets." + answer + ".done"));
        } catch (Problem problem) {
            if (problem.kind() != Problem.Kind.CONFLICT && problem.kind() != Problem.Kind.INVALID) {
                throw problem;
            }
            redirect.addFlashAttribute(Flash.NAME, Flash.warn("problem.said", reader.words(problem)));
        }
        return "redirect:/budgets";
    }

    /** One account, or those of finance where none is named. */
    @GetMapping("/ledger")
    String ledger(
            @RequestParam(defaultValue = "") String account,
            @RequestParam(required = false) @Nullable Long before,
            Model model) {
        if (account.isEmpty()) {
            model.addAttribute(
                    "accounts",
                    ledger.accounts(Optional.empty()).stream()
                            .map(reading::account)
                            .toList());
            return "desk/ledger";
        }
        LedgerReading.Account found = ledger.account(account);
        List<LedgerReading.Entry> entries = ledger.entries(account, before, PAGE + 1);
        boolean more = entries.size() > PAGE;
        List<LedgerReading.Entry> shown = more ? entries.subList(0, PAGE) : entries;
        model.addAttribute("account", reading.account(found));
        model.addAttribute("entries", shown.stream().map(reading::entry).toList());
        model.addAttribute("next", more ? shown.get(PAGE - 1).number() : null);
        model.addAttribute("first", before == null);
        Optional<PotName> pot = ledger.pot(account);
        model.addAttribute(
                "accounts", ledger.accounts(pot).stream().map(reading::account).toList());
        return "desk/account";
    }

    private static boolean manages(SignedIn who) {
        return who.decider().authority().satisfies(Authority.MANAGER);
    }
}
