package org.jabr.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jabr.rules.Problem;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;

/**
 * Why a request is not done, before it is put into words.
 *
 * @param code stable code of its sentence
 * @param kind what is said where the code has no sentence of its own
 * @param values what the sentence names
 * @param headers what the protocol wants with it
 * @param more further fields of the document that programs get
 */
record Refusal(
        HttpStatusCode status,
        String code,
        String kind,
        List<Object> values,
        HttpHeaders headers,
        Map<String, Object> more) {

    static Refusal of(HttpStatusCode status, String code, Object... values) {
        return new Refusal(status, code, kind(status), List.of(values), new HttpHeaders(), Map.of());
    }

    static Refusal of(Problem problem) {
        HttpStatus status =
                switch (problem.kind()) {
                    case MALFORMED -> HttpStatus.BAD_REQUEST;
                    case INVALID -> HttpStatus.UNPROCESSABLE_ENTITY;
                    case NOT_FOUND -> HttpStatus.NOT_FOUND;
                    case CONFLICT -> HttpStatus.CONFLICT;
                    case FORBIDDEN -> HttpStatus.FORBIDDEN;
                };
        return new Refusal(
                status, problem.code(), problem.kind().name(), problem.values(), new HttpHeaders(), Map.of());
    }

    Refusal with(HttpHeaders headers) {
        return new Refusal(status, code, kind, values, headers, more);
    }

    Refusal with(String name, Object value) {
        Map<String, Object> all = new LinkedHashMap<>(more);
        all.put(name, value);
        return new Refusal(status, code, kind, values, headers, all);
    }

    private static String kind(HttpStatusCode status) {
        return switch (status.value()) {
            case 403 -> "FORBIDDEN";
            case 404 -> "NOT_FOUND";
            case 409 -> "CONFLICT";
            case 422 -> "INVALID";
            default -> status.is5xxServerError() ? "BROKEN" : "MALFORMED";
        };
    }
}
