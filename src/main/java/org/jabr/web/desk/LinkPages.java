package org.jabr.web.desk;

import java.time.Instant;
import java.util.List;
import org.jabr.customers.StaffLink;
import org.jabr.customers.StaffLinks;
import org.jabr.people.Account;
import org.jabr.people.Accounts;
import org.jabr.rules.Authority;
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

/** Who is close to which customer: one's own links, and everybody's for those who lead. */
@Controller
class LinkPages {

    private static final int ROWS = 50;

    private final StaffLinks links;
    private final Accounts accounts;
    private final ReleaseWords words;
    private final Reader reader;

    LinkPages(StaffLinks links, Accounts accounts, ReleaseWords words, Reader reader) {
        this.links = links;
        this.accounts = accounts;
        this.words = words;
        this.reader = reader;
    }

    /** @param endable whether the reader may end it */
    record Row(
            StaffLink link,
            String name,
            String declaredBy,
            Instant declaredAt,
            @Nullable String endedBy,
            boolean endable) {}

    record Person(String login, String name) {}

    @GetMapping("/me/links")
    String mine(@AuthenticationPrincipal SignedIn who, Model model) {
        return page(links.of(who.getName()), true, who, model);
    }

    @GetMapping("/links")
    String all(
            @RequestParam(required = false) @Nullable Long before, @AuthenticationPrincipal SignedIn who, Model model) {
        List<StaffLink> found = links.list(before, ROWS + 1);
        List<StaffLink> shown = found.subList(0, Math.min(ROWS, found.size()));
        model.addAttribute("next", found.size() > ROWS ? shown.get(ROWS - 1).id() : null);
        model.addAttribute("first", before == null);
        model.addAttribute(
                "people",
                accounts.all().stream()
                        .filter(Account::active)
                        .map(one -> new Person(one.login(), one.name(reader.language())))
                        .toList());
        return page(shown, false, who, model);
    }

    private String page(List<StaffLink> shown, boolean mine, SignedIn who, Model model) {
        model.addAttribute("mine", mine);
        model.addAttribute("declares", mine || leads(who));
        model.addAttribute("relations", StaffLink.Relation.values());
        model.addAttribute(
                "rows", shown.stream().map(one -> row(one, mine, who)).toList());
        return "desk/links";
    }

    private Row row(StaffLink link, boolean mine, SignedIn who) {
        String endedBy = link.endedBy();
        return new Row(
                link,
                words.who(link.login()),
                words.who(link.declaredBy()),
                link.declaredAt().toInstant(),
                endedBy == null ? null : words.who(endedBy),
                !mine && link.endedAt() == null && leads(who) && !link.login().equals(who.getName()));
    }

    private static boolean leads(SignedIn who) {
        return who.decider().authority().satisfies(Authority.SUPERVISOR);
    }

    @PostMapping("/me/links")
    String declareMine(
            @RequestParam String customer,
            @RequestParam StaffLink.Relation relation,
            @AuthenticationPrincipal SignedIn who,
            RedirectAttributes redirect) {
        return declare("/me/links", who.getName(), customer, relation, who, redirect);
    }

    @PostMapping("/links")
    String declareOther(
            @RequestParam String login,
            @RequestParam String customer,
            @RequestParam StaffLink.Relation relation,
            @AuthenticationPrincipal SignedIn who,
            RedirectAttributes redirect) {
        return declare("/links", login, customer, relation, who, redirect);
    }

    private String declare(
            String path,
            String login,
            String customer,
            StaffLink.Relation relation,
            SignedIn who,
            RedirectAttributes redirect) {
        try {
            links.declare(login, customer, relation, who.decider());
            redirect.addFlashAttribute(Flash.NAME, Flash.good("links.declare.done"));
        } catch (Problem problem) {
            redirect.addFlashAttribute(Flash.NAME, Flash.warn("problem.said", reader.words(problem)));
            redirect.addFlashAttribute("typedLogin", login);
            redirect.addFlashAttribute("typedCustomer", customer);
            redirect.addFlashAttribute("typedRelation", relation);
        }
        return "redirect:" + path;
    }

    @PostMapping("/links/{id}/end")
    String end(@PathVariable long id, @AuthenticationPrincipal SignedIn who, RedirectAttributes redirect) {
        try {
            links.end(id, who.decider());
            redirect.addFlashAttribute(Flash.NAME, Flash.good("links.end.done"));
        } catch (Problem problem) {
            if (problem.kind() == Problem.Kind.NOT_FOUND) {
                throw problem;
            }
            redirect.addFlashAttribute(Flash.NAME, Flash.warn("problem.said", reader.words(problem)));
        }
        return "redirect:/links";
    }
}
