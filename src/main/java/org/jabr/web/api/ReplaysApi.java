package org.jabr.web.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.OffsetDateTime;
import java.util.List;
import org.jabr.replay.ReplayRun;
import org.jabr.replay.ReplayRuns;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/replays", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Replays")
class ReplaysApi {

    private final ReplayRuns runs;

    ReplaysApi(ReplayRuns runs) {
        this.runs = runs;
    }

    /** Which decisions to decide again. */
    @Schema(name = "ReplayOrder")
    record OrderBody(
            @Schema(description = "decided then or later; absent for all") @Nullable
            OffsetDateTime since,

            @Schema(description = "only those of this moment; absent for all", example = "resolve") @Nullable
            String moment) {}

    /**
     * A run as callers see it.
     *
     * @param parts the same counts by release and by the engines that decided then and now
     */
    @Schema(name = "Replay")
    record RunDocument(
            long id,
            @Nullable OffsetDateTime since,
            @Nullable String moment,
            String state,
            @Nullable String failure,
            String startedBy,
            OffsetDateTime startedAt,
            @Nullable OffsetDateTime endedAt,
            long total,
            long done,
            long identical,
            long different,
            long failed,
            long erased,
            List<ReplayRun.Part> parts) {

        static RunDocument of(ReplayRun run, List<ReplayRun.Part> parts) {
            ReplayRun.Counts counts = run.counts();
            return new RunDocument(
                    run.id(),
                    run.since(),
                    run.moment(),
                    run.state().name(),
                    run.failure(),
                    run.startedBy(),
                    run.startedAt(),
                    run.endedAt(),
                    run.total(),
                    counts.done(),
                    counts.identical(),
                    counts.different(),
                    counts.failed(),
                    counts.erased(),
                    parts);
        }
    }

    @GetMapping
    @Operation(summary = "Runs over past decisions, the newest first; parts only with one run")
    Listing<RunDocument> list(
            @RequestParam(defaultValue = Listing.USUAL) int limit,
            @RequestParam(required = false) @Nullable Long after) {
        return Listing.of(
                limit,
                most -> runs.newest(after, most),
                run -> String.valueOf(run.id()),
                run -> RunDocument.of(run, List.of()));
    }

    @PostMapping
    @Operation(
            summary = "Decide everything since some time again, each decision under its own release",
            description = "202 with the run, which goes on in the background; where one over the same decisions is "
                    + "under way, it is that one. Changes nothing of what was decided.",
            requestBody = @RequestBody(content = @Content(schema = @Schema(implementation = OrderBody.class))))
    @ApiResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = RunDocument.class)))
    ResponseEntity<?> start(Write write) {
        OrderBody body = write.isEmpty() ? new OrderBody(null, null) : write.body(OrderBody.class);
        return write.onceInSteps(() -> {
            ReplayRun run = runs.start(body.since(), body.moment(), write.by().login());
            return ResponseEntity.accepted()
                    .location(URI.create("/api/replays/" + run.id()))
                    .body(RunDocument.of(run, List.of()));
        });
    }

    @GetMapping("/{id}")
    @Operation(summary = "How far a run is, and what came of it by release and engine")
    RunDocument get(@PathVariable long id) {
        return RunDocument.of(runs.get(id), runs.parts(id));
    }

    @GetMapping("/{id}/differences")
    @Operation(
            summary = "Decisions that do not come out as they were stored, the oldest first",
            description = "With failure where they cannot be decided any more.")
    Listing<ReplayRun.Differing> differences(
            @PathVariable long id,
            @RequestParam(defaultValue = Listing.USUAL) int limit,
            @RequestParam(defaultValue = "0") long after) {
        return Listing.of(
                limit, most -> runs.differing(id, after, most), one -> String.valueOf(one.decision()), one -> one);
    }

    @PostMapping("/{id}/cancel")
    @Operation(summary = "Call a run off, on whatever node it is")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = RunDocument.class)))
    ResponseEntity<?> cancel(@PathVariable long id, Write write) {
        return write.once(() -> {
            runs.cancel(id, write.by().login());
            return ResponseEntity.ok(get(id));
        });
    }
}
