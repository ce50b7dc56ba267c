package org.jabr.web.api;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.OffsetDateTime;
import java.util.function.UnaryOperator;
import org.jabr.rules.Money;
import org.jabr.treasury.Budgets;
import org.jabr.treasury.Treasury;
import org.jspecify.annotations.Nullable;

/**
 * A budget as it stands now.
 *
 * @param account what is available in it, as the ledger names it
 * @param pieces how many are left of what is counted; null for money
 * @param since from when on what was given counts; null for a calendar period or a store
 * @param leftIn what is left in the currency that was asked for
 */
@Schema(name = "Budget")
record BudgetDocument(
        String code,
        String kind,
        String who,
        @Nullable String remedy,
        @Nullable String period,
        @Nullable OffsetDateTime since,
        @Nullable Amount limit,
        @Nullable Amount reserved,
        @Nullable Amount used,
        @Nullable Amount left,
        @Nullable Amount leftIn,
        @Nullable Long pieces,
        boolean low,
        String account) {

    static BudgetDocument of(Treasury.Balance balance, @Nullable UnaryOperator<Money> other) {
        String unit = balance.pot().unit();
        boolean counted = unit.equals(Budgets.PIECES);
        return new BudgetDocument(
                balance.pot().code(),
                balance.pot().kind().name(),
                balance.pot().subject(),
                orNull(balance.pot().remedy()),
                orNull(balance.pot().period()),
                balance.terms().since(),
                counted ? null : Amount.of(Money.ofMinor(balance.limit(), unit)),
                counted ? null : Amount.of(Money.ofMinor(balance.reserved(), unit)),
                counted ? null : Amount.of(Money.ofMinor(balance.used(), unit)),
                counted ? null : Amount.of(Money.ofMinor(balance.left(), unit)),
                counted || other == null ? null : Amount.of(other.apply(Money.ofMinor(balance.left(), unit))),
                counted ? balance.left() : null,
                balance.low(),
                balance.pot().code() + "/available");
    }

    private static @Nullable String orNull(String value) {
        return value.isEmpty() ? null : value;
    }
}
