package org.jabr.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormReadingTests {

    private static final Form FORM = new Form(
            "form",
            List.of(
                    field("conversation.emotion", Form.Kind.CHOICE, true, new Form.Option("CALM", "Calm")),
                    field("satisfied", Form.Kind.CHOICE, false, new Form.Option(true, "Yes")),
                    field("failure.loss", Form.Kind.MONEY, false),
                    new Form.Field(
                            "days",
                            Form.Kind.NUMBER,
                            "Days",
                            null,
                            false,
                            BigDecimal.ZERO,
                            BigDecimal.TEN,
                            null,
                            List.of()),
                    new Form.Field("note", Form.Kind.TEXT, "Note", null, false, null, null, 5, List.of()),
                    field("agreed", Form.Kind.YES_NO, false),
                    field("at", Form.Kind.DATE_TIME, false)));

    @Test
    void turnsAnswersIntoFactsOfTheirTypes() {
        Map<String, Object> facts = read(Map.of(
                "conversation", Map.of("emotion", "CALM"),
                "satisfied", "true",
                "failure.loss", "12.5",
                "days", "3",
                "agreed", true,
                "note", ""));

        assertThat(facts)
                .containsEntry("conversation.emotion", "CALM")
                .containsEntry("answers.satisfied", true)
                .containsEntry("failure.loss", Map.of("amount", "12.50", "currency", "USD"))
                .containsEntry("answers.days", 3L)
                .containsEntry("answers.agreed", true)
                .doesNotContainKey("answers.note");
    }

    @ParameterizedTest
    @CsvSource({
        "mood, bad, FORM-003",
        "days, ten, FORM-005",
        "days, 1e9, FORM-005",
        "days, 11, FORM-006",
        "days, -1, FORM-006",
        "note, longer, FORM-006",
        "conversation.emotion, CROSS, FORM-007",
        "failure.loss, 1.234, FORM-006",
        "agreed, perhaps, FORM-005",
        "at, tomorrow, FORM-005"
    })
    void refusesWhatDoesNotFitItsField(String key, String answer, String code) {
        Map<String, String> answers = key.equals("conversation.emotion")
                ? Map.of(key, answer)
                : Map.of("conversation.emotion", "CALM", key, answer);

        assertThatThrownBy(() -> read(answers))
                .isInstanceOfSatisfying(FormRefused.class, refused -> assertThat(refused.fields())
                        .containsOnlyKeys(key)
                        .hasEntrySatisfying(key, p -> assertThat(p.code()).isEqualTo(code)));
    }

    @Test
    void refusesWhatMustBeAnsweredAndIsNot() {
        assertThatThrownBy(() -> read(Map.of("conversation.emotion", " ")))
                .isInstanceOfSatisfying(FormRefused.class, refused -> assertThat(
                                refused.fields().get("conversation.emotion").code())
                        .isEqualTo("FORM-004"));
    }

    @Test
    void refusesMoneyOfAnotherCurrency() {
        assertThatThrownBy(() -> read(Map.of(
                        "conversation.emotion", "CALM", "failure.loss", Map.of("amount", "1.00", "currency", "EUR"))))
                .isInstanceOf(FormRefused.class);
    }

    private static Map<String, Object> read(Map<String, ?> answers) {
        return new FormReading(FORM, "USD").facts(answers);
    }

    private static Form.Field field(String key, Form.Kind kind, boolean required, Form.Option... options) {
        return new Form.Field(key, kind, key, null, required, null, null, null, List.of(options));
    }
}
