package org.jabr.web.studio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jabr.rules.Moment;
import org.jabr.rules.Problem;
import org.jabr.rules.Rulebook;
import org.jabr.rules.Scenario;
import org.jabr.rules.Scenarios;
import org.jabr.testing.RealRules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On the default release and its own rules. */
class TryScenarioTests {

    private static final SortedMap<String, String> FILES = RealRules.files();
    private static final Rulebook RULEBOOK = RealRules.rulebook();

    private final TryScenario scenarios = new TryScenario(new ObjectMapper());

    @Test
    void showsTheBaseCaseAsAFormAndReadsTheSameFactsBack() {
        Map<String, Object> base = scenarios.base(FILES);
        Map<String, String> fields = TryFacts.fields(base);
        assertThat(fields).containsEntry("tier", "SILVER").containsEntry("loss", "40.00");
        assertThat(fields).containsEntry("asOf", "2026-03-02T09:00");
        Map<String, Object> again = TryFacts.document(fields);
        assertThat(TryFacts.given(base, again)).isEmpty();
        Moment resolve = new Moment("resolve");
        assertThat(RULEBOOK.decide(resolve, RULEBOOK.read(again)).outcome())
                .isEqualTo(RULEBOOK.decide(resolve, RULEBOOK.read(base)).outcome());
    }

    @ParameterizedTest
    @ValueSource(strings = {"resolve", "exceed", "route", "acknowledge", "follow-up", "service-level", "intake"})
    void makesAScenarioOfWhateverComesOutThatThenHolds(String moment) {
        Scenario scenario =
                made(moment, Map.of("tier", "GOLD", "loss", "180.00", "chosen", "[APOLOGY]", "decider", "AGENT"));
        assertThat(scenario.given()).isEqualTo("loss 180.00; tier GOLD; chosen [APOLOGY]; decider AGENT");
        assertThat(new Scenarios(scenarios.base(FILES)).play(scenario, RULEBOOK))
                .isEmpty();
    }

    @Test
    void writesAFactThatIsTakenAwayAndAnotherCurrency() {
        Scenario scenario = made("resolve", Map.of("currency", "JPY", "loss", "6000", "durationDays", ""));
        assertThat(scenario.given()).startsWith("currency JPY; ").contains("loss 6000", "durationDays missing");
    }

    @Test
    void refusesWhatAScenarioCannotSay() {
        assertThatThrownBy(() -> made("resolve", Map.of("reportedSubject", "a; b")))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("TRY-001");
        assertThatThrownBy(() ->
                        scenarios.of(FILES, RULEBOOK, new Moment("resolve"), document(Map.of()), "resolve-01", "Known"))
                .hasMessageContaining("TRY-002");
        assertThatThrownBy(() ->
                        scenarios.of(FILES, RULEBOOK, new Moment("resolve"), document(Map.of()), "Not An Id", "Title"))
                .hasMessageContaining("TRY-002");
        assertThatThrownBy(() -> scenarios.base(new TreeMap<>())).hasMessageContaining("TRY-005");
        assertThatThrownBy(() -> made("resolve", Map.of("loss", "many"))).hasMessageContaining("FACTS-002");
    }

    @Test
    void addsItToAFileSoThatItIsReadAgain() {
        Scenario scenario = made("resolve", Map.of("tier", "GOLD"));
        String file = TryScenario.with(FILES.get("rules/scenarios/resolve.csv"), scenario);
        List<Scenario> read = Scenarios.read(file);
        assertThat(read).endsWith(scenario);
        assertThat(Scenarios.read(TryScenario.with("", scenario))).containsExactly(scenario);
    }

    @Test
    void keepsWhatCannotBeReadAsItWasWritten() {
        Map<String, Object> document =
                document(Map.of("purchases", "six", "granted", "[REFUND resolve 5.00 too much]"));
        assertThatThrownBy(() -> RULEBOOK.read(document)).hasMessageContaining("FACTS-002");
    }

    private Scenario made(String moment, Map<String, String> changes) {
        return scenarios.of(FILES, RULEBOOK, new Moment(moment), document(changes), "tried-1", "A try, kept");
    }

    private Map<String, Object> document(Map<String, String> changes) {
        Map<String, String> fields = TryFacts.fields(scenarios.base(FILES));
        fields.putAll(changes);
        if (changes.containsKey("currency")) {
            // What the base case has in dollars is not meant in another currency.
            fields.keySet()
                    .removeIf(name -> name.endsWith("Remaining")
                            || name.equals("lifetimeValue")
                            || name.equals("goodwillLast12Months"));
        }
        return TryFacts.document(fields);
    }
}
