package org.jabr.web.api;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jabr.rules.Decider;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.multipart.MaxUploadSizeExceededException;

/** A request that changes something: who sent it, what it says, and under which key it is done once. */
final class Write {

    private static final int JSON_BYTES = 2 * 1024 * 1024;

    private final HttpServletRequest request;
    private final Authentication caller;
    private final Bodies bodies;
    private final Idempotency idempotency;
    private byte @Nullable [] bytes;

    Write(HttpServletRequest request, Authentication caller, Bodies bodies, Idempotency idempotency) {
        this.request = request;
        this.caller = caller;
        this.bodies = bodies;
        this.idempotency = idempotency;
    }

    Decider by() {
        return Callers.decider(caller);
    }

    /** The body as strict JSON. */
    <T> T body(Class<T> type) {
        return bodies.read(bytes(JSON_BYTES), type);
    }

    /** The body as any JSON object. */
    Map<String, Object> document() {
        return bodies.document(bytes(JSON_BYTES));
    }

    boolean isEmpty() {
        return bytes(JSON_BYTES).length == 0;
    }

    /** The body itself, refused where it is larger than {@code most}. */
    byte[] bytes(int most) {
        if (bytes == null) {
            try {
                if (request.getContentLengthLong() > most) {
                    throw new MaxUploadSizeExceededException(most);
                }
                byte[] read = request.getInputStream().readNBytes(most + 1);
                if (read.length > most) {
                    throw new MaxUploadSizeExceededException(most);
                }
                bytes = read;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return bytes;
    }

    /** Does it once under the sender's key. */
    ResponseEntity<?> once(Supplier<ResponseEntity<?>> work) {
        return idempotency.once(known(), work);
    }

    /** The same for work that commits in steps of its own. */
    ResponseEntity<?> onceInSteps(Supplier<ResponseEntity<?>> work) {
        return idempotency.onceInSteps(known(), work);
    }

    private Idempotency.Request known() {
        String key = request.getHeader("Idempotency-Key");
        boolean none = key == null || key.isBlank();
        return new Idempotency.Request(caller.getName(), none ? null : key.strip(), none ? "" : hash());
    }

    private String hash() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            String line = request.getMethod() + " " + request.getRequestURI() + "?"
                    + Objects.requireNonNullElse(request.getQueryString(), "") + "\n";
            digest.update(line.getBytes(StandardCharsets.UTF_8));
            digest.update(bytes(JSON_BYTES));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
