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

    private static final Form FORM = Form.of(
            "form",
            List.of(
                    field("conversation.emotion", Form.Kind.CHOICE, true, new Form.Option("CALM", "Calm")),
                    field("satisfied", Form.Kind.CHOICE, false, new Form.Option(true, "Yes")),
                    field("failure.loss", Form.Kind.MONEY, false),
                    limited(
                            "days",
                            Form.Kind.NUMBER,
                            new Form.Limits(BigDecimal.ZERO, BigDecimal.TEN, 1, null, null, null)),
                    limited("note", Form.Kind.TEXT, new Form.Limits(null, null, null, 2, 5, null)),
                    limited("order", Form.Kind.TEXT, new Form.Limits(null, null, null, null, null, "[A-Z]{2}\\d+")),
                    field("on", Form.Kind.DATE, false),
                    field("when", Form.Kind.TIME, false),
                    field(
                            "wishes",
                            Form.Kind.SEVERAL,
                            false,
                            new Form.Option("CALL", "Call"),
                            new Form.Option("GIFT", "Gift")),
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
        "days, 1.25, FORM-006",
        "note, x, FORM-006",
        "order, ab12, FORM-016",
        "on, 2026-02-30, FORM-005",
        "when, 25:00, FORM-005",
        "wishes, CAKE, FORM-007",
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

    @Test
    void makesEachOfSeveralChoicesAFactOfItsOwn() {
        assertThat(read(Map.of("conversation.emotion", "CALM", "wishes", List.of("GIFT"))))
                .containsEntry("answers.wishes_GIFT", true)
                .containsEntry("answers.wishes_CALL", false);
        assertThat(read(Map.of("conversation.emotion", "CALM", "wishes", "CALL,GIFT")))
                .containsEntry("answers.wishes_GIFT", true)
                .containsEntry("answers.wishes_CALL", true);
    }

    @Test
    void takesABoxThatIsNotTickedForNo() {
        assertThat(read(Map.of("conversation.emotion", "CALM"))).containsEntry("answers.agreed", false);
    }

    @Test
    void neitherAsksNorKeepsWhatIsNotShown() {
        Form form = Form.of(
                "form",
                List.of(
                        field("reached", Form.Kind.YES_NO, false),
                        hidden(field("why", Form.Kind.TEXT, true), "=reached = true"),
                        hidden(field("days", Form.Kind.NUMBER, true), "=reached = false")));

        assertThat(new FormReading(form, "USD").facts(Map.of("reached", "true", "days", "2", "why", "typed before")))
                .containsEntry("answers.days", 2L)
                .doesNotContainKey("answers.why");
        assertThatThrownBy(() -> new FormReading(form, "USD").facts(Map.of("days", "2")))
                .isInstanceOfSatisfying(FormRefused.class, refused -> assertThat(refused.fields())
                        .containsOnlyKeys("why"));
    }

    private static Map<String, Object> read(Map<String, ?> answers) {
        return new FormReading(FORM, "USD").facts(answers);
    }

    private static Form.Field field(String key, Form.Kind kind, boolean required, Form.Option... options) {
        return new Form.Field(key, kind, key, null, required, Form.Limits.NONE, List.of(options), null, null);
    }

    private static Form.Field limited(String key, Form.Kind kind, Form.Limits limits) {
        return new Form.Field(key, kind, key, null, false, limits, List.of(), null, null);
    }

    private static Form.Field hidden(Form.Field field, String when) {
        return new Form.Field(
                field.key(),
                field.kind(),
                field.label(),
                field.hint(),
                field.required(),
                field.limits(),
                field.options(),
                field.usual(),
                FormCondition.read(when).orElseThrow());
    }
}
