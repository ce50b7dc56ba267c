package org.jabr.web.audit;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jabr.audit.Readings;
import org.jabr.cases.RecoveryCase;
import org.jabr.people.Role;
import org.jabr.rules.Problem;
import org.jabr.web.SignedIn;
import org.jabr.worklist.Worklist;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.core.Authentication;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Has it written down before a page about a customer is shown to somebody who does not work on cases: those who audit,
 * make rules, or administer. What those do who work on cases is written down as their work.
 */
@Configuration(proxyBeanMethods = false)
class PersonalReading implements HandlerInterceptor, WebMvcConfigurer {

    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

    /** Pages about one case or many, and what they are called in the journal. */
    private static final Map<String, String> PAGES = Map.of(
            "/cases", "cases",
            "/api/cases", "cases",
            "/cases/{reference}", "case",
            "/api/cases/{reference}", "case",
            "/worklist", "worklist",
            "/api/worklist", "worklist",
            "/worklist/{id}", "work",
            "/api/worklist/{id}", "work");

    private final Readings readings;
    private final Worklist worklist;

    PersonalReading(Readings readings, Worklist worklist) {
        this.readings = readings;
        this.worklist = worklist;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).addPathPatterns("/cases/**", "/api/cases/**", "/worklist/**", "/api/worklist/**");
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        String page = PAGES.get(String.valueOf(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE)));
        if (page != null
                && request.getMethod().equals("GET")
                && request.getUserPrincipal() instanceof Authentication authentication
                && authentication.getPrincipal() instanceof SignedIn who
                && who.account().holdsAny(Role.AUDITOR, Role.ANALYST, Role.APPROVER, Role.ADMIN)) {
            about(page, request).ifPresent(about -> readings.read(who.getName(), about, page));
        }
        return true;
    }

    private Optional<String> about(String page, HttpServletRequest request) {
        return switch (page) {
            // Only what looks like a reference: what else is typed into an address may be anything.
            case "case" -> variable(request, "reference").filter(RecoveryCase::isReference);
            case "work" ->
                variable(request, "id")
                        .filter(id -> NUMBER.matcher(id).matches())
                        .flatMap(this::caseOf);
            default -> Optional.of(page);
        };
    }

    private Optional<String> caseOf(String item) {
        try {
            return Optional.of(worklist.get(Long.parseLong(item)).about());
        } catch (Problem none) {
            return Optional.empty();
        }
    }

    private static Optional<String> variable(HttpServletRequest request, String name) {
        return request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> variables
                ? Optional.ofNullable(variables.get(name)).map(String::valueOf)
                : Optional.empty();
    }
}
