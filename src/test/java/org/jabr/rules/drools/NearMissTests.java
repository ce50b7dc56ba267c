package org.jabr.rules.drools;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jabr.rules.CaseFacts;
import org.jabr.rules.Consulted;
import org.jabr.rules.CurrencyTerms;
import org.jabr.rules.FactField;
import org.jabr.rules.Moment;
import org.jabr.rules.NearMiss;
import org.jabr.rules.RuleRef;
import org.jabr.rules.Vocabulary;
import org.junit.jupiter.api.Test;

class NearMissTests {

    private final DroolsRulebook rulebook = (DroolsRulebook) DefaultRelease.rulebook();

    @Test
    void namesTheTablesThatWereConsultedAndWhatTheirColumnsSaw() {
        List<Consulted> consulted = rulebook.consulted(Moment.RESOLVE, base());
        Consulted resolve = consulted.stream()
                .filter(one -> one.table().equals("resolve"))
                .findFirst()
                .orElseThrow();
        assertThat(resolve.file()).isEqualTo("rules/resolve.dmn");
        assertThat(resolve.inputs())
                .containsEntry("match", "PART")
                .containsEntry("tier", "SILVER")
                .containsEntry("severity", new BigDecimal("2"))
                .containsEntry("loss", new BigDecimal("40.00"));
        assertThat(resolve.matching()).containsExactly(new RuleRef("apology-floor"), new RuleRef("part-refund-low"));
        assertThat(consulted).extracting(Consulted::table).contains("failure-types", "authority", "severity-points");
    }

    @Test
    void namesEveryRowThatMatchesInTheEngineWhateverTheHitPolicy() {
        Map<String, DmnFile.Decision> tables = new HashMap<>();
        rulebook.tables().files().forEach(file -> file.decisions().forEach(table -> tables.put(table.id(), table)));
        Map<String, ProbeTable> probes = new HashMap<>();
        RandomCases cases = new RandomCases(11);
        int rows = 0;
        for (int i = 0; i < 40; i++) {
            CaseFacts facts = rulebook.read(cases.next());
            for (Moment moment : rulebook.moments()) {
                for (Consulted one : rulebook.consulted(moment, facts)) {
                    ProbeTable probe = probes.computeIfAbsent(one.table(), id -> new ProbeTable(tables.get(id)));
                    assertThat(one.matching().stream().map(RuleRef::id).toList())
                            .as("%s", one)
                            .isEqualTo(probe.matching(one.inputs()));
                    rows += one.matching().size();
                }
            }
        }
        assertThat(rows).isGreaterThan(1000);
    }

    @Test
    void namesNoRowThatMatchedAndTheFewestChangesFirst() {
        CaseFacts facts = base();
        Set<RuleRef> touched = rulebook.touched(Moment.RESOLVE, facts);
        List<NearMiss> misses = rulebook.nearest(Moment.RESOLVE, facts, 400);
        assertThat(misses).extracting(NearMiss::rule).doesNotHaveDuplicates().doesNotContainAnyElementsOf(touched);
        assertThat(misses).extracting(miss -> miss.changes().size()).isSorted();
        assertThat(rulebook.nearest(Moment.RESOLVE, facts, 3)).isEqualTo(misses.subList(0, 3));
        assertThat(misses).anySatisfy(miss -> {
            assertThat(miss.rule().id()).isEqualTo("part-refund-low-loyal");
            assertThat(miss.file()).isEqualTo("rules/resolve.dmn");
            assertThat(miss.changes())
                    .containsExactly(new NearMiss.Change("tier", "SILVER", "GOLD", "\"GOLD\", \"PLATINUM\""));
        });
        assertThat(misses).anySatisfy(miss -> {
            assertThat(miss.rule().id()).isEqualTo("status-update-waiting");
            assertThat(miss.changes())
                    .containsExactly(new NearMiss.Change("daysOpen", BigDecimal.ZERO, new BigDecimal("3"), ">= 3"));
        });
    }

    @Test
    void matchesOnceTheOneFactIsAsNeeded() {
        RandomCases cases = new RandomCases(3);
        int tried = 0;
        for (int i = 0; i < 25; i++) {
            Map<String, Object> document = cases.next();
            CaseFacts facts = rulebook.read(document);
            for (Moment moment : rulebook.moments()) {
                for (NearMiss miss : rulebook.nearest(moment, facts, 40)) {
                    FactField field = miss.changes().size() == 1
                            ? Vocabulary.field(miss.changes().get(0).column())
                            : null;
                    if (field != null && directFact(miss, field, moment)) {
                        CaseFacts changed =
                                with(document, field, miss.changes().get(0).needed());
                        assertThat(rulebook.consulted(moment, changed))
                                .as("%s %s %s", moment, miss, document)
                                .filteredOn(one -> one.table().equals(miss.table()))
                                .anySatisfy(one -> assertThat(one.matching()).contains(miss.rule()));
                        tried++;
                    }
                }
            }
        }
        assertThat(tried).isGreaterThan(500);
    }

    /** A changed type or tier may change other columns too, and who must agree depends on all that is decided. */
    private boolean directFact(NearMiss miss, FactField field, Moment moment) {
        DmnFile.Decision table = rulebook.tables().table(miss.table()).orElseThrow();
        DmnFile file = rulebook.tables().fileOf(miss.table()).orElseThrow();
        Domains domains = new Domains(rulebook.tables());
        long depending = table.inputs().stream()
                .filter(column -> domains.roots(file, column.name()).contains(field.name()))
                .count();
        boolean decidedHere =
                moment.equals(Moment.INTAKE) && Set.of("tier", "severity").contains(field.name());
        return depending == 1
                && !decidedHere
                && !Set.of("complaint-mapping", "authority").contains(miss.table());
    }

    private CaseFacts base() {
        return rulebook.read(DefaultRelease.baseCase());
    }

    private CaseFacts with(Map<String, Object> document, FactField field, Object value) {
        String code = String.valueOf(((Map<?, ?>) document.get("failure")).get("currency"));
        CurrencyTerms currency = rulebook.currencies().stream()
                .filter(terms -> terms.code().equals(code))
                .findFirst()
                .orElseThrow();
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put(field.name(), value);
        return rulebook.read(new CaseDocuments(document, currency).with(facts));
    }
}
