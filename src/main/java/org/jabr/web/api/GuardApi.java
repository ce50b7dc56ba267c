package org.jabr.web.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jabr.guard.GuardDesk;
import org.jabr.guard.GuardFinding;
import org.jabr.guard.Sign;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/guard/findings", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Guard")
class GuardApi {

    private final GuardDesk guard;

    GuardApi(GuardDesk guard) {
        this.guard = guard;
    }

    @GetMapping
    @Operation(
            summary = "What stood out in giving and claiming, the newest first",
            description = "Findings about the caller, and those that a higher authority judges, are left out.")
    Listing<FindingDocument> list(
            @RequestParam(required = false) GuardFinding.@Nullable State state,
            @RequestParam(required = false) @Nullable Sign sign,
            @RequestParam(defaultValue = Listing.USUAL) int limit,
            @RequestParam(required = false) @Nullable Long after,
            Authentication caller) {
        return Listing.of(
                limit,
                most -> guard.list(state, sign, after, Callers.reading(caller), most),
                finding -> String.valueOf(finding.id()),
                FindingDocument::of);
    }

    @GetMapping("/{id}")
    @Operation(summary = "One finding; 404 for whom it is about")
    FindingDocument get(@PathVariable long id, Authentication caller) {
        return FindingDocument.of(guard.get(id, Callers.reading(caller)));
    }
}
