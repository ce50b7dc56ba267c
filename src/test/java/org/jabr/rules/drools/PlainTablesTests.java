package org.jabr.rules.drools;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.jabr.rules.CaseFacts;
import org.jabr.rules.Decision;
import org.jabr.rules.Moment;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTablesTests {

    private static final int CASES = 150;

    private final DroolsRulebook engine = (DroolsRulebook) DefaultRelease.rulebook();
    private final DroolsRulebook plain = engine.with(engine.tables(), new PlainTables());

    @ParameterizedTest
    @ValueSource(strings = {"intake", "acknowledge", "resolve", "exceed", "follow-up", "route", "service-level"})
    void answersEveryTableAsTheEngineDoes(String moment) {
        RandomCases cases = new RandomCases(moment.hashCode() + 1);
        for (int i = 0; i < CASES; i++) {
            Map<String, Object> document = cases.next();
            CaseFacts facts = engine.read(document);
            Decision one = engine.decide(new Moment(moment), facts);
            Decision other = plain.decide(new Moment(moment), facts);
            assertThat(other.outcome()).as("%s", document).isEqualTo(one.outcome());
            assertThat(other.objections()).as("%s", document).isEqualTo(one.objections());
            assertThat(other.settings()).as("%s", document).isEqualTo(one.settings());
            assertThat(plain.touched(new Moment(moment), facts))
                    .as("%s", document)
                    .isEqualTo(engine.touched(new Moment(moment), facts));
        }
    }
}
