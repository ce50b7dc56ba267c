package org.jabr.web.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jabr.treasury.LedgerReading;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/ledger", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Ledger")
class LedgerApi {

    private final LedgerReading ledger;

    LedgerApi(LedgerReading ledger) {
        this.ledger = ledger;
    }

    @GetMapping
    @Operation(
            summary = "What happened on an account, the newest first",
            description = "Accounts are those that budgets name, and `expense/REMEDY/CURRENCY`, `liability/CURRENCY`, "
                    + "`paid-out/CURRENCY`, `reversed/REMEDY/CURRENCY`.")
    Listing<LedgerEntryDocument> list(
            @RequestParam String account,
            @RequestParam(defaultValue = Listing.USUAL) int limit,
            @RequestParam(required = false) @Nullable Long after) {
        ledger.account(account);
        return Listing.of(
                limit,
                most -> ledger.entries(account, after, most),
                entry -> String.valueOf(entry.number()),
                LedgerEntryDocument::of);
    }
}
