package org.jabr.web.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jabr.review.SampleDesk;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Samples of decisions, for those who audit. */
@RestController
@RequestMapping("/api/samples")
@Tag(name = "samples")
class SamplesApi {

    private final SampleDesk desk;

    SamplesApi(SampleDesk desk) {
        this.desk = desk;
    }

    @GetMapping
    @Operation(summary = "Samples, the newest first")
    Listing<SampleDocument> list(
            @RequestParam(defaultValue = Listing.USUAL) int limit,
            @RequestParam(required = false) @Nullable Long after) {
        return Listing.of(
                limit, most -> desk.newest(after, most), sample -> String.valueOf(sample.id()), SampleDocument::of);
    }

    @GetMapping("/{id}")
    @Operation(summary = "A sample: how it was drawn, what was drawn, what was found, and what that says about all")
    SampleDocument get(@PathVariable long id) {
        return SampleDocument.of(desk.get(id));
    }
}
