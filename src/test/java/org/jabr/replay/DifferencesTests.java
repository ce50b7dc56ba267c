package org.jabr.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DifferencesTests {

    @Test
    void findsNothingInEqualDocumentsWhateverTypeTheirNumbersHave() {
        assertThat(Differences.between(
                        Map.of("a", 1L, "b", List.of(Map.of("c", new BigDecimal("2.50")))),
                        Map.of("a", 1, "b", List.of(Map.of("c", new BigDecimal("2.5"))))))
                .isEmpty();
    }

    @Test
    void namesThePlaceOfEachDifference() {
        assertThat(Differences.between(
                        Map.of("outcome", List.of(Map.of("remedy", "REFUND", "amount", "5.00")), "x", true),
                        Map.of("outcome", List.of(Map.of("remedy", "REFUND", "amount", "6.00"), "more"))))
                .containsExactlyInAnyOrder(
                        new Replayed.Difference("outcome[0].amount", "5.00", "6.00"),
                        new Replayed.Difference("outcome[1]", null, "more"),
                        new Replayed.Difference("x", true, null));
    }

    @Test
    void takesATextAndANumberForDifferent() {
        assertThat(Differences.between(Map.of("a", "1"), Map.of("a", 1))).hasSize(1);
    }
}
