package org.jabr.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.text.MessageFormat;
import com.ibm.icu.util.ULocale;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class IntakeWordsTests {

    private static final Pattern CODE = Pattern.compile(
            "\"((?:IMPORT|MAPPING|INTAKE|RELEASE|CASE|CUSTOMER|DECISION|WORK|REMEDY|SURVEY|LINK|HOOK|CATALOGUE)-\\d{3})\"");
    private static final Set<String> ROOMS =
            Set.of("intake", "releases", "customers", "cases", "worklist", "catalogue", "remedies", "surveys", "hooks");

    @Test
    void saysEverySentenceInBothLanguages() {
        assertThat(words("intake_ar").keySet()).isEqualTo(words("intake_en").keySet());
        assertThat(words("intake")).isEqualTo(words("intake_en"));
    }

    @Test
    void hasASentenceForEveryCodeOfTheseRooms() {
        Set<String> codes = new TreeSet<>();
        for (String room : ROOMS) {
            codes.addAll(codes(Path.of("src/main/java/org/jabr", room)));
        }
        codes.addAll(codes(Path.of("src/main/java/org/jabr/web/api")));
        Set<Object> known = new TreeSet<>();
        for (String bundle : Set.of(
                "intake_en",
                "cases_en",
                "clocks_en",
                "rules_en",
                "pages_en",
                "drafts_en",
                "gate_en",
                "replay_en",
                "effects_en",
                "treasury_en",
                "guard_en",
                "hooks_en",
                "catalogue_en",
                "finance_en")) {
            words(bundle).keySet().forEach(known::add);
        }
        assertThat(codes).allSatisfy(code -> assertThat(known).contains("problem." + code));
    }

    @Test
    void countsInArabicAsArabicCounts() {
        String pattern = words("intake_ar").getProperty("problem.IMPORT-020");
        assertThat(said(pattern, 1, 3)).startsWith("في هذا السطر خلية واحدة بدلًا من 3");
        assertThat(said(pattern, 2, 3)).startsWith("في هذا السطر خليتان");
        assertThat(said(pattern, 5, 3)).startsWith("في هذا السطر 5 خلايا");
        assertThat(said(pattern, 12, 3)).startsWith("في هذا السطر 12 خلية");
    }

    @Test
    void everyPatternCanBeRead() {
        for (String bundle : Set.of("intake_en", "intake_ar")) {
            words(bundle).forEach((key, pattern) -> assertThat(said(pattern.toString(), "a", "b", "c"))
                    .as(key.toString())
                    .doesNotContain("{0}"));
        }
    }

    private static String said(String pattern, Object... values) {
        Object[] fitting = values.clone();
        if (pattern.contains("{0, plural") || pattern.contains("{0,number")) {
            fitting[0] = values[0] instanceof Number ? values[0] : 1;
        }
        return new MessageFormat(pattern, ULocale.forLanguageTag("ar-u-nu-latn")).format(fitting);
    }

    private static Set<String> codes(Path folder) {
        Set<String> codes = new TreeSet<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files.filter(f -> f.toString().endsWith(".java"))::iterator) {
                Matcher matcher = CODE.matcher(Files.readString(file));
                while (matcher.find()) {
                    codes.add(matcher.group(1));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return codes;
    }

    private static Properties words(String bundle) {
        Properties words = new Properties();
        try (var reader = Files.newBufferedReader(Path.of("src/main/resources/messages", bundle + ".properties"))) {
            words.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return words;
    }
}
