package org.jabr.web.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import org.jabr.intake.ImportRun;
import org.jabr.intake.Imports;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/settlements", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Settlements")
class SettlementsApi {

    private static final int FILE_BYTES = 64 * 1024 * 1024;

    private final Imports imports;
    private final ImportsApi shown;

    SettlementsApi(Imports imports, ImportsApi shown) {
        this.imports = imports;
        this.shown = shown;
    }

    @PostMapping(consumes = {"text/csv", MediaType.TEXT_PLAIN_VALUE, MediaType.APPLICATION_OCTET_STREAM_VALUE})
    @Operation(
            summary = "Take in what a payment provider settled",
            description =
                    "Lines that cannot be are rejected one by one; a line that arrives again is a duplicate. Up to "
                            + "1,000 lines are done with the answer (200); above, the answer is 202 and it goes on in the background.",
            requestBody = @RequestBody(content = @Content(mediaType = "text/csv", schema = @Schema(type = "string"))))
    @ApiResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = ImportsApi.ImportDocument.class)))
    @ApiResponse(
            responseCode = "202",
            content = @Content(schema = @Schema(implementation = ImportsApi.ImportDocument.class)))
    ResponseEntity<?> start(@RequestParam(defaultValue = "settlements") String mapping, Write write) {
        byte[] file = write.bytes(FILE_BYTES);
        return write.onceInSteps(() -> {
            ImportRun run = imports.startSettlements(mapping, file, write.by().login());
            return ResponseEntity.status(run.status() == ImportRun.Status.RUNNING ? 202 : 200)
                    .location(URI.create("/api/settlements/" + run.id()))
                    .body(shown.shown(run));
        });
    }

    @GetMapping("/{id}")
    @Operation(summary = "How a settlement file stands")
    ImportsApi.ImportDocument get(@PathVariable long id) {
        return shown.shown(imports.settlementFile(id));
    }

    @GetMapping
    @Operation(summary = "The newest settlement files, without their rejected lines")
    Listing<ImportsApi.ImportDocument> list() {
        return new Listing<>(
                imports.settlementFiles(Listing.MOST).stream().map(shown::shown).toList(), null);
    }
}
