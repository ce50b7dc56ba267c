package org.jabr.web.desk;

import java.util.List;
import java.util.function.Supplier;
import org.jabr.cases.RecoveryCase;
import org.jabr.intake.CaseIntake;
import org.jabr.rules.Problem;
import org.jabr.web.Flash;
import org.jabr.web.Reader;
import org.jabr.web.SignedIn;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Says on a case's page that cases belong together, or do not. */
@Controller
class JoiningPages {

    private final CaseIntake intake;
    private final Reader reader;

    JoiningPages(CaseIntake intake, Reader reader) {
        this.intake = intake;
        this.reader = reader;
    }

    @PostMapping("/cases/{reference}/suggestions/{id}")
    String answer(
            @PathVariable String reference,
            @PathVariable long id,
            @RequestParam boolean join,
            @RequestParam(defaultValue = "") String reason,
            @AuthenticationPrincipal SignedIn who,
            RedirectAttributes redirect) {
        return attempt(
                reference,
                () -> intake.answer(reference, id, join, reason.strip(), who.decider()),
                join ? "joining.merge.done" : "joining.apart.done",
                redirect);
    }

    @PostMapping("/cases/{reference}/merge")
    String merge(
            @PathVariable String reference,
            @RequestParam String into,
            @RequestParam(defaultValue = "") String reason,
            @AuthenticationPrincipal SignedIn who,
            RedirectAttributes redirect) {
        return attempt(
                reference,
                () -> intake.merge(reference, into, reason.strip(), who.decider()),
                "joining.merge.done",
                redirect);
    }

    @PostMapping("/cases/{reference}/split")
    String split(
            @PathVariable String reference,
            @RequestParam(required = false) @Nullable List<Long> contact,
            @RequestParam(defaultValue = "") String category,
            @RequestParam(defaultValue = "") String subject,
            @RequestParam(defaultValue = "") String reason,
            @AuthenticationPrincipal SignedIn who,
            RedirectAttributes redirect) {
        return attempt(
                reference,
                () -> intake.split(
                        reference,
                        contact == null ? List.of() : contact,
                        category,
                        subject,
                        reason.strip(),
                        who.decider()),
                "joining.split.done",
                redirect);
    }

    /** Goes on at the case that the matter goes on in; what cannot be done is said where it was asked for. */
    private String attempt(String reference, Supplier<RecoveryCase> what, String done, RedirectAttributes redirect) {
        try {
            RecoveryCase now = what.get();
            redirect.addFlashAttribute(Flash.NAME, Flash.good(done, now.reference()));
            return "redirect:/cases/" + now.reference();
        } catch (Problem problem) {
            if (problem.kind() == Problem.Kind.NOT_FOUND || problem.kind() == Problem.Kind.FORBIDDEN) {
                throw problem;
            }
            redirect.addFlashAttribute(Flash.NAME, Flash.warn("problem.said", reader.words(problem)));
            return "redirect:/cases/" + reference;
        }
    }
}
