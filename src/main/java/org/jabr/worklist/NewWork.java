package org.jabr.worklist;

import java.time.OffsetDateTime;
import java.util.List;
import org.jabr.rules.Authority;
import org.jabr.rules.CaseId;
import org.jspecify.annotations.Nullable;

/** Work that somebody should do: a {@link WorkItem} before it stands in the list. */
public record NewWork(
        WorkItem.Kind kind,
        String name,
        @Nullable CaseId caseId,
        @Nullable String caseReference,
        String release,
        @Nullable String task,
        String element,
        @Nullable String form,
        @Nullable String subject,
        Authority authority,
        @Nullable String notBy,
        String queue,
        String skill,
        String language,
        @Nullable String assignee,
        OffsetDateTime dueAt,
        List<WorkItem.Why> why) {

    OffsetDateTime effectiveAt() {
        return dueAt.minusMinutes(why.stream().mapToLong(WorkItem.Why::minutes).sum());
    }
}
