package org.jabr.web.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jabr.intake.Attempts;
import org.jabr.rules.Problem;
import org.jabr.worklist.WorkItem;
import org.jabr.worklist.Worklist;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/worklist", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Worklist")
class WorklistApi {

    private final Worklist worklist;
    private final Attempts attempts;

    WorklistApi(Worklist worklist, Attempts attempts) {
        this.worklist = worklist;
        this.attempts = attempts;
    }

    @GetMapping
    @Operation(
            summary = "Work that waits for people, first things first",
            description = "Ordered by the effective deadline; why says what moved an item there.")
    Listing<WorkDocument> list(
            @RequestParam(defaultValue = "false") boolean done,
            @RequestParam(defaultValue = "false") boolean mine,
            @RequestParam(defaultValue = "false") boolean unassigned,
            @RequestParam(required = false) @Nullable String assignee,
            @RequestParam(required = false) @Nullable String queue,
            @RequestParam(required = false) @Nullable String language,
            @RequestParam(required = false) WorkItem.@Nullable Kind kind,
            @RequestParam(name = "case", required = false) @Nullable String caseReference,
            @RequestParam(defaultValue = Listing.USUAL) int limit,
            @RequestParam(required = false) @Nullable String after,
            Authentication caller) {
        Worklist.Filter filter = new Worklist.Filter(
                done, mine ? caller.getName() : assignee, unassigned, queue, language, kind, caseReference);
        WorkItem last = after == null ? null : item(after);
        return Listing.of(
                limit, most -> worklist.list(filter, last, most), item -> String.valueOf(item.id()), WorkDocument::of);
    }

    @GetMapping("/{id}")
    @Operation(summary = "One work item")
    WorkDocument get(@PathVariable long id) {
        return WorkDocument.of(worklist.get(id));
    }

    @PostMapping("/{id}/claim")
    @Operation(summary = "Take an item; 409 where somebody else was faster")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = WorkDocument.class)))
    ResponseEntity<?> claim(@PathVariable long id, Write write) {
        return write.once(() -> ResponseEntity.ok(WorkDocument.of(worklist.claim(id, write.by()))));
    }

    @PostMapping("/{id}/release")
    @Operation(summary = "Put an item back")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = WorkDocument.class)))
    ResponseEntity<?> release(@PathVariable long id, Write write) {
        return write.once(() -> ResponseEntity.ok(WorkDocument.of(worklist.release(id, write.by()))));
    }

    @PostMapping("/{id}/complete")
    @Operation(
            summary = "Complete an item; 409 where somebody else was faster",
            requestBody = @RequestBody(content = @Content(schema = @Schema(implementation = CompletionBody.class))))
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = WorkDocument.class)))
    ResponseEntity<?> complete(@PathVariable long id, Write write) {
        CompletionBody body = write.body(CompletionBody.class);
        // The case may move by itself at the same moment; then it is tried again, and the loser of a race is told.
        return write.once(() -> attempts.inTransaction(() -> {
            worklist.complete(id, body.all(), write.by());
            return ResponseEntity.ok(WorkDocument.of(worklist.get(id)));
        }));
    }

    private WorkItem item(String cursor) {
        try {
            return worklist.get(Long.parseLong(cursor));
        } catch (NumberFormatException | Problem e) {
            throw new Problem(Problem.Kind.INVALID, "WEB-025");
        }
    }
}
