package org.jabr.web.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jabr.intake.Attempts;
import org.jabr.rules.Decider;
import org.jabr.rules.Problem;
import org.jabr.web.Reader;
import org.jabr.web.desk.WorkBulk;
import org.jabr.web.desk.WorkFinder;
import org.jabr.worklist.Bulk;
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
    private final WorkFinder finder;
    private final WorkBulk bulk;
    private final Reader reader;
    private final Clock clock;

    WorklistApi(Worklist worklist, Attempts attempts, WorkFinder finder, WorkBulk bulk, Reader reader, Clock clock) {
        this.worklist = worklist;
        this.attempts = attempts;
        this.finder = finder;
        this.bulk = bulk;
        this.reader = reader;
        this.clock = clock;
    }

    @Schema(name = "Assignment")
    record AssignBody(@Nullable String to) {}

    @Schema(name = "Snooze")
    record SnoozeBody(@Nullable Integer hours) {}

    /** What became of one item. @param code of the problem; null where it is done */
    @Schema(name = "BulkResult")
    record ResultDocument(
            long id,
            boolean done,
            @Nullable String code,
            @Nullable String detail) {}

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
            @RequestParam(required = false) @Nullable String skill,
            @RequestParam(defaultValue = "false") boolean may,
            @RequestParam(defaultValue = "false") boolean snoozed,
            @RequestParam(required = false) @Nullable OffsetDateTime dueBefore,
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(defaultValue = Listing.USUAL) int limit,
            @RequestParam(required = false) @Nullable String after,
            Authentication caller) {
        WorkFinder.Found found = q == null || q.isBlank() ? null : finder.find(q.strip());
        Decider by = Callers.decider(caller);
        Worklist.Filter filter = new Worklist.Filter(
                done ? Worklist.Filter.Show.ENDED : snoozed ? Worklist.Filter.Show.SNOOZED : Worklist.Filter.Show.OPEN,
                mine ? caller.getName() : assignee,
                unassigned,
                queue,
                language,
                kind,
                caseReference == null && found != null ? found.reference() : caseReference,
                skill,
                may ? by.authority() : null,
                may ? by.login() : null,
                dueBefore,
                found == null ? null : found.cases(),
                found == null ? null : found.subject(),
                found == null ? null : found.names());
        WorkItem last = after == null ? null : item(after);
        return Listing.of(
                limit,
                most -> worklist.list(filter, last, most),
                item -> String.valueOf(item.id()),
                item -> worklist.inSight(item, by),
                WorkDocument::of);
    }

    @GetMapping("/{id}")
    @Operation(summary = "One work item")
    WorkDocument get(@PathVariable long id, Authentication caller) {
        WorkItem item = worklist.get(id);
        if (!worklist.inSight(item, Callers.decider(caller))) {
            throw new Problem(Problem.Kind.NOT_FOUND, "WORK-001", id);
        }
        return WorkDocument.of(item);
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

    @PostMapping("/{id}/assign")
    @Operation(
            summary = "A supervisor gives an item to a person",
            requestBody = @RequestBody(content = @Content(schema = @Schema(implementation = AssignBody.class))))
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = WorkDocument.class)))
    ResponseEntity<?> assign(@PathVariable long id, Write write) {
        String to = Objects.requireNonNullElse(write.body(AssignBody.class).to(), "");
        return write.once(() -> ResponseEntity.ok(WorkDocument.of(worklist.assign(id, to, write.by()))));
    }

    @PostMapping("/{id}/snooze")
    @Operation(
            summary = "Put an item off; it comes back by itself, at the latest at its effective deadline",
            requestBody = @RequestBody(content = @Content(schema = @Schema(implementation = SnoozeBody.class))))
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = WorkDocument.class)))
    ResponseEntity<?> snooze(@PathVariable long id, Write write) {
        Integer hours = write.isEmpty() ? null : write.body(SnoozeBody.class).hours();
        return write.once(() -> {
            OffsetDateTime until = hours == null
                    ? worklist.get(id).effectiveAt()
                    : OffsetDateTime.now(clock).plusHours(hours);
            return ResponseEntity.ok(WorkDocument.of(worklist.snooze(id, until, write.by())));
        });
    }

    @PostMapping("/{id}/wake")
    @Operation(summary = "Bring an item back into sight")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = WorkDocument.class)))
    ResponseEntity<?> wake(@PathVariable long id, Write write) {
        return write.once(() -> ResponseEntity.ok(WorkDocument.of(worklist.wake(id, write.by()))));
    }

    @PostMapping("/bulk")
    @Operation(
            summary = "Do the same to several items, each for itself",
            description = "Answers 200 with what became of each, also where some could not be done.",
            requestBody = @RequestBody(content = @Content(schema = @Schema(implementation = BulkBody.class))))
    ResponseEntity<?> bulk(Write write) {
        BulkBody body = write.body(BulkBody.class);
        WorkBulk.Action action = body.action();
        List<Long> ids = body.ids();
        if (action == null || ids == null || ids.contains(null)) {
            throw new Problem(Problem.Kind.INVALID, "WORK-016");
        }
        WorkBulk.Order order = new WorkBulk.Order(action, body.to(), body.hours());
        return write.onceInSteps(() -> ResponseEntity.ok(Map.of(
                "items",
                (Boolean.TRUE.equals(body.preview())
                                ? bulk.preview(order, ids, write.by())
                                : bulk.carryOut(order, ids, write.by()))
                        .stream().map(this::result).toList())));
    }

    private ResultDocument result(Bulk.Result result) {
        Problem problem = result.problem();
        return new ResultDocument(
                result.id(),
                result.done(),
                problem == null ? null : problem.code(),
                problem == null ? null : reader.words(problem));
    }

    private WorkItem item(String cursor) {
        try {
            return worklist.get(Long.parseLong(cursor));
        } catch (NumberFormatException | Problem e) {
            throw new Problem(Problem.Kind.INVALID, "WEB-025");
        }
    }
}
