package org.jabr.web.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.function.Supplier;
import org.jabr.intake.Attempts;
import org.jabr.rules.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Does what is asked under a key once. The key, what was done and the answer are one transaction: the second of two
 * equal requests waits for the first and gets its answer; what failed may be asked again under the same key.
 */
@Component
class Idempotency {

    private static final int LONGEST = 120;

    private final JdbcClient jdbc;
    private final Attempts attempts;
    private final ObjectMapper json;
    private final Clock clock;

    Idempotency(JdbcClient jdbc, Attempts attempts, ObjectMapper json, Clock clock) {
        this.jdbc = jdbc;
        this.attempts = attempts;
        this.json = json;
        this.clock = clock;
    }

    /** What a request is known by. */
    record Request(String caller, @Nullable String key, String hash) {}

    /**
     * @throws Problem {@code WEB-020} the key was used for another request, {@code WEB-024} not a key
     */
    ResponseEntity<?> once(Request request, Supplier<ResponseEntity<?>> work) {
        String key = request.key();
        if (key == null) {
            return work.get();
        }
        check(key);
        return attempts.inTransaction(() -> {
            Optional<ResponseEntity<?>> before = answered(request, key);
            if (before.isPresent()) {
                return before.get();
            }
            insert(request, key, 0, null, "");
            ResponseEntity<?> answer = work.get();
            jdbc.sql("""
                            update idempotent_request set status = :status, location = :location, answer = :answer
                            where caller = :caller and request_key = :key
                            """)
                    .param("caller", request.caller())
                    .param("key", key)
                    .param("status", answer.getStatusCode().value())
                    .param("location", location(answer))
                    .param("answer", write(answer.getBody()))
                    .update();
            return answer;
        });
    }

    /**
     * The same for work that commits in steps of its own and does nothing when it is done again: the first answer is
     * kept afterwards.
     */
    ResponseEntity<?> onceInSteps(Request request, Supplier<ResponseEntity<?>> work) {
        String key = request.key();
        if (key == null) {
            return work.get();
        }
        check(key);
        Optional<ResponseEntity<?>> before = answered(request, key);
        if (before.isPresent()) {
            return before.get();
        }
        ResponseEntity<?> answer = work.get();
        return attempts.inTransaction(() -> {
            Optional<ResponseEntity<?>> faster = answered(request, key);
            if (faster.isPresent()) {
                return faster.get();
            }
            insert(request, key, answer.getStatusCode().value(), location(answer), write(answer.getBody()));
            return answer;
        });
    }

    private Optional<ResponseEntity<?>> answered(Request request, String key) {
        return jdbc.sql("""
                        select body_hash, status, location, answer from idempotent_request
                        where caller = :caller and request_key = :key
                        """)
                .param("caller", request.caller())
                .param("key", key)
                .query((row, n) -> {
                    if (!row.getString("body_hash").equals(request.hash())) {
                        throw new Problem(Problem.Kind.INVALID, "WEB-020");
                    }
                    return answer(row.getInt("status"), row.getString("location"), row.getString("answer"));
                })
                .optional()
                .map(answer -> (ResponseEntity<?>) answer);
    }

    private ResponseEntity<Object> answer(int status, @Nullable String location, String body) {
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(status);
        if (location != null) {
            answer.location(URI.create(location));
        }
        try {
            return answer.contentType(MediaType.APPLICATION_JSON).body(json.readTree(body));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void insert(Request request, String key, int status, @Nullable String location, String answer) {
        jdbc.sql("""
                        insert into idempotent_request (caller, request_key, body_hash, status, location, answer, at)
                        values (:caller, :key, :hash, :status, :location, :answer, :at)
                        """)
                .param("caller", request.caller())
                .param("key", key)
                .param("hash", request.hash())
                .param("status", status)
                .param("location", location)
                .param("answer", answer)
                .param("at", OffsetDateTime.now(clock))
                .update();
    }

    private static void check(String key) {
        boolean printable = key.chars().allMatch(c -> c > ' ' && c < 127);
        if (key.length() > LONGEST || !printable) {
            throw new Problem(Problem.Kind.MALFORMED, "WEB-024", LONGEST);
        }
    }

    private static @Nullable String location(ResponseEntity<?> answer) {
        URI location = answer.getHeaders().getLocation();
        return location == null ? null : location.toString();
    }

    private String write(@Nullable Object body) {
        try {
            return json.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
