package org.jabr.finance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FinanceWordsTests {

    @Test
    void saysEverySentenceInBothLanguages() throws IOException {
        assertThat(words("finance_ar").keySet()).isEqualTo(words("finance_en").keySet());
        assertThat(words("finance")).isEqualTo(words("finance_en"));
    }

    @Test
    void hasASentenceForEveryCode() throws IOException {
        Pattern code = Pattern.compile("\"((?:SETTLE|SETTLEMENT|ACCOUNTS)-\\d{3})\"");
        try (Stream<Path> files = Files.walk(Path.of("src/main/java/org/jabr/finance"))) {
            TreeSet<String> codes = new TreeSet<>();
            for (Path file :
                    files.filter(one -> one.toString().endsWith(".java")).collect(Collectors.toList())) {
                code.matcher(Files.readString(file)).results().forEach(found -> codes.add(found.group(1)));
            }
            assertThat(codes).hasSizeGreaterThan(20).allSatisfy(one -> assertThat(words("finance_en"))
                    .containsKey((one.startsWith("SETTLE-1") ? "difference." : "problem.") + one));
        }
    }

    private static Properties words(String bundle) throws IOException {
        Properties words = new Properties();
        try (var reader = Files.newBufferedReader(Path.of("src/main/resources/messages", bundle + ".properties"))) {
            words.load(reader);
        }
        return words;
    }
}
