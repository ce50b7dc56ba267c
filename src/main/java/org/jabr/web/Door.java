package org.jabr.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.stereotype.Component;

/** What somebody is told who is not let in: programs in problem+json, people with a page. */
@Component
class Door {

    private final Answers answers;

    Door(Answers answers) {
        this.answers = answers;
    }

    void askProgram(HttpServletRequest request, HttpServletResponse response, AuthenticationException refused)
            throws IOException {
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"Jabr\", charset=\"UTF-8\"");
        answers.write(
                request,
                response,
                Refusal.of(HttpStatus.UNAUTHORIZED, "AUTH-001").with(headers));
    }

    void askPerson(HttpServletRequest request, HttpServletResponse response, AuthenticationException refused)
            throws IOException {
        goTo("/sign-in", request, response);
    }

    void refuse(HttpServletRequest request, HttpServletResponse response, AccessDeniedException refused)
            throws IOException {
        boolean mustChangePassword = mustChangePassword();
        boolean program = Caller.isProgram(request);
        if (mustChangePassword && !program && !(refused instanceof CsrfException)) {
            goTo("/password", request, response);
            return;
        }
        String code = refused instanceof CsrfException ? "AUTH-004" : mustChangePassword ? "AUTH-003" : "AUTH-002";
        Refusal refusal = Refusal.of(HttpStatus.FORBIDDEN, code);
        if (program) {
            answers.write(request, response, refusal);
        } else {
            request.setAttribute(ErrorPages.REFUSAL, refusal);
            response.sendError(HttpStatus.FORBIDDEN.value());
        }
    }

    private static boolean mustChangePassword() {
        @Nullable
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication != null
                && authentication.getPrincipal() instanceof SignedIn signedIn
                && signedIn.account().passwordIsOneTime();
    }

    /** A page as a whole goes elsewhere, also where only a part of it was asked for. */
    private static void goTo(String path, HttpServletRequest request, HttpServletResponse response) throws IOException {
        String target = request.getContextPath() + path;
        if (Caller.wantsFragment(request)) {
            response.setStatus(HttpStatus.UNAUTHORIZED.value());
            response.setHeader("HX-Redirect", target);
        } else {
            response.sendRedirect(target);
        }
    }
}
