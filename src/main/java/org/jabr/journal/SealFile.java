package org.jabr.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Keeps seals outside the database, a line each, in a file that may lie on a share that this house can only add to. A seal that
 * could not be kept is no harm: the next one covers it.
 */
@Component
class SealFile {

    private static final Logger LOG = LoggerFactory.getLogger(SealFile.class);

    private final String file;
    private final Duration every;
    private final Clock clock;
    private @Nullable Instant last;

    SealFile(
            @Value("${jabr.journal.seal-file:}") String file,
            @Value("${jabr.journal.seal-file-every:PT1H}") Duration every,
            Clock clock) {
        this.file = file;
        this.every = every;
        this.clock = clock;
    }

    @TransactionalEventListener
    void sealed(Sealed event) {
        Instant now = clock.instant();
        if (file.isBlank() || last != null && now.isBefore(last.plus(every))) {
            return;
        }
        try {
            Files.writeString(
                    Path.of(file),
                    event.seal().json() + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND,
                    StandardOpenOption.SYNC);
            last = now;
        } catch (IOException e) {
            LOG.warn("Seal {} could not be kept in {}: {}", event.seal().id(), file, e.toString());
        }
    }
}
