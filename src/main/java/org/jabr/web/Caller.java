package org.jabr.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.stream.Stream;

/** What kind of caller a request comes from, and so in which shape an answer must be. */
final class Caller {

    private Caller() {}

    /** A program, by the address that it calls: it gets problem+json and no cookies. */
    static boolean isProgram(HttpServletRequest request) {
        String path = path(request);
        return Stream.of("/api", "/v3/api-docs", "/actuator", "/engine-rest", "/hooks")
                .anyMatch(root -> path.equals(root) || path.startsWith(root + "/"));
    }

    /** A program, or a script of a page that reads documents: it gets problem+json. */
    static boolean readsDocuments(HttpServletRequest request) {
        String accepted = request.getHeader("Accept");
        return isProgram(request)
                || accepted != null && accepted.contains("application/json") && !accepted.contains("text/html");
    }

    /** A page that asks for a part of itself: it gets a fragment. */
    static boolean wantsFragment(HttpServletRequest request) {
        return "true".equals(request.getHeader("HX-Request"))
                && !"true".equals(request.getHeader("HX-History-Restore-Request"));
    }

    /** The path that was asked for, also while an error is answered. */
    static String path(HttpServletRequest request) {
        Object failed = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        String path = failed instanceof String uri ? uri : request.getRequestURI();
        String context = request.getContextPath();
        return path.startsWith(context) ? path.substring(context.length()) : path;
    }
}
