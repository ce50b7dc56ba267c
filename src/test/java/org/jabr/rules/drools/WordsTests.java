package org.jabr.rules.drools;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.text.MessageFormat;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jabr.rules.Decision;
import org.jabr.rules.FactField;
import org.jabr.rules.Moment;
import org.jabr.rules.Rulebook;
import org.jabr.rules.Vocabulary;
import org.junit.jupiter.api.Test;

class WordsTests {

    private static final Locale ARABIC = Locale.forLanguageTag("ar");

    private final Rulebook rulebook = DefaultRelease.rulebook();

    @Test
    void everyValueFactSettingAndRemedyHasItsWordInArabic() {
        List<String> said = new ArrayList<>();
        for (FactField field : Vocabulary.fields()) {
            said.add(field.name());
            said.addAll(field.values());
        }
        rulebook.catalogue().forEach(remedy -> said.add(remedy.name()));
        rulebook.moments().forEach(moment -> said.add(moment.name()));
        rulebook.currencies().forEach(currency -> said.add(currency.code()));
        said.addAll(RandomCases.TYPES);
        RandomCases cases = new RandomCases(11);
        for (int i = 0; i < 100; i++) {
            var facts = rulebook.read(cases.next());
            for (Moment moment :
                    List.of(Moment.INTAKE, Moment.ACKNOWLEDGE, Moment.FOLLOW_UP, Moment.ROUTE, Moment.SERVICE_LEVEL)) {
                Decision decision = rulebook.decide(moment, facts);
                decision.settings().forEach(setting -> {
                    said.add(setting.name());
                    if (setting.value() instanceof String text) {
                        said.add(text);
                    }
                });
            }
        }
        assertThat(said)
                .allSatisfy(value ->
                        assertThat(rulebook.word(value, ARABIC)).as(value).matches(".*\\p{IsArabic}.*"));
        assertThat(said).allSatisfy(value -> assertThat(rulebook.word(value, Locale.ENGLISH))
                .as(value)
                .doesNotMatch("[A-Z]+_[A-Z_]+"));
    }

    @Test
    void everyCodeHasItsSentenceInBothLanguages() throws IOException {
        Properties english = messages("en");
        Properties arabic = messages("ar");
        assertThat(arabic.keySet()).isEqualTo(english.keySet());
        Set<String> codes = new TreeSet<>();
        Pattern code = Pattern.compile("\"((?:RULE|RULES|FACTS)-[0-9]{3})\"");
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java/org/jabr/rules"))) {
            for (Path source : (Iterable<Path>) sources.filter(Files::isRegularFile)::iterator) {
                Matcher matcher = code.matcher(Files.readString(source));
                while (matcher.find()) {
                    codes.add("problem." + matcher.group(1));
                }
            }
        }
        assertThat(codes).hasSizeGreaterThan(25);
        assertThat(english.keySet()).containsAll(codes);
        english.forEach((key, sentence) -> assertThat(
                        new MessageFormat((String) sentence).format(new Object[] {"X", "Y", "Z", "W", "V"}))
                .doesNotContainPattern("\\{[0-9]")
                .isNotBlank());
        arabic.forEach((key, sentence) -> assertThat(
                        new MessageFormat((String) sentence).format(new Object[] {"X", "Y", "Z", "W", "V"}))
                .doesNotContainPattern("\\{[0-9]")
                .matches("(?s).*\\p{IsArabic}.*"));
    }

    private static Properties messages(String language) throws IOException {
        Properties messages = new Properties();
        for (String bundle : List.of("rules", "gate", "findings")) {
            try (Reader reader = Files.newBufferedReader(
                    Path.of("src/main/resources/messages", bundle + "_" + language + ".properties"))) {
                messages.load(reader);
            }
        }
        return messages;
    }
}
