package org.jabr.web;

import static org.jabr.people.Role.ADMIN;
import static org.jabr.people.Role.AGENT;
import static org.jabr.people.Role.ANALYST;
import static org.jabr.people.Role.APPROVER;
import static org.jabr.people.Role.AUDITOR;
import static org.jabr.people.Role.MANAGER;
import static org.jabr.people.Role.SUPERVISOR;
import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.HEAD;
import static org.springframework.http.HttpMethod.POST;
import static org.springframework.http.HttpMethod.PUT;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.stream.Stream;
import org.jabr.people.Role;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.security.web.savedrequest.NullRequestCache;
import org.springframework.security.web.savedrequest.RequestCache;

/**
 * Who may do what, by address. What is not named here is for nobody but an administrator. Whatever an account may do,
 * four eyes and authorities are checked again by the rooms themselves.
 */
@Configuration(proxyBeanMethods = false)
class AccessRules {

    /** Everybody who works here. */
    private static final Role[] STAFF = {ANALYST, APPROVER, AGENT, SUPERVISOR, MANAGER, AUDITOR};

    /** Those who work with customers. */
    private static final Role[] DESK = {AGENT, SUPERVISOR, MANAGER};

    private static final Role[] DESK_AND_AUDIT = {AGENT, SUPERVISOR, MANAGER, AUDITOR};
    private static final Role[] LEADS = {SUPERVISOR, MANAGER};
    private static final Role[] LEADS_AND_AUDIT = {SUPERVISOR, MANAGER, AUDITOR};
    private static final Role[] LEADS_AND_RULES = {SUPERVISOR, MANAGER, ANALYST, APPROVER, AUDITOR};
    private static final Role[] FINANCE_AND_AUDIT = {MANAGER, AUDITOR};
    private static final Role[] RULES = {ANALYST, APPROVER, AUDITOR};

    /** Programs: who they are comes with every call; no cookie, no session. */
    @Bean
    @Order(1)
    SecurityFilterChain programs(HttpSecurity http, Door door, KnownPaths known) throws Exception {
        return http.securityMatcher("/api/**", "/v3/api-docs/**", "/actuator/**", "/engine-rest/**")
                .authorizeHttpRequests(rules -> {
                    beforeAll(rules);
                    rules.requestMatchers(GET, "/actuator/health/**").permitAll();
                    rules.requestMatchers(HEAD, "/actuator/health/**").permitAll();
                    rules.requestMatchers("/actuator/**").hasRole(ADMIN.name());
                    rules.requestMatchers(GET, "/v3/api-docs/**").hasAnyRole(or(STAFF));

                    rules.requestMatchers("/api/imports/**").hasAnyRole(or(LEADS));
                    rules.requestMatchers(GET, "/api/cases/**").hasAnyRole(or(STAFF));
                    rules.requestMatchers(POST, "/api/cases/**").hasAnyRole(or(DESK));
                    rules.requestMatchers(GET, "/api/customers/**").hasAnyRole(or(DESK_AND_AUDIT));
                    rules.requestMatchers(GET, "/api/decisions", "/api/decisions/counts")
                            .hasAnyRole(or(LEADS_AND_RULES));
                    rules.requestMatchers(GET, "/api/decisions/**").hasAnyRole(or(STAFF));
                    rules.requestMatchers(POST, "/api/decisions/*/replay").hasAnyRole(or(STAFF));
                    rules.requestMatchers(POST, "/api/rules/try").hasAnyRole(or(STAFF));
                    rules.requestMatchers(GET, "/api/worklist/**").hasAnyRole(or(DESK_AND_AUDIT));
                    rules.requestMatchers(POST, "/api/worklist/**").hasAnyRole(or(DESK));
                    rules.requestMatchers(GET, "/api/releases/**").hasAnyRole(or(STAFF));
                    rules.requestMatchers(POST, "/api/releases/*/approve", "/api/releases/*/publish")
                            .hasAnyRole(or(APPROVER));
                    rules.requestMatchers(POST, "/api/releases", "/api/releases/*/submit")
                            .hasAnyRole(or(ANALYST));
                    rules.requestMatchers(GET, "/api/remedies/**").hasAnyRole(or(DESK_AND_AUDIT));
                    rules.requestMatchers(GET, "/api/guard/**").hasAnyRole(or(LEADS_AND_AUDIT));
                    rules.requestMatchers(GET, "/api/budgets/**", "/api/ledger/**")
                            .hasAnyRole(or(LEADS_AND_AUDIT));
                    rules.requestMatchers(GET, "/api/catalogue").hasAnyRole(or(STAFF));
                    rules.requestMatchers(GET, "/api/settlements/**", "/api/reconciliation", "/api/finance/**")
                            .hasAnyRole(or(FINANCE_AND_AUDIT));
                    rules.requestMatchers(POST, "/api/settlements").hasAnyRole(or(MANAGER));
                    // The deploy button of the modeler makes a draft.
                    rules.requestMatchers("/engine-rest/**").hasAnyRole(or(ANALYST));
                    rules.requestMatchers(GET, "/api/journal/**", "/api/samples/**", "/api/alike")
                            .hasAnyRole(or(AUDITOR));
                    rules.requestMatchers(GET, "/api/privacy/**").hasAnyRole(or(LEADS_AND_AUDIT));
                    rules.requestMatchers(POST, "/api/privacy/erasures").hasAnyRole(or(LEADS));
                    rules.requestMatchers(POST, "/api/privacy/**").hasAnyRole(or(MANAGER));
                    rules.requestMatchers("/api/replays/**").hasAnyRole(or(RULES));
                    rules.requestMatchers(GET, "/api/insight/**").hasAnyRole(or(LEADS_AND_RULES));
                    afterAll(rules, known);
                })
                .httpBasic(basic -> basic.authenticationEntryPoint(door::askProgram))
                .exceptionHandling(refused ->
                        refused.authenticationEntryPoint(door::askProgram).accessDeniedHandler(door::refuse))
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(cache -> cache.requestCache(new NullRequestCache()))
                .logout(AbstractHttpConfigurer::disable)
                .build();
    }

    /** Other systems that have something to tell: no account, no cookie; their signature is looked at by who hears them. */
    @Bean
    @Order(0)
    SecurityFilterChain systems(HttpSecurity http) throws Exception {
        return http.securityMatcher("/hooks/**")
                .authorizeHttpRequests(rules -> rules.anyRequest().permitAll())
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(cache -> cache.requestCache(new NullRequestCache()))
                .logout(AbstractHttpConfigurer::disable)
                .build();
    }

    /** People: a session after the sign-in page, a token against forged requests with every change. */
    @Bean
    @Order(2)
    SecurityFilterChain people(HttpSecurity http, Door door, KnownPaths known) throws Exception {
        return http.authorizeHttpRequests(rules -> {
                    beforeAll(rules);
                    rules.requestMatchers(GET, "/ui/**", "/favicon.svg", "/favicon.ico", "/sign-in")
                            .permitAll();
                    // A customer's own page: the signature in its link is the key.
                    rules.requestMatchers("/c/**").permitAll();
                    rules.requestMatchers("/", "/password").authenticated();

                    rules.requestMatchers(GET, "/worklist/**").hasAnyRole(or(DESK_AND_AUDIT));
                    rules.requestMatchers(POST, "/worklist/**").hasAnyRole(or(DESK));
                    rules.requestMatchers("/cases/*/letter", "/cases/*/letters/*/again")
                            .hasAnyRole(or(DESK));
                    rules.requestMatchers(GET, "/cases/*/evidence.zip").hasAnyRole(or(AUDITOR));
                    rules.requestMatchers(GET, "/cases/*/dossier", "/cases/*/dossier.pdf")
                            .hasAnyRole(or(DESK_AND_AUDIT));
                    rules.requestMatchers(GET, "/cases/**").hasAnyRole(or(STAFF));
                    rules.requestMatchers(POST, "/cases/*/retry").hasAnyRole(or(LEADS));
                    rules.requestMatchers(POST, "/cases/**").hasAnyRole(or(DESK));
                    rules.requestMatchers(GET, "/customers/**").hasAnyRole(or(DESK_AND_AUDIT));
                    rules.requestMatchers(GET, "/pauses").hasAnyRole(or(LEADS_AND_AUDIT));
                    rules.requestMatchers(GET, "/effects/**").hasAnyRole(or(LEADS_AND_AUDIT));
                    rules.requestMatchers(POST, "/effects/**").hasAnyRole(or(LEADS));
                    rules.requestMatchers(GET, "/budgets/**", "/ledger").hasAnyRole(or(LEADS_AND_AUDIT));
                    rules.requestMatchers("/catalogue/new", "/catalogue/import", "/catalogue/*/edit")
                            .hasAnyRole(or(MANAGER, ANALYST));
                    rules.requestMatchers(POST, "/catalogue/*/stock").hasAnyRole(or(MANAGER));
                    rules.requestMatchers(POST, "/catalogue/**").hasAnyRole(or(MANAGER, ANALYST));
                    rules.requestMatchers(GET, "/catalogue/**").hasAnyRole(or(STAFF));
                    rules.requestMatchers(POST, "/budgets/**").hasAnyRole(or(MANAGER));
                    rules.requestMatchers(GET, "/findings/**", "/links").hasAnyRole(or(LEADS_AND_AUDIT));
                    rules.requestMatchers(POST, "/findings/**", "/links/**").hasAnyRole(or(LEADS));
                    rules.requestMatchers("/gateways/**").hasRole(ADMIN.name());
                    rules.requestMatchers(GET, "/reconciliation/**").hasAnyRole(or(FINANCE_AND_AUDIT));
                    rules.requestMatchers(POST, "/reconciliation/**").hasAnyRole(or(MANAGER));
                    rules.requestMatchers("/journal/**", "/samples/**").hasAnyRole(or(AUDITOR));
                    rules.requestMatchers(GET, "/alike").hasAnyRole(or(AUDITOR));
                    rules.requestMatchers(POST, "/observations/*/answer").hasAnyRole(or(LEADS));
                    rules.requestMatchers(POST, "/observations/**").hasAnyRole(or(AUDITOR));
                    rules.requestMatchers(GET, "/observations/**").hasAnyRole(or(LEADS_AND_AUDIT));
                    // Deciding again changes nothing that anybody gets, so whoever reads may start it.
                    rules.requestMatchers("/replays/**").hasAnyRole(or(RULES));
                    rules.requestMatchers(GET, "/privacy/**").hasAnyRole(or(LEADS_AND_AUDIT));
                    rules.requestMatchers(POST, "/privacy").hasAnyRole(or(LEADS));
                    rules.requestMatchers(POST, "/privacy/**").hasAnyRole(or(MANAGER));
                    rules.requestMatchers("/team/**").hasAnyRole(or(LEADS));
                    rules.requestMatchers("/me/**").hasAnyRole(or(DESK));
                    rules.requestMatchers("/imports/**").hasAnyRole(or(LEADS));
                    rules.requestMatchers(GET, "/decisions", "/decisions/export")
                            .hasAnyRole(or(LEADS_AND_RULES));
                    rules.requestMatchers(GET, "/decisions/**", "/releases/**").hasAnyRole(or(STAFF));
                    rules.requestMatchers(POST, "/decisions/*/replay", "/decisions/*/counterfactual")
                            .hasAnyRole(or(STAFF));
                    rules.requestMatchers(GET, "/studio/**").hasAnyRole(or(RULES));
                    rules.requestMatchers(POST, "/studio/*/*/try/**", "/studio/*/*/backtest/**")
                            .hasAnyRole(or(ANALYST, APPROVER));
                    rules.requestMatchers(POST, "/studio/*/*/comments/**", "/studio/*/*/letter-preview")
                            .hasAnyRole(or(ANALYST, APPROVER));
                    rules.requestMatchers(POST, "/studio/releases/**", "/studio/migrations/**")
                            .hasAnyRole(or(APPROVER));
                    rules.requestMatchers(POST, "/studio/**").hasAnyRole(or(ANALYST));
                    rules.requestMatchers(PUT, "/studio/drafts/**").hasAnyRole(or(ANALYST));
                    rules.requestMatchers(DELETE, "/studio/drafts/**").hasAnyRole(or(ANALYST));
                    afterAll(rules, known);
                })
                .formLogin(form -> form.loginPage("/sign-in")
                        .usernameParameter("login")
                        .passwordParameter("password")
                        .defaultSuccessUrl("/")
                        .failureUrl("/sign-in?refused"))
                .logout(out -> out.logoutUrl("/sign-out").logoutSuccessUrl("/sign-in?signed-out"))
                .exceptionHandling(refused ->
                        refused.authenticationEntryPoint(door::askPerson).accessDeniedHandler(door::refuse))
                .csrf(tokens -> tokens.csrfTokenRepository(new PageTokens()))
                .requestCache(cache -> cache.requestCache(pagesOnly()))
                .headers(headers -> headers.referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN)))
                .build();
    }

    private static void beforeAll(
            AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry rules) {
        // Checked already when the request came in.
        rules.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.FORWARD, DispatcherType.ASYNC)
                .permitAll();
    }

    private static void afterAll(
            AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry rules,
            KnownPaths known) {
        // Where nothing is, whoever is signed in is told just that.
        rules.requestMatchers(request -> !known.contain(request)).authenticated();
        rules.anyRequest().hasRole(ADMIN.name());
    }

    private static String[] or(Role... roles) {
        return Stream.concat(Stream.of(roles), Stream.of(ADMIN)).map(Role::name).toArray(String[]::new);
    }

    /** After the sign-in a reader goes on where they wanted to go: to a page, never to a part of one. */
    private static RequestCache pagesOnly() {
        HttpSessionRequestCache cache = new HttpSessionRequestCache();
        cache.setRequestMatcher(AccessRules::isPage);
        return cache;
    }

    private static boolean isPage(HttpServletRequest request) {
        String accepted = request.getHeader("Accept");
        return request.getMethod().equals("GET")
                && !Caller.wantsFragment(request)
                && accepted != null
                && accepted.contains("text/html");
    }
}
