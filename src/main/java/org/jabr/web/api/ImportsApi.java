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
import org.jabr.intake.ImportRun;
import org.jabr.intake.Imports;
import org.jabr.rules.Problem;
import org.jabr.web.Reader;
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
@RequestMapping(path = "/api/imports", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Imports")
class ImportsApi {

    private static final int FILE_BYTES = 64 * 1024 * 1024;

    private final Imports imports;
    private final Reader reader;

    ImportsApi(Imports imports, Reader reader) {
        this.imports = imports;
        this.reader = reader;
    }

    /** An import as callers see it. */
    @Schema(name = "Import")
    record ImportDocument(
            long id,
            String kind,
            String mapping,
            String status,
            int total,
            int done,
            int accepted,
            int duplicates,
            List<RejectedLine> rejected,
            int rejectedCount,
            @Nullable String failure,
            OffsetDateTime startedAt,
            @Nullable OffsetDateTime endedAt) {}

    /** A line that did not go in. */
    @Schema(name = "RejectedLine")
    record RejectedLine(int line, String code, String message) {}

    @PostMapping(consumes = {"text/csv", MediaType.TEXT_PLAIN_VALUE, MediaType.APPLICATION_OCTET_STREAM_VALUE})
    @Operation(
            summary = "Import a CSV file",
            description = "Lines that do not fit are rejected one by one. Up to 1,000 lines are done with the answer "
                    + "(200); above, the answer is 202 and the import goes on in the background.",
            requestBody = @RequestBody(content = @Content(mediaType = "text/csv", schema = @Schema(type = "string"))))
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ImportDocument.class)))
    @ApiResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = ImportDocument.class)))
    ResponseEntity<?> start(@RequestParam String kind, @RequestParam String mapping, Write write) {
        byte[] file = write.bytes(FILE_BYTES);
        return write.onceInSteps(() -> {
            ImportRun run = imports.start(kind, mapping, file, write.by().login());
            return ResponseEntity.status(run.status() == ImportRun.Status.RUNNING ? 202 : 200)
                    .location(URI.create("/api/imports/" + run.id()))
                    .body(shown(run));
        });
    }

    @GetMapping("/{id}")
    @Operation(summary = "How an import stands")
    ImportDocument get(@PathVariable long id) {
        return shown(imports.get(id));
    }

    @GetMapping
    @Operation(summary = "The newest imports, without their rejected lines")
    Listing<ImportDocument> list() {
        return new Listing<>(
                imports.list(Listing.MOST).stream().map(this::shown).toList(), null);
    }

    ImportDocument shown(ImportRun run) {
        return new ImportDocument(
                run.id(),
                run.kind(),
                run.mapping(),
                run.status().name(),
                run.total(),
                run.done(),
                run.accepted(),
                run.duplicates(),
                run.rejected().stream()
                        .map(line -> new RejectedLine(line.line(), line.code(), words(line)))
                        .toList(),
                run.rejectedCount(),
                run.failure(),
                run.startedAt(),
                run.endedAt());
    }

    private String words(ImportRun.Rejected line) {
        return reader.words(
                new Problem(Problem.Kind.INVALID, line.code(), line.values().toArray()));
    }
}
