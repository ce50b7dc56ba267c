package org.jabr.web;

import java.util.List;
import org.jabr.people.DemoAccounts;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The page in front of all others. */
@Controller
class SignInPages {

    private final ObjectProvider<DemoAccounts> demo;
    private final Reader reader;

    SignInPages(ObjectProvider<DemoAccounts> demo, Reader reader) {
        this.demo = demo;
        this.reader = reader;
    }

    @GetMapping("/sign-in")
    String signIn(
            @RequestParam(required = false) @Nullable String refused,
            @RequestParam(name = "signed-out", required = false) @Nullable String signedOut,
            Model model) {
        if (reader.account() != null) {
            return "redirect:/";
        }
        DemoAccounts accounts = demo.getIfAvailable();
        model.addAttribute("refused", refused != null);
        model.addAttribute("signedOut", signedOut != null);
        model.addAttribute("people", accounts == null ? List.of() : accounts.people());
        return "sign-in";
    }
}
