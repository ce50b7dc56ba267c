package org.jabr.web.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.OffsetDateTime;
import java.util.List;
import org.jabr.worklist.WorkItem;
import org.jspecify.annotations.Nullable;

/** One item of the worklist; {@code why} says what its place follows from. */
@Schema(name = "WorkItem")
record WorkDocument(
        long id,
        String kind,
        String name,
        @JsonProperty("case") @Nullable String caseReference,
        String release,
        String element,
        @Nullable String form,
        @Nullable String subject,
        String authority,
        @Nullable String notBy,
        String queue,
        String skill,
        String language,
        String state,
        @Nullable String assignee,
        OffsetDateTime dueAt,
        OffsetDateTime effectiveAt,
        List<WorkItem.Why> why,
        OffsetDateTime createdAt,
        @Nullable OffsetDateTime completedAt,
        @Nullable String completedBy,
        @Nullable OffsetDateTime snoozedUntil,
        @Nullable String snoozedBy,
        int reroutes) {

    static WorkDocument of(WorkItem item) {
        return new WorkDocument(
                item.id(),
                item.kind().name(),
                item.name(),
                item.caseReference(),
                item.release(),
                item.element(),
                item.form(),
                item.subject(),
                item.authority().name(),
                item.notBy(),
                item.queue(),
                item.skill(),
                item.language(),
                item.state().name(),
                item.assignee(),
                item.dueAt(),
                item.effectiveAt(),
                item.why(),
                item.createdAt(),
                item.completedAt(),
                item.completedBy(),
                item.snoozedUntil(),
                item.snoozedBy(),
                item.reroutes());
    }
}
