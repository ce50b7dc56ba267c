package org.jabr.web.api;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jabr.web.desk.WorkBulk;
import org.jspecify.annotations.Nullable;

/** Something that is done to several items, each for itself. */
@Schema(name = "BulkOrder")
record BulkBody(
        WorkBulk.@Nullable Action action,

        @Schema(description = "at most 200") @Nullable List<Long> ids,

        @Schema(description = "login for ASSIGN, desk for REDIRECT") @Nullable
        String to,

        @Schema(description = "for SNOOZE: how long; without it until the effective deadline") @Nullable
        Integer hours,

        @Schema(description = "only say what would become of each") @Nullable
        Boolean preview) {}
