package org.jabr.alike;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AlikeWordsTests {

    @Test
    void saysEverySentenceInBothLanguages() throws IOException {
        assertThat(words("alike_ar").keySet()).isEqualTo(words("alike_en").keySet());
        assertThat(words("alike")).isEqualTo(words("alike_en"));
    }

    @Test
    void hasASentenceForEveryCode() throws IOException {
        Pattern code = Pattern.compile("\"(ALIKE-\\d{3})\"");
        TreeSet<String> codes = new TreeSet<>(List.of("ALIKE-001", "ALIKE-002", "ALIKE-003"));
        try (Stream<Path> files = Files.walk(Path.of("src/main/java/org/jabr/alike"))) {
            for (Path file :
                    files.filter(one -> one.toString().endsWith(".java")).toList()) {
                code.matcher(Files.readString(file)).results().forEach(found -> codes.add(found.group(1)));
            }
        }
        assertThat(codes).hasSize(7).allSatisfy(one -> assertThat(words("alike_en"))
                .containsKey("problem." + one));
    }

    @Test
    void namesEverythingThatIsComparedOrCounted() throws IOException {
        Properties words = words("alike_en");
        assertThat(Arrays.stream(Alike.Outcome.values()))
                .allSatisfy(one -> assertThat(words).containsKeys("alike.outcome." + one, "alike.finding." + one));
        assertThat(Arrays.stream(Alike.Doing.values()))
                .allSatisfy(one -> assertThat(words).containsKeys("alike.doing." + one, "alike.pattern." + one));
        Matcher kinds = Pattern.compile("'([A-Z]+)' (?:as what|else|end as what)|then '(APPROVAL)'")
                .matcher(Files.readString(Path.of("src/main/java/org/jabr/alike/AlikeDeeds.java")));
        assertThat(kinds.results().map(one -> one.group(1) == null ? one.group(2) : one.group(1)))
                .hasSizeGreaterThan(8)
                .allSatisfy(one -> assertThat(words).containsKey("alike.four-eyes." + one));
    }

    private static Properties words(String bundle) throws IOException {
        Properties words = new Properties();
        try (var reader = Files.newBufferedReader(Path.of("src/main/resources/messages", bundle + ".properties"))) {
            words.load(reader);
        }
        return words;
    }
}
