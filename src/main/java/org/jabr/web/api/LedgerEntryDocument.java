package org.jabr.web.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.OffsetDateTime;
import org.jabr.rules.Money;
import org.jabr.treasury.Budgets;
import org.jabr.treasury.LedgerReading;
import org.jspecify.annotations.Nullable;

/**
 * One posting of a movement on an account.
 *
 * @param movement what it was for and the step; every movement sums to zero
 * @param key of the remedy that it was for
 * @param reverses the movement that it takes back
 * @param money below zero where it left the account; null for pieces
 */
@Schema(name = "LedgerEntry")
record LedgerEntryDocument(
        long number,
        String movement,
        String kind,
        @Nullable String key,

        @Schema(name = "case") @JsonProperty("case") @Nullable
        String caseReference,

        @Nullable String reverses,
        @Nullable Amount money,
        @Nullable Long pieces,
        @Nullable String reason,
        String by,
        OffsetDateTime at) {

    static LedgerEntryDocument of(LedgerReading.Entry entry) {
        boolean counted = entry.unit().equals(Budgets.PIECES);
        return new LedgerEntryDocument(
                entry.number(),
                entry.movement(),
                entry.kind(),
                entry.effect(),
                entry.caseReference(),
                entry.reverses(),
                counted ? null : Amount.of(Money.ofMinor(entry.amount(), entry.unit())),
                counted ? entry.amount() : null,
                entry.reason(),
                entry.by(),
                entry.at());
    }
}
