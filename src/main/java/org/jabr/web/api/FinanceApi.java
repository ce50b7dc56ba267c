package org.jabr.web.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.LocalDate;
import org.jabr.web.SignedIn;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.format.annotation.DateTimeFormat.ISO;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

@RestController
@RequestMapping("/api/finance")
@Tag(name = "Finance")
class FinanceApi {

    private final FinanceFiles files;

    FinanceApi(FinanceFiles files) {
        this.files = files;
    }

    @GetMapping(path = "/effects.csv", produces = "text/csv")
    @Operation(summary = "Effects that were placed on these days (UTC), oldest first")
    ResponseEntity<StreamingResponseBody> effects(
            @RequestParam @DateTimeFormat(iso = ISO.DATE) LocalDate from,
            @RequestParam @DateTimeFormat(iso = ISO.DATE) LocalDate to,
            @AuthenticationPrincipal SignedIn who) {
        return files.effects(from, to, who.getName());
    }

    @GetMapping(path = "/journal.csv", produces = "text/csv")
    @Operation(
            summary = "Journal lines in double entry of these days (UTC)",
            description =
                    "`line` is OPENING or CLOSING (the balance of an account), ENTRY, or DAY (the sums of a day in "
                            + "one currency, the same on both sides).")
    ResponseEntity<StreamingResponseBody> journal(
            @RequestParam @DateTimeFormat(iso = ISO.DATE) LocalDate from,
            @RequestParam @DateTimeFormat(iso = ISO.DATE) LocalDate to,
            @AuthenticationPrincipal SignedIn who) {
        return files.journal(from, to, who.getName());
    }
}
