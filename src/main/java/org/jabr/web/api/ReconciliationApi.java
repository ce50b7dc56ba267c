package org.jabr.web.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.LocalDate;
import org.jabr.finance.Reconciliation;
import org.jabr.rules.Money;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.format.annotation.DateTimeFormat.ISO;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/reconciliation", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Reconciliation")
class ReconciliationApi {

    private final Reconciliation reconciliation;

    ReconciliationApi(Reconciliation reconciliation) {
        this.reconciliation = reconciliation;
    }

    /**
     * The sums of one day in one currency.
     *
     * @param agrees whether all four are the same
     */
    @Schema(name = "ReconciledDay")
    record DayDocument(
            LocalDate day,
            @Nullable Amount promised,
            @Nullable Amount granted,
            @Nullable Amount executed,
            @Nullable Amount settled,
            boolean agrees) {

        static DayDocument of(Reconciliation.Day day) {
            return new DayDocument(
                    day.day(),
                    amount(day.promised(), day),
                    amount(day.granted(), day),
                    amount(day.executed(), day),
                    amount(day.settled(), day),
                    day.agrees());
        }

        private static @Nullable Amount amount(long minor, Reconciliation.Day day) {
            return Amount.of(Money.ofMinor(minor, day.currency()));
        }
    }

    @GetMapping
    @Operation(
            summary =
                    "What was promised, granted, carried out and settled, by day (UTC) and currency, the newest first",
            description = "An effect stands under the day on which it was placed. At most 92 days at once.")
    Listing<DayDocument> days(
            @RequestParam @DateTimeFormat(iso = ISO.DATE) LocalDate from,
            @RequestParam @DateTimeFormat(iso = ISO.DATE) LocalDate to) {
        return new Listing<>(
                reconciliation.days(from, to).stream().map(DayDocument::of).toList(), null);
    }
}
