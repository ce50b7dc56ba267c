package org.jabr.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.ModelAndView;

/** Puts a refusal into the shape that the caller reads: problem+json, a page in words, or a fragment of one. */
@Component
class Answers {

    private final Reader reader;
    private final MessageSource messages;
    private final LocaleResolver locales;
    private final ObjectMapper json;

    Answers(Reader reader, MessageSource messages, LocaleResolver locales, ObjectMapper json) {
        this.reader = reader;
        this.messages = messages;
        this.locales = locales;
        this.json = json;
    }

    /** The answer of a handler. */
    Object of(HttpServletRequest request, Refusal refusal) {
        if (Caller.readsDocuments(request)) {
            return ResponseEntity.status(refusal.status())
                    .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                    .headers(refusal.headers())
                    .body(document(request, refusal));
        }
        String view = Caller.wantsFragment(request) ? "problem :: fragment" : "problem";
        ModelAndView page = new ModelAndView(view, refusal.status());
        page.addAllObjects(Map.of(
                "status", refusal.status().value(),
                "code", refusal.code(),
                "heading", heading(refusal.status()),
                "detail", detail(refusal)));
        return page;
    }

    /** The answer of a filter to a program, where no handler is reached. */
    void write(HttpServletRequest request, HttpServletResponse response, Refusal refusal) throws IOException {
        Locale before = LocaleContextHolder.getLocale();
        LocaleContextHolder.setLocale(locales.resolveLocale(request));
        try {
            response.setStatus(refusal.status().value());
            refusal.headers().forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
            response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            response.setCharacterEncoding(StandardCharsets.UTF_8.name());
            json.writeValue(response.getOutputStream(), document(request, refusal));
        } finally {
            LocaleContextHolder.setLocale(before);
        }
    }

    private ProblemDetail document(HttpServletRequest request, Refusal refusal) {
        ProblemDetail document = ProblemDetail.forStatusAndDetail(refusal.status(), detail(refusal));
        document.setTitle(heading(refusal.status()));
        document.setInstance(instance(request));
        document.setProperty("code", refusal.code());
        refusal.more().forEach(document::setProperty);
        return document;
    }

    private static URI instance(HttpServletRequest request) {
        try {
            return URI.create(Caller.path(request));
        } catch (IllegalArgumentException odd) {
            return URI.create("/");
        }
    }

    private String heading(HttpStatusCode status) {
        String general = messages.getMessage("problem.status.general", null, LocaleContextHolder.getLocale());
        String heading =
                messages.getMessage("problem.status." + status.value(), null, general, LocaleContextHolder.getLocale());
        return heading == null ? general : heading;
    }

    private String detail(Refusal refusal) {
        return reader.problem(refusal.code(), refusal.kind(), refusal.values().toArray());
    }
}
