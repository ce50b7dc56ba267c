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
 * their browser's; a customer's page is in the customer's language. Programs get what their Accept-Language asks for.
 */
@Component("localeResolver")
public class ReaderLocale implements LocaleResolver {

    static final String PARAMETER = "lang";

    /** Request attribute: the language of whom a page is made for, where they did not choose another. */
    static final String OF_PAGE = "jabr.language";

    /** Digits of the Latin script, also where the JDK and ICU disagree. */
    static final Locale ARABIC = Locale.forLanguageTag("ar-u-nu-latn");

    static final Locale ENGLISH = Locale.ENGLISH;

    private static final List<Locale> SPOKEN = List.of(Locale.ENGLISH, new Locale("ar"));

    /** Makes a page in this language, unless its reader chose another. */
    public static void suggest(HttpServletRequest request, @Nullable String language) {
        request.setAttribute(OF_PAGE, language);
    }

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
            if (request.getAttribute(OF_PAGE) instanceof String ofPage && isSpoken(ofPage)) {
                return locale(ofPage);
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
