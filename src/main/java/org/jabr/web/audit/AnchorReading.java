package org.jabr.web.audit;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jabr.anchors.Anchor;
import org.jabr.anchors.AnchorDesk;
import org.jabr.web.Reader;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Puts where seals are kept elsewhere into the reader's language. */
@Component
class AnchorReading {

    private static final String STATUS = "STATUS-";

    private final AnchorDesk desk;
    private final Reader reader;

    AnchorReading(AnchorDesk desk, Reader reader) {
        this.desk = desk;
        this.reader = reader;
    }

    /** @param way in words */
    record Kept(String way, String state, String tone) {}

    /**
     * @param kept number of the newest seal that arrived; null where none did
     * @param why the newest one has not arrived; empty where it did or nobody has tried yet
     */
    record Way(
            String name,
            String leads,
            @Nullable Long kept,
            @Nullable Instant at,
            @Nullable Long under,
            String why,
            boolean late) {}

    Map<Long, List<Kept>> of(Collection<Long> seals) {
        return desk.of(seals).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        one -> one.getValue().stream().map(this::kept).toList()));
    }

    List<Way> ways() {
        return desk.ways().stream().map(this::way).toList();
    }

    private Kept kept(Anchor anchor) {
        return new Kept(
                reader.words("anchor.way." + anchor.way()),
                anchor.state().name(),
                switch (anchor.state()) {
                    case KEPT -> "good";
                    case COVERED -> "";
                    case WAITING, SENT -> anchor.code() == null ? "active" : "warn";
                });
    }

    private Way way(AnchorDesk.Standing standing) {
        Anchor kept = standing.kept();
        Anchor under = standing.under();
        return new Way(
                standing.way(),
                standing.leads(),
                kept == null ? null : kept.seal(),
                kept == null ? null : kept.updatedAt().toInstant(),
                under == null ? null : under.seal(),
                under == null ? "" : why(under.code()),
                standing.late());
    }

    private String why(@Nullable String code) {
        if (code == null) {
            return "";
        }
        return code.startsWith(STATUS)
                ? reader.words("anchor.code.STATUS", code.substring(STATUS.length()))
                : reader.words("anchor.code." + code);
    }
}
