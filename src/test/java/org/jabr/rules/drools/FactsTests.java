package org.jabr.rules.drools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.util.List;
import java.util.Map;
import org.jabr.rules.CaseFacts;
import org.jabr.rules.Choice;
import org.jabr.rules.Moment;
import org.jabr.rules.Money;
import org.jabr.rules.Problem;
import org.jabr.rules.Rulebook;
import org.jabr.rules.Scenarios;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FactsTests {

    private final Rulebook rulebook = DefaultRelease.rulebook();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            FACTS-001 | asOf                                | {"failure":{"currency":"USD"}}
            FACTS-001 | asOf                                | {"asOf":null,"failure":{"currency":"USD"}}
            FACTS-001 | failure.currency                    | {"asOf":"2026-03-02T09:00:00Z"}
            FACTS-001 | failure.currency                    | {"asOf":"2026-03-02T09:00:00Z","failure":{"currency":null}}
            FACTS-002 | asOf                                | {"asOf":"2026-03-02T09:00:00","failure":{"currency":"USD"}}
            FACTS-002 | asOf                                | {"asOf":1772442000,"failure":{"currency":"USD"}}
            FACTS-002 | failure                             | {"asOf":"2026-03-02T09:00:00Z","failure":"USD"}
            FACTS-002 | failure.currency                    | {"asOf":"2026-03-02T09:00:00Z","failure":{"currency":7}}
            FACTS-003 | failure.currency                    | {"asOf":"2026-03-02T09:00:00Z","failure":{"currency":"usd"}}
            FACTS-002 | failure.type                        | {"failure":{"type":"BAD_MOOD"}}
            FACTS-002 | failure.loss                        | {"failure":{"loss":40.00}}
            FACTS-002 | failure.loss.amount                 | {"failure":{"loss":{"amount":40.00,"currency":"USD"}}}
            FACTS-002 | failure.loss.amount                 | {"failure":{"loss":{"amount":"-1.00","currency":"USD"}}}
            FACTS-002 | failure.loss.amount                 | {"failure":{"loss":{"amount":"1.000","currency":"USD"}}}
            FACTS-002 | failure.loss.amount                 | {"failure":{"loss":{"amount":"1e3","currency":"USD"}}}
            FACTS-002 | failure.loss.amount                 | {"failure":{"loss":{"amount":"","currency":"USD"}}}
            FACTS-002 | failure.loss.currency               | {"failure":{"loss":{"amount":"1.00"}}}
            FACTS-003 | failure.loss.currency               | {"failure":{"loss":{"amount":"1.00","currency":"XTS"}}}
            FACTS-004 | failure.loss.currency               | {"failure":{"loss":{"amount":"1.00","currency":"EUR"}}}
            FACTS-005 | failure.loss.vat                    | {"failure":{"loss":{"amount":"1.00","currency":"USD","vat":1}}}
            FACTS-002 | failure.durationDays                | {"failure":{"durationDays":-1}}
            FACTS-002 | failure.durationDays                | {"failure":{"durationDays":1.5}}
            FACTS-002 | failure.durationDays                | {"failure":{"durationDays":"1"}}
            FACTS-002 | failure.repeated                    | {"failure":{"repeated":"true"}}
            FACTS-002 | failure.occurredAt                  | {"failure":{"occurredAt":"yesterday"}}
            FACTS-002 | failure.reportedSubject             | {"failure":{"reportedSubject":5}}
            FACTS-005 | failure.colour                      | {"failure":{"colour":"red"}}
            FACTS-005 | agent                               | {"agent":{"handleTime":5}}
            FACTS-005 | customer.gender                     | {"customer":{"gender":"f"}}
            FACTS-002 | customer.tier                       | {"customer":{"tier":"gold"}}
            FACTS-002 | customer.language                   | {"customer":{"language":"AR"}}
            FACTS-002 | customer.abuseScore                 | {"customer":{"abuseScore":101}}
            FACTS-002 | customer.lifetimeValuePercentile    | {"customer":{"lifetimeValuePercentile":101}}
            FACTS-002 | recovery.severity                   | {"recovery":{"severity":0}}
            FACTS-002 | recovery.severity                   | {"recovery":{"severity":6}}
            FACTS-002 | recovery.granted                    | {"recovery":{"granted":{}}}
            FACTS-002 | recovery.granted[0].amount          | {"recovery":{"granted":[{"remedy":"REFUND","moment":"resolve","amount":null}]}}
            FACTS-002 | recovery.granted[0].remedy          | {"recovery":{"granted":[{"remedy":"MONEY","moment":"resolve"}]}}
            FACTS-002 | recovery.granted[0].moment          | {"recovery":{"granted":[{"remedy":"APOLOGY","moment":"later"}]}}
            FACTS-005 | recovery.granted[0].by              | {"recovery":{"granted":[{"remedy":"APOLOGY","moment":"resolve","by":"me"}]}}
            FACTS-002 | recovery.chosen                     | {"recovery":{"chosen":[{"remedy":"APOLOGY"}]}}
            FACTS-002 | recovery.chosen[0].amount           | {"means":{"decider":"AGENT"},"recovery":{"chosen":[{"remedy":"CREDIT"}]}}
            FACTS-002 | recovery.chosen[0].amount           | {"means":{"decider":"AGENT"},"recovery":{"chosen":[{"remedy":"CARD","amount":{"amount":"1.00","currency":"USD"}}]}}
            FACTS-002 | recovery.chosen[0].amount           | {"means":{"decider":"AGENT"},"recovery":{"chosen":[{"remedy":"REPLACEMENT","amount":{"amount":"1.00","currency":"USD"}}]}}
            FACTS-002 | recovery.chosen[1].remedy           | {"means":{"decider":"AGENT"},"recovery":{"chosen":[{"remedy":"CARD"},{"remedy":"CARD"}]}}
            FACTS-002 | recovery.chosen[0].remedy           | {"means":{"decider":"AGENT"},"recovery":{"chosen":[{"remedy":"STATUTORY_CREDIT","amount":{"amount":"1.00","currency":"USD"}}]}}
            FACTS-002 | recovery.chosen[0].remedy           | {"means":{"decider":"AGENT"},"recovery":{"chosen":[{"remedy":"NONE"}]}}
            FACTS-002 | means.decider                       | {"means":{"decider":"ANALYST"}}
            FACTS-002 | means.itemInStock                   | {"means":{"itemInStock":1}}
            FACTS-002 | answers.csat                        | {"answers":{"csat":6}}
            FACTS-002 | answers.csat                        | {"answers":{"csat":"5"}}
            FACTS-002 | answers.satisfied                   | {"answers":{"satisfied":"yes"}}
            FACTS-002 | answers.other                       | {"answers":{"other":{"deep":1}}}
            """)
    void refusesWhatTheVocabularyDoesNotKnow(String code, String path, String json) {
        Map<String, Object> document = DefaultRelease.json(json);
        if (!code.equals("FACTS-001") && !path.startsWith("asOf") && !document.containsKey("asOf")) {
            document = merged(
                    DefaultRelease.json("{\"asOf\":\"2026-03-02T09:00:00Z\",\"failure\":{\"currency\":\"USD\"}}"),
                    document);
        }
        Map<String, Object> facts = document;
        assertThatThrownBy(() -> rulebook.read(facts))
                .asInstanceOf(type(Problem.class))
                .satisfies(problem -> {
                    assertThat(problem.code()).isEqualTo(code);
                    assertThat(problem.kind()).isEqualTo(Problem.Kind.INVALID);
                    assertThat(problem.values().get(0)).isEqualTo(path);
                });
    }

    @Test
    void readsAsLittleAsATimeAndACurrency() {
        CaseFacts facts = rulebook.read(
                DefaultRelease.json("{\"asOf\":\"2026-03-02T12:00:00+03:00\",\"failure\":{\"currency\":\"KWD\"}}"));
        for (Moment moment : rulebook.moments()) {
            assertThat(rulebook.decide(moment, facts)).isNotNull();
        }
        assertThat(rulebook.decide(Moment.RESOLVE, facts).outcome().stream().map(Scenarios::text))
                .containsExactly("APOLOGY GRANT", "EXPLANATION GRANT");
    }

    @Test
    void keepsTheDocumentAsGivenAndUnchangeable() {
        Map<String, Object> document = DefaultRelease.baseCase();
        CaseFacts facts = rulebook.read(document);
        assertThat(facts.document()).isEqualTo(document);
        document.clear();
        assertThat(facts.document()).isNotEmpty();
        assertThatThrownBy(() -> facts.document().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void putsAChoiceBeforeTheSameGuardrails() {
        Map<String, Object> document =
                merged(DefaultRelease.baseCase(), DefaultRelease.json("{\"means\":{\"decider\":\"AGENT\"}}"));
        CaseFacts facts = rulebook.read(document);
        var decision = rulebook.review(Moment.RESOLVE, facts, List.of(new Choice("REFUND", Money.of("5.00", "USD"))));
        assertThat(decision.outcome().stream().map(Scenarios::text))
                .containsExactly("REFUND 5.00 ASK SUPERVISOR", "APOLOGY GRANT");
        assertThat(decision.facts().document()).isNotEqualTo(facts.document());
        assertThat(rulebook.review(Moment.RESOLVE, facts, List.of()).outcome())
                .isEqualTo(rulebook.decide(Moment.RESOLVE, facts).outcome());
    }

    @Test
    void knowsNoOtherMomentTableOrRule() {
        CaseFacts facts = rulebook.read(DefaultRelease.baseCase());
        assertThatThrownBy(() -> rulebook.decide(new Moment("celebrate"), facts))
                .asInstanceOf(type(Problem.class))
                .returns("RULES-002", Problem::code);
        assertThatThrownBy(() -> rulebook.parameters("nothing"))
                .asInstanceOf(type(Problem.class))
                .returns("RULES-004", Problem::code);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> merged(Map<String, Object> base, Map<String, Object> more) {
        more.forEach((key, value) -> {
            if (value instanceof Map<?, ?> && base.get(key) instanceof Map<?, ?>) {
                merged((Map<String, Object>) base.get(key), (Map<String, Object>) value);
            } else {
                base.put(key, value);
            }
        });
        return base;
    }
}
