package org.jabr.rules.drools;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jabr.rules.Decision;
import org.jabr.rules.Moment;
import org.jabr.rules.Outcome;
import org.jabr.rules.RuleRef;
import org.jabr.rules.Rulebook;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecondOpinionTests {

    private static final int CASES = 1000;

    private final Rulebook rulebook = DefaultRelease.rulebook();

    @ParameterizedTest
    @ValueSource(strings = {"intake", "acknowledge", "resolve", "exceed", "follow-up", "route", "service-level"})
    void decidesAsTheSpecificationReadByItself(String moment) {
        RandomCases cases = new RandomCases(moment.hashCode());
        for (int i = 0; i < CASES; i++) {
            Map<String, Object> document = cases.next();
            PolicyReference reference = new PolicyReference(moment, document);
            Decision decision = rulebook.decide(new Moment(moment), rulebook.read(document));
            List<String> outcome =
                    decision.outcome().stream().map(SecondOpinionTests::line).toList();
            assertThat(outcome).as("case %s of %s: %s", i, moment, document).isEqualTo(reference.outcome());
            Map<String, String> settings = new TreeMap<>();
            decision.settings().forEach(s -> settings.put(s.name(), s.value() + " " + s.because()));
            assertThat(settings).as("case %s of %s: %s", i, moment, document).isEqualTo(reference.settings());
            boolean reasonOnly =
                    decision.proposals().stream().anyMatch(p -> p.remedy().equals("NONE"));
            assertThat(reasonOnly).isEqualTo(reference.reasonOnly());
        }
    }

    private static String line(Outcome outcome) {
        String amount =
                outcome.amount() == null ? "-" : outcome.amount().amount().toPlainString();
        List<String> because = outcome.because().stream().map(RuleRef::id).toList();
        return outcome.remedy() + " " + amount + " " + outcome.verdict() + " " + outcome.authority() + " " + because;
    }
}
