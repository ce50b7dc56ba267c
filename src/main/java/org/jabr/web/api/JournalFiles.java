package org.jabr.web.api;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jabr.audit.EvidenceDesk;
import org.jabr.journal.Evidence;
import org.jabr.journal.Seal;
import org.jabr.journal.Seals;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** The journal and its seals as files: the same for people and for programs. */
@Component
public class JournalFiles {

    private static final MediaType LINES = new MediaType("application", "x-ndjson");

    private final EvidenceDesk desk;
    private final Evidence evidence;
    private final Seals seals;

    JournalFiles(EvidenceDesk desk, Evidence evidence, Seals seals) {
        this.desk = desk;
        this.evidence = evidence;
        this.seals = seals;
    }

    /** @throws org.jabr.rules.Problem {@code JOURNAL-001}, {@code JOURNAL-002} */
    public ResponseEntity<StreamingResponseBody> export(@Nullable Long to, String by) {
        // Refused before the first byte, or not at all.
        Seal seal = desk.take(to, by);
        StreamingResponseBody body = out -> {
            try (InputStream export = evidence.open(seal)) {
                export.transferTo(out);
            }
        };
        return file(LINES, "jabr-evidence-" + seal.id() + ".jsonl").body(body);
    }

    /** @throws org.jabr.rules.Problem {@code JOURNAL-001} */
    public ResponseEntity<byte[]> seal(long id) {
        return file(MediaType.APPLICATION_JSON, "jabr-seal-" + id + ".json")
                .body((seals.get(id).json() + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static ResponseEntity.BodyBuilder file(MediaType type, String name) {
        return ResponseEntity.ok()
                .contentType(type)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment().filename(name).build().toString());
    }
}
