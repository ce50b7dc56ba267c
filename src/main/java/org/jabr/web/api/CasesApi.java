package org.jabr.web.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jabr.cases.CaseDesk;
import org.jabr.cases.CaseFile;
import org.jabr.cases.Cases;
import org.jabr.cases.Merges;
import org.jabr.cases.RecoveryCase;
import org.jabr.cases.Stage;
import org.jabr.customers.Customer;
import org.jabr.customers.Customers;
import org.jabr.intake.CaseIntake;
import org.jabr.intake.Received;
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
@RequestMapping(path = "/api/cases", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Cases")
class CasesApi {

    private final CaseIntake intake;
    private final CaseDesk desk;
    private final Cases cases;
    private final Merges merges;
    private final Customers customers;

    CasesApi(CaseIntake intake, CaseDesk desk, Cases cases, Merges merges, Customers customers) {
        this.intake = intake;
        this.desk = desk;
        this.cases = cases;
        this.merges = merges;
        this.customers = customers;
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Report a failure",
            description = "201 with a new case. 200 with the case that it belongs to where the external reference is "
                    + "known already (became: KNOWN), or where a report without one is about an open matter (JOINED).",
            requestBody = @RequestBody(content = @Content(schema = @Schema(implementation = ReportBody.class))))
    @ApiResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = CaseSummary.class)))
    ResponseEntity<?> report(Write write) {
        ReportBody body = write.body(ReportBody.class);
        return write.once(() -> {
            Received received = intake.receive(body.submission(), write.by().login());
            boolean opened = received.became() == Received.Became.OPENED;
            RecoveryCase recovery = received.recovery();
            return ResponseEntity.status(opened ? 201 : 200)
                    .location(URI.create("/api/cases/" + recovery.reference()))
                    .body(CaseSummary.of(recovery, received.became().name()));
        });
    }

    @GetMapping("/{reference}")
    @Operation(
            summary = "Everything that is known of a case",
            description = "A case that was merged names the one that it goes on in (mergedInto), and links to it.")
    ResponseEntity<CaseDocument> get(@PathVariable String reference) {
        CaseFile file = desk.file(reference);
        String into = merges.mergedInto(file.recovery().id())
                .map(RecoveryCase::reference)
                .orElse(null);
        ResponseEntity.BodyBuilder answer = ResponseEntity.ok();
        if (into != null) {
            answer.header("Link", "</api/cases/" + into + ">; rel=\"successor-version\"");
        }
        return answer.body(CaseDocument.of(file, customers.value(file.customer().id()), into));
    }

    @GetMapping
    @Operation(summary = "Cases, oldest first")
    Listing<CaseSummary> list(
            @RequestParam(required = false) @Nullable Stage stage,
            @RequestParam(required = false) @Nullable String customer,
            @RequestParam(defaultValue = Listing.USUAL) int limit,
            @RequestParam(required = false) @Nullable String after) {
        Optional<Customer> of = Optional.ofNullable(customer).flatMap(customers::find);
        return Listing.of(
                limit,
                most -> customer != null && of.isEmpty()
                        ? List.of()
                        : cases.list(stage, of.map(Customer::id).orElse(null), after, most),
                RecoveryCase::reference,
                recovery -> CaseSummary.of(recovery, null));
    }

    @PostMapping("/{reference}/contacts")
    @Operation(
            summary = "The customer was in touch again",
            requestBody = @RequestBody(content = @Content(schema = @Schema(implementation = ContactBody.class))))
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = CaseSummary.class)))
    ResponseEntity<?> contact(@PathVariable String reference, Write write) {
        ContactBody body = write.body(ContactBody.class);
        return write.once(() -> ResponseEntity.ok(CaseSummary.of(
                intake.contact(
                        reference,
                        body.channel(),
                        body.said(),
                        body.externalRef(),
                        body.learned(),
                        write.by().login()),
                null)));
    }

    @PostMapping("/{reference}/withdraw")
    @Operation(summary = "The customer withdraws the matter")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = CaseSummary.class)))
    ResponseEntity<?> withdraw(@PathVariable String reference, Write write) {
        return write.once(() -> ResponseEntity.ok(
                CaseSummary.of(intake.withdraw(reference, write.by().login()), null)));
    }
}
