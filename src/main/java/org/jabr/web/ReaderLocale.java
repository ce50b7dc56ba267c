package org.jabr.web;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.util.WebUtils;

/**
 * The reader's language: what they switched to ({@code ?lang=}, then kept in a cookie), else their account's, else
 * their browser's. Programs get what their Accept-Language asks for.
 */
@Component("localeResolver")
class ReaderLocale implements LocaleResolver {

    static final String PARAMETER = "lang";

    /** Digits of the Latin script, also where the JDK and ICU disagree. */
    static final Locale ARABIC = Locale.forLanguageTag("ar-u-nu-latn");

    static final Locale ENGLISH = Locale.ENGLISH;

    private static final List<Locale> SPOKEN = List.of(Locale.ENGLISH, new Locale("ar"));

    @Override
    public Locale resolveLocale(HttpServletRequest request) {
        if (!Caller.isProgram(request)) {
            String asked = asked(request);
            if (asked != null) {
                return locale(asked);
            }
            Cookie cookie = WebUtils.getCookie(request, PARAMETER);
            if (cookie != null && isSpoken(cookie.getValue())) {
                return locale(cookie.getValue());
            }
            Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
            if (authentication != null
                    && authentication.getPrincipal() instanceof SignedIn signedIn
                    && signedIn.account().language() != null) {
                return locale(signedIn.account().language());
            }
        }
        return accepted(request);
    }

    /** What the address of a page asks for, if it is one of our languages. */
    static @Nullable String asked(HttpServletRequest request) {
        if (!request.getMethod().equals("GET")) {
            return null;
        }
        String asked = request.getParameter(PARAMETER);
        return asked != null && isSpoken(asked) ? asked : null;
    }

    @Override
    public void setLocale(HttpServletRequest request, @Nullable HttpServletResponse response, @Nullable Locale locale) {
        throw new UnsupportedOperationException("the language follows from the request");
    }

    private static Locale accepted(HttpServletRequest request) {
        String header = request.getHeader("Accept-Language");
        if (header == null) {
            return ENGLISH;
        }
        try {
            Locale best = Locale.lookup(Locale.LanguageRange.parse(header), SPOKEN);
            return best == null ? ENGLISH : locale(best.getLanguage());
        } catch (IllegalArgumentException unreadable) {
            return ENGLISH;
        }
    }

    private static boolean isSpoken(@Nullable String language) {
        return "en".equals(language) || "ar".equals(language);
    }

    private static Locale locale(String language) {
        return language.equals("ar") ? ARABIC : ENGLISH;
    }
}
