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
import java.util.SortedMap;
import org.jabr.releases.Release;
import org.jabr.releases.ReleaseZip;
import org.jabr.releases.Releases;
import org.jabr.rules.Finding;
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
@RequestMapping(path = "/api/releases", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Releases")
class ReleasesApi {

    private final Releases releases;
    private final Reader reader;

    ReleasesApi(Releases releases, Reader reader) {
        this.releases = releases;
        this.reader = reader;
    }

    /** A release as callers see it. */
    @Schema(name = "Release")
    record ReleaseDocument(
            String id,
            String state,
            String origin,
            String createdBy,
            OffsetDateTime createdAt,
            @Nullable OffsetDateTime publishedAt,
            String contentHash) {

        static ReleaseDocument of(Release release) {
            return new ReleaseDocument(
                    release.id(),
                    release.state().name(),
                    release.origin(),
                    release.createdBy(),
                    release.createdAt(),
                    release.publishedAt(),
                    release.contentHash());
        }
    }

    /** What a check says about a file. */
    @Schema(name = "Finding")
    record FindingDocument(String code, boolean blocking, String file, String place, String message) {}

    /** A release that was brought in. */
    @Schema(name = "Upload")
    record UploadDocument(String id, String state, List<FindingDocument> findings) {}

    @GetMapping
    @Operation(summary = "Releases, newest first")
    Listing<ReleaseDocument> list(
            @RequestParam(defaultValue = Listing.USUAL) int limit,
            @RequestParam(required = false) @Nullable String after) {
        List<Release> all = releases.list();
        List<String> ids = all.stream().map(Release::id).toList();
        int from = after == null ? 0 : ids.indexOf(after) + 1;
        return Listing.of(
                limit, most -> all.subList(from, Math.min(all.size(), from + most)), Release::id, ReleaseDocument::of);
    }

    @GetMapping("/{id}")
    @Operation(summary = "One release")
    ReleaseDocument get(@PathVariable String id) {
        return ReleaseDocument.of(releases.get(id));
    }

    @GetMapping("/{id}/findings")
    @Operation(summary = "What the checks say about a release")
    Listing<FindingDocument> findings(@PathVariable String id) {
        return new Listing<>(shown(releases.findings(releases.get(id).id())), null);
    }

    @PostMapping(consumes = {"application/zip", MediaType.APPLICATION_OCTET_STREAM_VALUE})
    @Operation(
            summary = "Upload a draft: a zip of processes/ and rules/",
            description = "201 with the new draft and what the checks say; 200 where this content is known.",
            requestBody =
                    @RequestBody(
                            content =
                                    @Content(
                                            mediaType = "application/zip",
                                            schema = @Schema(type = "string", format = "binary"))))
    @ApiResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = UploadDocument.class)))
    ResponseEntity<?> upload(Write write) {
        byte[] zip = write.bytes(ReleaseZip.ZIP_BYTES);
        return write.once(() -> {
            SortedMap<String, String> files = ReleaseZip.read(zip);
            List<String> known = releases.list().stream().map(Release::id).toList();
            Release.Checked checked = releases.add(files, "upload", write.by().login());
            String id = checked.release().id();
            return ResponseEntity.status(known.contains(id) ? 200 : 201)
                    .location(URI.create("/api/releases/" + id))
                    .body(new UploadDocument(id, checked.release().state().name(), shown(checked.findings())));
        });
    }

    @PostMapping("/{id}/publish")
    @Operation(
            summary = "Make a release live: new cases start with it",
            description = "By another person than who brought it in; 422 where a finding blocks it.")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ReleaseDocument.class)))
    ResponseEntity<?> publish(@PathVariable String id, Write write) {
        return write.once(() -> {
            String by = write.by().login();
            if (releases.get(id).createdBy().equals(by)) {
                throw new Problem(Problem.Kind.FORBIDDEN, "RELEASE-012", id);
            }
            return ResponseEntity.ok(ReleaseDocument.of(releases.publish(id, by)));
        });
    }

    private List<FindingDocument> shown(List<Finding> findings) {
        return findings.stream()
                .map(finding -> new FindingDocument(
                        finding.code(),
                        finding.blocking(),
                        finding.file(),
                        finding.place(),
                        reader.words(new Problem(
                                Problem.Kind.INVALID,
                                finding.code(),
                                finding.values().toArray()))))
                .toList();
    }
}
