package org.jabr.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What analysts may say about keeping and erasing. */
@SuppressWarnings("NullAway") // looking at files needs no releases
class PrivacyFilesTests {

    @Test
    void acceptsTheFileOfTheDefaultRelease() throws IOException {
        assertThat(found(usual())).isEmpty();
        assertThat(found(usual() + "retention,customer,SA,1825,Five years,خمس سنوات\n"))
                .isEmpty();
    }

    @Test
    void saysWhichLineCannotBe() throws IOException {
        assertThat(found("kind,name\nground,asked\n")).containsExactly("RETENTION-001 1");
        int next = usual().split("\n").length + 1;
        for (String line : List.of(
                "grounds,other,,,A,أ",
                "ground,Other,,,A,أ",
                "ground,retention,,,A,أ",
                "ground,other,DE,,A,أ",
                "ground,other,,7,A,أ",
                "ground,other,,,,أ",
                "ground,other,,,A,",
                "retention,letters,,365,A,أ",
                "retention,case,XX,365,A,أ",
                "retention,case,SA,0,A,أ",
                "retention,case,SA,,A,أ",
                "retention,case,SA,a year,A,أ",
                "limit,other,,30,A,أ")) {
            assertThat(found(usual() + line + "\n")).as(line).containsExactly("RETENTION-002 " + next);
        }
        assertThat(found(usual() + "retention,case,DE,30,A,أ\n")).containsExactly("RETENTION-003 " + next);
    }

    private static List<String> found(String text) {
        return new PrivacyRules(null)
                .check(new TreeMap<>(Map.of("rules/privacy.csv", text))).stream()
                        .map(one -> one.code() + " " + one.place())
                        .toList();
    }

    private static String usual() throws IOException {
        return Files.readString(Path.of("rules/privacy.csv"));
    }
}
