package org.jabr.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MappingFileTests {

    private static final String SMALLEST =
            "purchases: {columns: {who: customer, day: boughtOn, sum: amount}, constants: {currency: USD}%s}";

    @ParameterizedTest
    @ValueSource(strings = {"generic", "cfpb"})
    void acceptsTheMappingsThatShip(String name) throws IOException {
        MappingFile file = MappingFile.read(Files.readString(Path.of("rules/mappings/" + name + ".yml")));

        assertThat(file.mistakes()).isEmpty();
        assertThat(file.section(ImportKind.PURCHASES)).isNotNull();
        assertThat(file.section(ImportKind.COMPLAINTS)).isNotNull();
    }

    @Test
    void acceptsTheMappingOfSettlements() throws IOException {
        MappingFile file = MappingFile.read(Files.readString(Path.of("rules/mappings/settlements.yml")));

        assertThat(file.mistakes()).isEmpty();
        assertThat(file.section(ImportKind.SETTLEMENTS)).isNotNull();
        assertThat(MappingFile.read("settlements: {columns: {sum: amount, day: settledOn}}")
                        .mistakes())
                .extracting(MappingFile.Mistake::code)
                .containsExactly("MAPPING-006", "MAPPING-006");
    }

    @Test
    void needsNothingBeyondWhatALineNeeds() {
        assertThat(MappingFile.read(SMALLEST.formatted("")).mistakes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MAPPING-004 | , colums: {}",
                "MAPPING-005 | , defaults: {customer.tier: GOLD}",
                "MAPPING-005 | , values: {means.decider: {x: MANAGER}}",
                "MAPPING-007 | , never-facts: [sum]",
                "MAPPING-009 | , separator: pipe",
                "MAPPING-010 | , types: {customer: number}",
                "MAPPING-011 | , dates: 'bbb'",
                "MAPPING-012 | , optional: [other]",
                "MAPPING-003 | , values: 3",
                "MAPPING-003 | , required: sum",
            })
    void saysWhatIsWrong(String code, String more) {
        assertThat(MappingFile.read(SMALLEST.formatted(more)).mistakes())
                .extracting(MappingFile.Mistake::code)
                .contains(code);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[1, 2]",
                "purchases: [",
                "? !!javax.script.ScriptEngineManager [!!java.net.URL [\"http://x\"]]",
                "a: &a [x]\nb: &b [*a, *a, *a, *a]\nc: &c [*b, *b, *b, *b]\nd: [*c, *c, *c, *c]",
            })
    void refusesWhatIsNoMapping(String text) {
        assertThat(MappingFile.read(text).mistakes())
                .extracting(MappingFile.Mistake::code)
                .containsAnyOf("MAPPING-001", "MAPPING-002");
    }

    @Test
    void namesAFieldThatNothingFeeds() {
        assertThat(MappingFile.read("complaints: {columns: {a: customer}}").mistakes())
                .filteredOn(mistake -> mistake.code().equals("MAPPING-006"))
                .extracting(mistake -> mistake.values().get(0))
                .containsExactlyInAnyOrder("channel", "category", "subject", "currency");
    }
}
