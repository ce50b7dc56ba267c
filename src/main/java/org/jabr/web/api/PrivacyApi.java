package org.jabr.web.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import org.jabr.customers.Obstacle;
import org.jabr.privacy.Erasure;
import org.jabr.privacy.Hold;
import org.jabr.privacy.PrivacyDesk;
import org.jabr.privacy.Retention;
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
@RequestMapping(path = "/api/privacy", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Privacy")
class PrivacyApi {

    private final PrivacyDesk desk;
    private final Retention retention;

    PrivacyApi(PrivacyDesk desk, Retention retention) {
        this.desk = desk;
        this.retention = retention;
    }

    @Schema(name = "ErasureOrder")
    record AskBody(
            @Schema(description = "how your systems name the customer", requiredMode = Schema.RequiredMode.REQUIRED)
            @Nullable
            String customer,

            @Schema(
                    description = "a ground of rules/privacy.csv",
                    example = "asked",
                    requiredMode = Schema.RequiredMode.REQUIRED)
            @Nullable
            String ground) {}

    @Schema(name = "ErasureRefusal")
    record RefuseBody(
            @Schema(
                    description = "a refusal of rules/privacy.csv",
                    example = "duty",
                    requiredMode = Schema.RequiredMode.REQUIRED)
            @Nullable
            String refusal) {}

    @Schema(name = "HoldOrder")
    record HoldBody(
            @Schema(description = "how your systems name the customer", requiredMode = Schema.RequiredMode.REQUIRED)
            @Nullable
            String customer,

            @Schema(
                    description = "a hold of rules/privacy.csv",
                    example = "court",
                    requiredMode = Schema.RequiredMode.REQUIRED)
            @Nullable
            String ground,

            @Schema(description = "the last day; absent where only a person ends it") @Nullable
            LocalDate until) {}

    /** @param obstacles what keeps the customer from being erased now; only while it is asked for */
    @Schema(name = "Erasure")
    record ErasureDocument(
            long id,
            String customer,
            String ground,
            String state,
            String askedBy,
            OffsetDateTime askedAt,
            LocalDate dueOn,
            @Nullable String decidedBy,
            @Nullable OffsetDateTime decidedAt,
            @Nullable String refusal,
            List<Obstacle> obstacles) {}

    @Schema(name = "Hold")
    record HoldDocument(
            long id,
            String customer,
            String ground,
            String placedBy,
            OffsetDateTime placedAt,
            @Nullable LocalDate until,
            boolean holds,
            @Nullable String liftedBy,
            @Nullable OffsetDateTime liftedAt) {}

    /** @param due how many are let go of next time */
    @Schema(name = "Retention")
    record RetentionDocument(String kept, @Nullable String country, int days, long due) {}

    @GetMapping("/erasures")
    @Operation(summary = "Whose data is to be erased, or was, the newest first")
    Listing<ErasureDocument> erasures(
            @RequestParam(required = false) Erasure.@Nullable State state,
            @RequestParam(defaultValue = Listing.USUAL) int limit,
            @RequestParam(required = false) @Nullable Long after) {
        return Listing.of(
                limit, most -> desk.erasures(state, after, most), one -> String.valueOf(one.id()), this::document);
    }

    @GetMapping("/erasures/{id}")
    @Operation(summary = "One of them")
    ErasureDocument erasure(@PathVariable long id) {
        return document(desk.get(id));
    }

    @PostMapping("/erasures")
    @Operation(
            summary = "Ask for a customer to be erased; another person decides",
            requestBody = @RequestBody(content = @Content(schema = @Schema(implementation = AskBody.class))))
    @ApiResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = ErasureDocument.class)))
    ResponseEntity<?> ask(Write write) {
        AskBody body = write.body(AskBody.class);
        return write.once(() -> {
            long id = desk.ask(
                    text(body.customer()), text(body.ground()), write.by().login());
            return ResponseEntity.created(URI.create("/api/privacy/erasures/" + id))
                    .body(erasure(id));
        });
    }

    @PostMapping("/erasures/{id}/erase")
    @Operation(
            summary = "Erase the customer, for good",
            description = "By another person than who asked; 409 while a hold stands or something is under way.")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ErasureDocument.class)))
    ResponseEntity<?> erase(@PathVariable long id, Write write) {
        return write.once(() -> {
            desk.erase(id, write.by().login());
            return ResponseEntity.ok(erasure(id));
        });
    }

    @PostMapping("/erasures/{id}/refuse")
    @Operation(
            summary = "Say why the customer is not erased",
            requestBody = @RequestBody(content = @Content(schema = @Schema(implementation = RefuseBody.class))))
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ErasureDocument.class)))
    ResponseEntity<?> refuse(@PathVariable long id, Write write) {
        RefuseBody body = write.body(RefuseBody.class);
        return write.once(() -> {
            desk.refuse(id, text(body.refusal()), write.by().login());
            return ResponseEntity.ok(erasure(id));
        });
    }

    @GetMapping("/holds")
    @Operation(summary = "Whose data must be kept, the newest first")
    Listing<HoldDocument> holds(
            @RequestParam(defaultValue = Listing.USUAL) int limit,
            @RequestParam(required = false) @Nullable Long after) {
        return Listing.of(limit, most -> desk.holds(after, most), one -> String.valueOf(one.id()), this::document);
    }

    @PostMapping("/holds")
    @Operation(
            summary = "Hold a customer's data",
            requestBody = @RequestBody(content = @Content(schema = @Schema(implementation = HoldBody.class))))
    @ApiResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = HoldDocument.class)))
    ResponseEntity<?> place(Write write) {
        HoldBody body = write.body(HoldBody.class);
        return write.once(() -> {
            long id = desk.place(
                    text(body.customer()),
                    text(body.ground()),
                    body.until(),
                    write.by().login());
            return ResponseEntity.created(URI.create("/api/privacy/holds/" + id))
                    .body(hold(id));
        });
    }

    @GetMapping("/holds/{id}")
    @Operation(summary = "One of them")
    HoldDocument hold(@PathVariable long id) {
        return document(desk.hold(id));
    }

    @PostMapping("/holds/{id}/lift")
    @Operation(summary = "End a hold")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = HoldDocument.class)))
    ResponseEntity<?> lift(@PathVariable long id, Write write) {
        return write.once(() -> {
            desk.lift(id, write.by().login());
            return ResponseEntity.ok(hold(id));
        });
    }

    @GetMapping("/retention")
    @Operation(summary = "For how long what is kept, and how much is let go of next time")
    List<RetentionDocument> retention() {
        return retention.due().stream()
                .map(due -> new RetentionDocument(
                        due.rule().kept(),
                        due.rule().country().isEmpty() ? null : due.rule().country(),
                        due.rule().days(),
                        due.count()))
                .toList();
    }

    private ErasureDocument document(Erasure one) {
        return new ErasureDocument(
                one.id(),
                one.customerRef(),
                one.ground(),
                one.state().name(),
                one.askedBy(),
                one.askedAt(),
                one.dueOn(),
                one.decidedBy(),
                one.decidedAt(),
                one.refusal(),
                one.state() == Erasure.State.ASKED ? desk.obstacles(one.customerId()) : List.of());
    }

    private HoldDocument document(Hold one) {
        return new HoldDocument(
                one.id(),
                one.customerRef(),
                one.ground(),
                one.placedBy(),
                one.placedAt(),
                one.until(),
                one.holds(desk.today()),
                one.liftedBy(),
                one.liftedAt());
    }

    private static String text(@Nullable String given) {
        return Objects.requireNonNullElse(given, "");
    }
}
