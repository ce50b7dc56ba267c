package org.jabr.web.api;

import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jabr.rules.Money;
import org.jabr.rules.Problem;
import org.jspecify.annotations.Nullable;

/** Money as it travels: {@code {"amount":"12.50","currency":"USD"}}. */
@Schema(name = "Money")
record Amount(
        @Schema(type = "string", example = "12.50") @Nullable
        Object amount,

        @Schema(example = "USD") @Nullable String currency) {

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,15}(\\.[0-9]{1,9})?");

    static @Nullable Amount of(@Nullable Money money) {
        return money == null ? null : new Amount(money.amount().toPlainString(), money.currency());
    }

    /** @throws Problem {@code INTAKE-005} not an amount, {@code INTAKE-006} not a currency, {@code INTAKE-007} too many digits */
    Money money(String field) {
        String text = amount instanceof BigDecimal number ? number.toPlainString() : String.valueOf(amount);
        if (!NUMBER.matcher(text).matches()) {
            throw new Problem(Problem.Kind.INVALID, "INTAKE-005", field);
        }
        try {
            int digits = Money.digits(String.valueOf(currency));
            BigDecimal value = new BigDecimal(text);
            if (value.scale() > digits) {
                throw new Problem(Problem.Kind.INVALID, "INTAKE-007", field, digits);
            }
            return new Money(value, String.valueOf(currency));
        } catch (IllegalArgumentException e) {
            throw new Problem(Problem.Kind.INVALID, "INTAKE-006", field);
        }
    }
}
