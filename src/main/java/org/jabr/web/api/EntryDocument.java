package org.jabr.web.api;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.OffsetDateTime;
import org.jabr.journal.Entry;

/** One fact of the journal. */
@Schema(name = "JournalEntry")
record EntryDocument(
        long id,
        OffsetDateTime at,
        String kind,
        String subject,
        String by,

        @JsonRawValue @Schema(type = "object") String content) {

    static EntryDocument of(Entry entry) {
        return new EntryDocument(entry.id(), entry.at(), entry.kind(), entry.subject(), entry.by(), entry.content());
    }
}
