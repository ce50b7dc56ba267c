package org.jabr.web.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jabr.treasury.BudgetDesk;
import org.jabr.treasury.PotName;
import org.jabr.treasury.Rates;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/budgets", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Budgets")
class BudgetsApi {

    private final BudgetDesk budgets;
    private final Rates rates;
    private final Clock clock;

    BudgetsApi(BudgetDesk budgets, Rates rates, Clock clock) {
        this.budgets = budgets;
        this.rates = rates;
        this.clock = clock;
    }

    @GetMapping
    @Operation(
            summary = "Budgets that something was given out of, with what is left of them now",
            description =
                    "With `in`, what is left is also told in that currency by the rate of today; 422 with TREASURY-002 or TREASURY-003 where there is no rate for it.")
    Listing<BudgetDocument> list(
            @RequestParam(required = false) PotName.@Nullable Kind kind,
            @RequestParam(name = "in", required = false) @Nullable String currency,
            @RequestParam(defaultValue = Listing.USUAL) int limit,
            @RequestParam(required = false) @Nullable String after) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return Listing.of(
                limit,
                most -> budgets.list(kind, after, most),
                balance -> balance.pot().code(),
                balance -> BudgetDocument.of(
                        balance, currency == null ? null : money -> rates.convert(money, currency, today)));
    }
}
