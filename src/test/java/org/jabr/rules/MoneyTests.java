package org.jabr.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class MoneyTests {

    @Test
    void keepsTheDigitsOfItsCurrency() {
        assertThat(Money.of("12.5", "USD")).hasToString("12.50 USD");
        assertThat(Money.of("12", "JPY")).hasToString("12 JPY");
        assertThat(Money.of("12.5", "KWD")).hasToString("12.500 KWD");
    }

    @Test
    void refusesAFractionOfAMinorUnit() {
        assertThatThrownBy(() -> Money.of("0.5", "JPY")).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Money.of("0.005", "USD")).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void roundsHalfToTheEvenNeighbour() {
        assertThat(Money.rounded(new BigDecimal("2.345"), "USD")).isEqualTo(Money.of("2.34", "USD"));
        assertThat(Money.rounded(new BigDecimal("2.355"), "USD")).isEqualTo(Money.of("2.36", "USD"));
        assertThat(Money.rounded(new BigDecimal("312.5"), "JPY")).isEqualTo(Money.of("312", "JPY"));
    }

    @Test
    void goesToMinorUnitsAndBackUnchanged() {
        for (String currency : new String[] {"USD", "JPY", "KWD"}) {
            assertThat(Money.ofMinor(123_456, currency).minor()).isEqualTo(123_456);
        }
        assertThat(Money.ofMinor(1_250, "KWD")).isEqualTo(Money.of("1.250", "KWD"));
    }

    @Test
    void doesNotAddTwoCurrencies() {
        assertThatThrownBy(() -> Money.of("1", "USD").plus(Money.of("1", "SAR")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("USD")
                .hasMessageContaining("SAR");
    }
}
