package org.jabr.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jabr.people.Account;
import org.jabr.people.Accounts;
import org.jabr.people.Passwords;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** A password of one's own: whenever one likes, and before anything else after a one-time password. */
@Controller
class PasswordPages {

    private final Passwords passwords;
    private final Accounts accounts;
    private final SecurityContextRepository contexts;

    PasswordPages(Passwords passwords, Accounts accounts, SecurityContextRepository contexts) {
        this.passwords = passwords;
        this.accounts = accounts;
        this.contexts = contexts;
    }

    @GetMapping("/password")
    String page(@AuthenticationPrincipal SignedIn who, Model model) {
        model.addAttribute("oneTime", who.account().passwordIsOneTime());
        return "password";
    }

    @PostMapping("/password")
    String change(
            @AuthenticationPrincipal SignedIn who,
            @RequestParam String current,
            @RequestParam String chosen,
            @RequestParam String again,
            Model model,
            RedirectAttributes redirect,
            HttpServletRequest request,
            HttpServletResponse response) {
        String login = who.account().login();
        if (passwords.check(login, current).isEmpty()) {
            model.addAttribute("currentError", "password.current.wrong");
        }
        if (!Passwords.isGoodEnough(login, chosen) || chosen.equals(current)) {
            model.addAttribute("chosenError", "password.chosen.weak");
        } else if (!chosen.equals(again)) {
            model.addAttribute("againError", "password.again.differs");
        }
        if (model.containsAttribute("currentError")
                || model.containsAttribute("chosenError")
                || model.containsAttribute("againError")) {
            response.setStatus(HttpStatus.UNPROCESSABLE_ENTITY.value());
            return page(who, model);
        }
        passwords.change(login, chosen);
        Account account = accounts.find(login).orElseThrow();
        request.changeSessionId();
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(AccountSignIn.signedIn(account));
        SecurityContextHolder.setContext(context);
        contexts.saveContext(context, request, response);
        redirect.addFlashAttribute(Flash.NAME, Flash.good("password.changed"));
        return "redirect:/";
    }
}
