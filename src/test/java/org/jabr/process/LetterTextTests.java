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
    void findsWhatItsAuthorGotWrong() {
        assertThat(LetterText.read("Subject\nno empty line\n").mistakes()).containsExactly("subject");
        assertThat(LetterText.read("Subject\n\n{unknown}\n").mistakes()).containsExactly("{unknown}");
        assertThat(LetterText.read("Subject\n\n[WARM]\ntext\n").mistakes()).containsExactly("WARM");
        assertThat(LetterText.read("Subject\n\ntext\n[/]\n").mistakes()).containsExactly("[/]");
    }
}
