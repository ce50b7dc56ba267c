package org.jabr.web.api;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.OffsetDateTime;
import org.jabr.cases.RecoveryCase;
import org.jspecify.annotations.Nullable;

/** A case as lists show it: without anything that a person said. */
@Schema(name = "CaseSummary")
record CaseSummary(
        String reference,
        @Nullable String externalRef,
        String stage,
        int severity,
        String tier,
        String failureType,
        String mode,
        String queue,
        String release,
        int contactCount,
        OffsetDateTime receivedAt,
        OffsetDateTime resolveDueAt,
        @Nullable OffsetDateTime closedAt,

        @Schema(description = "of a report: OPENED, KNOWN or JOINED") @Nullable
        String became) {

    static CaseSummary of(RecoveryCase recovery, @Nullable String became) {
        return new CaseSummary(
                recovery.reference(),
                recovery.externalRef(),
                recovery.stage().name(),
                recovery.severity(),
                recovery.tier(),
                recovery.failureType(),
                recovery.mode(),
                recovery.queue(),
                recovery.release(),
                recovery.contacts(),
                recovery.receivedAt(),
                recovery.resolveDueAt(),
                recovery.closedAt(),
                became);
    }
}
