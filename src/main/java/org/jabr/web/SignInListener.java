package org.jabr.web;

import org.jabr.people.SignIns;
import org.springframework.context.event.EventListener;
import org.springframework.security.authentication.event.AbstractAuthenticationFailureEvent;
import org.springframework.security.authentication.event.InteractiveAuthenticationSuccessEvent;
import org.springframework.security.authentication.event.LogoutSuccessEvent;
import org.springframework.stereotype.Component;

/** Hears who comes in on the sign-in page and goes out. REST proves itself with every call, so only its refusals are told. */
@Component
class SignInListener {

    private final SignIns signIns;

    SignInListener(SignIns signIns) {
        this.signIns = signIns;
    }

    @EventListener
    void done(InteractiveAuthenticationSuccessEvent event) {
        signIns.done(event.getAuthentication().getName());
    }

    @EventListener
    void left(LogoutSuccessEvent event) {
        signIns.left(event.getAuthentication().getName());
    }

    @EventListener
    void refused(AbstractAuthenticationFailureEvent event) {
        signIns.refused(event.getAuthentication().getName());
    }
}
