package org.jabr.web;

import java.util.Collection;
import java.util.List;
import org.jabr.people.Account;
import org.jabr.people.Passwords;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.stereotype.Component;

/** Lets people in by login and password: on the sign-in page and with every REST call. */
@Component
class AccountSignIn implements AuthenticationProvider {

    /** All that somebody may do who still has a one-time password. */
    static final String MUST_CHANGE_PASSWORD = "MUST_CHANGE_PASSWORD";

    private final Passwords passwords;

    AccountSignIn(Passwords passwords) {
        this.passwords = passwords;
    }

    @Override
    public Authentication authenticate(Authentication asked) {
        Object password = asked.getCredentials();
        Account account = passwords
                .check(asked.getName(), password == null ? "" : password.toString())
                .orElseThrow(() -> new BadCredentialsException("login and password do not belong together"));
        UsernamePasswordAuthenticationToken known = signedIn(account);
        known.setDetails(asked.getDetails());
        return known;
    }

    static UsernamePasswordAuthenticationToken signedIn(Account account) {
        return UsernamePasswordAuthenticationToken.authenticated(new SignedIn(account), null, authorities(account));
    }

    private static Collection<? extends GrantedAuthority> authorities(Account account) {
        if (account.passwordIsOneTime()) {
            return List.of(new SimpleGrantedAuthority(MUST_CHANGE_PASSWORD));
        }
        return account.roles().stream()
                .map(role -> new SimpleGrantedAuthority("ROLE_" + role.name()))
                .toList();
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
    }
}
