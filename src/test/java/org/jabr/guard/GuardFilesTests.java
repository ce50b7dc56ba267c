package org.jabr.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What analysts may write into the file about unusual giving. */
@SuppressWarnings("NullAway") // looking at files needs no releases
class GuardFilesTests {

    private static final String HEAD =
            "finding,sign,counts,days,at-least,percent,units,near-percent,score,others,grow-percent,severity,work,needs,look-days\n";

    @Test
    void acceptsTheFileOfTheDefaultReleaseWhichHasEverySign() throws Exception {
        String text = Files.readString(Path.of("rules/guard.csv"));
        assertThat(found(text)).isEmpty();
        for (Sign sign : Sign.values()) {
            assertThat(text).contains("," + sign + ",");
        }
    }

    @Test
    void saysWhichLineAndColumnCannotBe() {
        assertThat(found("finding,sign\na,MUTUAL\n")).containsExactly("GUARDS-001 1");
        assertThat(found(HEAD + "a,MUTUAL\n")).containsExactly("GUARDS-001 1");
        for (String line : List.of(
                "a b,MUTUAL,GOODWILL,90,3,,,,,,150,HIGH,YES,MANAGER,2",
                "a,MUTUAL,EVERYTHING,90,3,,,,,,150,HIGH,YES,MANAGER,2",
                "a,MUTUAL,,90,3,,,,,,150,HIGH,YES,MANAGER,2",
                "a,MUTUAL,GOODWILL,0,3,,,,,,150,HIGH,YES,MANAGER,2",
                "a,MUTUAL,GOODWILL,367,3,,,,,,150,HIGH,YES,MANAGER,2",
                "a,MUTUAL,GOODWILL,90,-1,,,,,,150,HIGH,YES,MANAGER,2",
                "a,MUTUAL,GOODWILL,90,3,,,,,,100,HIGH,YES,MANAGER,2",
                "a,MUTUAL,GOODWILL,90,3,,,,,,150,DREADFUL,YES,MANAGER,2",
                "a,MUTUAL,GOODWILL,90,3,,,,,,150,HIGH,MAYBE,MANAGER,2",
                "a,MUTUAL,GOODWILL,90,3,,,,,,150,HIGH,YES,AGENT,2",
                "a,MUTUAL,GOODWILL,90,3,,,,,,150,HIGH,YES,MANAGER,0",
                "a,SPLIT,GOODWILL,14,3,,,60,,,150,HIGH,YES,SUPERVISOR,2",
                "a,SPLIT,GOODWILL,14,3,,50,100,,,150,HIGH,YES,SUPERVISOR,2",
                "a,ABOVE_DESK,GOODWILL,30,10,,,,0.5,5,150,MEDIUM,YES,SUPERVISOR,5")) {
            assertThat(found(HEAD + line + "\n")).as(line).containsExactly("GUARDS-002 2");
        }
        assertThat(found(HEAD + "a,GUESSES,GOODWILL,90,3,,,,,,150,HIGH,YES,MANAGER,2\n"))
                .containsExactly("GUARDS-002 2");
        assertThat(found(HEAD + "a,MUTUAL,GOODWILL,90,3,50,,,,,150,HIGH,YES,MANAGER,2\n"))
                .as("what the sign has no use for")
                .containsExactly("GUARDS-004 2");
        String twice = "a,MUTUAL,GOODWILL,90,3,,,,,,150,HIGH,YES,MANAGER,2\n";
        assertThat(found(HEAD + twice + twice)).containsExactly("GUARDS-003 3");
    }

    /** The worked example of Iglewicz and Hoaglin's rule: one value far from nine that lie near each other. */
    @Test
    void measuresDistanceByWhatAFewUnusualValuesCannotMove() {
        List<Double> others = List.of(100.0, 110.0, 90.0, 105.0, 95.0);
        assertThat(Robust.median(others)).isEqualTo(100.0);
        // MAD is 5, so 3.5 is reached at 100 + 3.5 * 5 / 0.6745.
        assertThat(Robust.score(125.95, others)).isGreaterThan(3.5);
        assertThat(Robust.score(125.94, others)).isLessThan(3.5);
        assertThat(Robust.score(74.0, others)).isNegative();
        assertThat(Robust.score(1_000_000.0, List.of(5.0, 5.0, 5.0, 5.0)))
                .as("nothing to measure by")
                .isZero();
        assertThat(Robust.score(20.0, List.of(5.0, 5.0, 5.0, 9.0)))
                .as("the mean distance takes over")
                .isPositive();
        assertThat(Robust.median(List.of())).isZero();
        assertThat(Robust.median(List.of(1.0, 2.0))).isEqualTo(1.5);
    }

    private static List<String> found(String text) {
        return new GuardRules(null)
                .check(new TreeMap<>(Map.of(GuardRules.SHEET.file(), text))).stream()
                        .map(finding -> finding.code() + " " + finding.place())
                        .toList();
    }
}
