package org.jabr.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WordingTests {

    private static final Path FOLDER = Path.of("src/main/resources/messages");

    static Stream<String> bundles() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith("_en.properties"))
                    .map(name -> name.substring(0, name.indexOf('_')))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void saysTheSameThingsInBothLanguages(String bundle) throws IOException {
        assertThat(read(bundle + "_ar").stringPropertyNames())
                .containsExactlyInAnyOrderElementsOf(read(bundle + "_en").stringPropertyNames());
        Path copy = FOLDER.resolve(bundle + ".properties");
        if (Files.exists(copy)) {
            assertThat(read(bundle)).as("the copy for other languages").isEqualTo(read(bundle + "_en"));
        }
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void namesTheSameValuesInBothLanguages(String bundle) throws IOException {
        assertThat(values(read(bundle + "_ar"))).isEqualTo(values(read(bundle + "_en")));
    }

    @Test
    void takesArabicSentencesAndPluralsForArabicWithLatinDigits() {
        Wording wording = new Wording(List.of("messages/pages", "wording-tests"));
        assertThat(wording.getMessage("sign-out", null, ReaderLocale.ARABIC)).isEqualTo("تسجيل الخروج");
        assertThat(wording.getMessage("cases", new Object[] {3}, ReaderLocale.ARABIC))
                .isEqualTo("3 حالات");
        assertThat(wording.getMessage("cases", new Object[] {2}, ReaderLocale.ARABIC))
                .isEqualTo("حالتان");
        assertThat(wording.getMessage("cases", new Object[] {12345}, ReaderLocale.ARABIC))
                .isEqualTo("12,345 حالة");
        assertThat(wording.getMessage("cases", new Object[] {1}, Locale.ENGLISH))
                .isEqualTo("1 case");
        assertThat(wording.getMessage("sign-out", null, Locale.FRENCH)).isEqualTo("Sign out");
    }

    private static TreeMap<String, TreeSet<String>> values(Properties words) {
        Pattern named = Pattern.compile("\\{(\\w+)[,}]");
        return words.stringPropertyNames().stream()
                .collect(Collectors.toMap(
                        key -> key,
                        key -> named.matcher(Objects.requireNonNull(words.getProperty(key)))
                                .results()
                                .map(found -> found.group(1))
                                .collect(Collectors.toCollection(TreeSet::new)),
                        (one, other) -> one,
                        TreeMap::new));
    }

    private static Properties read(String name) throws IOException {
        Properties words = new Properties();
        try (Reader text = Files.newBufferedReader(FOLDER.resolve(name + ".properties"), StandardCharsets.UTF_8)) {
            words.load(text);
        }
        return words;
    }
}
