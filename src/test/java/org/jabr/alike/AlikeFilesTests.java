package org.jabr.alike;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What analysts may declare. */
@SuppressWarnings("NullAway") // looking at files needs no releases
class AlikeFilesTests {

    @Test
    void acceptsTheFileOfTheDefaultRelease() throws IOException {
        assertThat(found(usual())).isEmpty();
    }

    @Test
    void saysWhichLineCannotBe() throws IOException {
        assertThat(found("kind,name\npermitted,tier\n")).containsExactly("ALIKE-001 1");
        int next = usual().split("\n").length + 1;
        for (String line : List.of(
                "allowed,abuseScore,,A,أ",
                "permitted,shoeSize,,A,أ",
                "permitted,reportedSubject,,A,أ",
                "permitted,asOf,,A,أ",
                "permitted,chosen,,A,أ",
                "permitted,purchases,10 5,A,أ",
                "permitted,purchases,5 5,A,أ",
                "permitted,purchases,some,A,أ",
                "permitted,emotion,1 2,A,أ",
                "permitted,purchases,5,,أ",
                "permitted,purchases,5,A,",
                "suspect,granted,,A,أ")) {
            assertThat(found(usual() + line + "\n"))
                    .as(line)
                    .isNotEmpty()
                    .allMatch(one -> one.matches("ALIKE-00[23] " + next));
        }
        assertThat(found(usual() + "suspect,emotion,,Emotion,الانفعال\n")).isEmpty();
        assertThat(found(usual() + "permitted,purchases,1 5 10.5,Purchases,المشتريات\n"))
                .isEmpty();
        assertThat(found(usual() + "permitted,channel,,Channel,القناة\n"))
                .as("what is permitted cannot be suspect as well")
                .containsExactly("ALIKE-003 " + next);
    }

    @Test
    void saysWhichSettingCannotBeOrIsMissing() throws IOException {
        assertThat(found(usual().replaceAll("(?m)^setting,listed,.*\n", ""))).containsExactly("ALIKE-004 1");
        for (String setting : List.of(
                "confidence,49",
                "confidence,100",
                "smallest-group,1",
                "smallest-group,2.5",
                "smallest-points,-1",
                "smallest-points,101",
                "smallest-units,a",
                "most-decisions,50001",
                "most-decisions,99",
                "listed,0",
                "listed,501",
                "quick-minutes,0",
                "near-percent,101",
                "unusual-points,",
                "days,0")) {
            String name = setting.substring(0, setting.indexOf(','));
            String changed = usual().replaceAll("(?m)^setting," + name + ",[^,]*,", "setting," + setting + ",");
            assertThat(changed).isNotEqualTo(usual());
            assertThat(found(changed)).as(setting).hasSize(1).allMatch(one -> one.startsWith("ALIKE-002 "));
        }
        assertThat(found(usual() + "setting,mood,1,Mood,المزاج\n")).hasSize(1);
    }

    private static String usual() throws IOException {
        return Files.readString(Path.of("rules/alike.csv"));
    }

    private static List<String> found(String text) {
        return new AlikeRules(null)
                .check(new TreeMap<>(Map.of("rules/alike.csv", text))).stream()
                        .map(finding -> finding.code() + " " + finding.place())
                        .distinct()
                        .toList();
    }
}
