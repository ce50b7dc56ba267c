package org.jabr.rules.drools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.jabr.rules.Guardrails;
import org.jabr.rules.Heard;
import org.jabr.rules.Moment;
import org.jabr.rules.PlainGuardrails;
import org.jabr.rules.Rulebook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Guardrails read word by word object to the same as the engine makes of them. */
class PlainGuardrailsTests {

    private static final int CASES = 1000;

    private final Rulebook rulebook = DefaultRelease.rulebook();
    private final PlainGuardrails plain =
            new PlainGuardrails(DefaultRelease.files().get("rules/guardrails.drl"));

    @Test
    void readsEveryGuardrail() {
        assertThat(plain.names()).hasSizeGreaterThan(25).contains("budget-empty/agent", "statutory-stays");
    }

    @ParameterizedTest
    @ValueSource(strings = {"resolve", "exceed"})
    void objectsAsTheEngineDoes(String moment) {
        RandomCases cases = new RandomCases(moment.hashCode());
        int objections = 0;
        for (int i = 0; i < CASES; i++) {
            Map<String, Object> document = cases.next();
            for (Heard heard : rulebook.heard(new Moment(moment), rulebook.read(document))) {
                try (Guardrails.Hearing hearing = plain.open(heard.facts(), heard.currency())) {
                    assertThat(hearing.object(heard.remedies()))
                            .as("case %s of %s: %s", i, moment, document)
                            .containsExactlyInAnyOrderElementsOf(heard.objections());
                }
                objections += heard.objections().size();
            }
        }
        assertThat(objections).isGreaterThan(CASES / 4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Proposed(remedy == )",
                "Proposed(remedy == \"A\"",
                "Proposed(remedy # 1)",
                "Proposed(amount > 1) then"
            })
    void saysWhatItCannotRead(String condition) {
        String drl = "rule \"r\"\nwhen\n    $remedy : " + condition + "\nthen\n    objections.refuse($remedy);\nend\n";

        assertThatThrownBy(() -> new PlainGuardrails(drl)).isInstanceOf(IllegalArgumentException.class);
    }
}
