package org.jabr.web.api;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Map;
import org.jabr.hooks.Hooks;
import org.jabr.outside.Signature;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where other systems tell what they have to tell; their signature is their key, nothing else opens. */
@RestController
class HooksApi {

    private final Hooks hooks;

    HooksApi(Hooks hooks) {
        this.hooks = hooks;
    }

    @PostMapping("/hooks/{source}")
    ResponseEntity<Map<String, Hooks.Outcome>> tell(@PathVariable String source, HttpServletRequest request)
            throws IOException {
        Hooks.Outcome outcome = hooks.receive(
                source,
                request.getHeader(Signature.TIMESTAMP),
                request.getHeader(Signature.HEADER),
                request.getInputStream());
        int status =
                switch (outcome) {
                    case DONE, KNOWN, DUPLICATE -> 200;
                    case LATE, UNKNOWN, KEPT -> 202;
                };
        return ResponseEntity.status(status).body(Map.of("outcome", outcome));
    }
}
