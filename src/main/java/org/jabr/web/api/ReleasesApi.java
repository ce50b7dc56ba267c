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
import org.jabr.releases.LifeCycle;
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
    private final LifeCycle lifeCycle;
    private final Reader reader;

    ReleasesApi(Releases releases, LifeCycle lifeCycle, Reader reader) {
        this.releases = releases;
        this.lifeCycle = lifeCycle;
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

    /** What somebody says to a step; may be left out where it is not asked for. */
    @Schema(name = "ReleaseStep")
    record StepBody(
            @Nullable String note,
            @Nullable String reason,
            @Nullable OffsetDateTime at) {

        String words() {
            return reason != null ? reason : note != null ? note : "";
        }
    }

    @PostMapping("/{id}/submit")
    @Operation(
            summary = "Put a release before an approver",
            description = "Runs the long checks first; 422 with the findings where one blocks it.")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ReleaseDocument.class)))
    ResponseEntity<?> submit(@PathVariable String id, Write write) {
        StepBody body = step(write);
        return write.onceInSteps(() -> ResponseEntity.ok(
                ReleaseDocument.of(lifeCycle.submit(id, body.words(), write.by().login()))));
    }

    @PostMapping("/{id}/approve")
    @Operation(summary = "Approve a submitted release", description = "By a person who is none of its authors.")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ReleaseDocument.class)))
    ResponseEntity<?> approve(@PathVariable String id, Write write) {
        StepBody body = step(write);
        return write.once(() -> ResponseEntity.ok(ReleaseDocument.of(
                lifeCycle.approve(id, body.words(), write.by().login()))));
    }

    @PostMapping("/{id}/publish")
    @Operation(
            summary = "Make an approved release live: new cases start with it; or an older one again",
            description =
                    "By a person who is none of its authors. Body {reason}: needed where no backtest ran, and for an older release. With {at} it goes live at that time.")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ReleaseDocument.class)))
    ResponseEntity<?> publish(@PathVariable String id, Write write) {
        StepBody body = step(write);
        return write.once(() -> {
            String by = write.by().login();
            Release release = body.at() == null
                    ? lifeCycle.publish(id, body.words(), by)
                    : lifeCycle.schedule(id, body.at(), body.words(), by);
            return ResponseEntity.ok(ReleaseDocument.of(release));
        });
    }

    private static StepBody step(Write write) {
        return write.isEmpty() ? new StepBody(null, null, null) : write.body(StepBody.class);
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
