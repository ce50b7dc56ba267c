package org.jabr.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class LetterTextTests {

    private static final String LETTER = """
            About {reference}

            Hello {customer},

            [WARM GENTLE]
            warm words
            [/]
            [SERIOUS]
            serious words
            [/]

            [REFUND]
            - {amount.REFUND}
            [/]

            Goodbye
            """;

    @Test
    void saysOnlyWhatHolds() {
        LetterText letter = LetterText.read(LETTER);

        String body = letter.body(
                Set.of("GENTLE"), Map.of("customer", "Huda", "amount.REFUND", "8.00"), UnaryOperator.identity());

        assertThat(letter.mistakes()).isEmpty();
        assertThat(body).isEqualTo("Hello Huda,\n\nwarm words\n\nGoodbye");
    }

    @Test
    void leavesOutAValueThatIsNotThere() {
        assertThat(LetterText.read(LETTER).subject(Map.of(), UnaryOperator.identity()))
                .isEqualTo("About ");
    }

    @Test
    void takesTextOfACustomerAsItStands() {
        assertThat(LetterText.read(LETTER)
                        .body(Set.of(), Map.of("customer", "$1 {reference} \\"), UnaryOperator.identity()))
                .startsWith("Hello $1 {reference} \\,");
    }

    @Test
    void knowsWhichItemsItNames() {
        LetterText letter =
                LetterText.read("Subject\n\n[GIFT_ITEM]\n- {item.GIFT}\n[/]\n[GIFT_PLAIN]\n- a gift\n[/]\n");

        assertThat(letter.mistakes()).isEmpty();
        assertThat(letter.items()).containsExactly("item.GIFT");
        assertThat(letter.amounts()).isEmpty();
        assertThat(letter.body(Set.of("GIFT_ITEM"), Map.of("item.GIFT", "Box of dates"), UnaryOperator.identity()))
                .isEqualTo("- Box of dates");
        assertThat(LetterText.read("Subject\n\n{item.gift}\n").mistakes()).containsExactly("{item.gift}");
    }

    @Test
    void findsWhatItsAuthorGotWrong() {
        assertThat(LetterText.read("Subject\nno empty line\n").mistakes()).containsExactly("subject");
        assertThat(LetterText.read("Subject\n\n{unknown}\n").mistakes()).containsExactly("{unknown}");
        assertThat(LetterText.read("Subject\n\n[WARM]\ntext\n").mistakes()).containsExactly("WARM");
        assertThat(LetterText.read("Subject\n\ntext\n[/]\n").mistakes()).containsExactly("[/]");
    }
}
