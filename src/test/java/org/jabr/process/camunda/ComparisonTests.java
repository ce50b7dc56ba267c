package org.jabr.process.camunda;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jabr.releases.Releases;
import org.jabr.rules.Finding;
import org.jabr.rules.Moment;
import org.jabr.rules.Progress;
import org.jabr.rules.Rulebook;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Two implementations of the same rules say the same; where one of them is changed, the other notices. */
@ProcessTest
class ComparisonTests {

    private static final Progress QUIETLY = new Progress() {
        @Override
        public void at(long done, long of) {}

        @Override
        public boolean cancelled() {
            return false;
        }
    };

    @Autowired
    SecondOpinion opinion;

    @Autowired
    Releases releases;

    @Autowired
    Desk desk;

    @Test
    void agreesAboutEveryScenarioAndEveryPastDecision() {
        desk.lateDelivery().open();
        SortedMap<String, String> files = releases.files(releases.live().id());

        assertThat(opinion.inspect(files, QUIETLY)).isEmpty();
    }

    @Test
    void namesTheRowAndTheCaseWhereTheTablesDiffer() {
        List<Finding> findings = compared("rules/tables/severity.dmn", "[100..500)", "[110..500)");

        assertThat(findings).isNotEmpty().allSatisfy(finding -> {
            assertThat(finding.code()).isEqualTo("OPINION-001");
            assertThat(finding.blocking()).isTrue();
            assertThat(finding.file()).isEqualTo("rules/tables/severity.dmn");
            assertThat(finding.witness()).containsKey("lossPU");
        });
    }

    @Test
    void namesTheGuardrailAndTheCaseWhereTheyObjectOtherwise() {
        List<Finding> findings =
                compared("rules/guardrails.drl", "causedBy == \"CUSTOMER\"", "causedBy == \"UNKNOWN\"");

        assertThat(findings)
                .extracting(Finding::code, Finding::place)
                .contains(org.assertj.core.groups.Tuple.tuple("OPINION-001", "caused-by-customer/giving-back"));
        assertThat(findings.get(0).witness()).containsKeys("causedBy", "remedy");
    }

    private List<Finding> compared(String file, String old, String fresh) {
        Rulebook rulebook = releases.rulebook(releases.live().id());
        SortedMap<String, String> files = releases.files(releases.live().id());
        assertThat(files.get(file)).contains(old);
        files.computeIfPresent(file, (path, text) -> text.replace(old, fresh));
        Comparison comparison = new Comparison(files, rulebook);
        for (String loss : List.of("20.00", "105.00", "600.00")) {
            comparison.compare(
                    new Moment("resolve"),
                    rulebook.read(Map.of(
                            "asOf",
                            "2026-03-02T09:00:00Z",
                            "failure",
                            Map.of(
                                    "type",
                                    "LATE_DELIVERY",
                                    "causedBy",
                                    "CUSTOMER",
                                    "currency",
                                    "USD",
                                    "loss",
                                    Map.of("amount", loss, "currency", "USD")))));
        }
        return comparison.findings();
    }
}
