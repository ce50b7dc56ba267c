package org.jabr.anchors;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jabr.journal.Seal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Adds a line to a file, which may lie on a share that this house can only add to. */
class FileWay implements Way {

    private static final Logger LOG = LoggerFactory.getLogger(FileWay.class);

    private final Path file;

    FileWay(Path file) {
        this.file = file;
    }

    @Override
    public String name() {
        return "file";
    }

    @Override
    public String leads() {
        return String.valueOf(file.getFileName());
    }

    @Override
    public @Nullable String bring(Seal seal) {
        try {
            // One write of one line, so that two nodes that add at once do not mix theirs.
            Files.write(
                    file,
                    (seal.json() + "\n").getBytes(StandardCharsets.UTF_8),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND,
                    StandardOpenOption.SYNC);
            return null;
        } catch (IOException e) {
            LOG.warn("Seal {} could not be added to {}: {}", seal.id(), file, e.toString());
            return "FILE_REFUSED";
        }
    }
}
