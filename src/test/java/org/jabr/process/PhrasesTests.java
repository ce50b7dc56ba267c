package org.jabr.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jabr.rules.Finding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhrasesTests {

    private static final String HEAD = "id,language,kind,phrase,instead\n";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "en | Under OUR  policy we wait. | DEFENDS | OUR  policy",
                "en | As I have already said, no. | BLAMES | As I have already said",
                "en | It is guaranteed, believe us. | PROMISES | guaranteed",
                "ar | وفق سِيَاسَةِ الشركه لا نعيد. | DEFENDS | سِيَاسَةِ الشركه",
                "ar | كان عليكم أن تتصلوا. | BLAMES | كان عليكم",
                "ar | نضمن لكم ذلك. | PROMISES | نضمن لكم",
                "ar | We had our policy. | '' | ''"
            })
    void pointsOutPhrasesWhereTheyStand(String language, String text, String kind, String quoted) throws IOException {
        List<Phrases.Pointed> pointed = Phrases.in(own(), language, text);

        assertThat(pointed)
                .extracting(one -> one.kind().name())
                .containsExactlyElementsOf(kind.isEmpty() ? List.of() : List.of(kind));
        assertThat(pointed).allSatisfy(one -> assertThat(text.substring(one.start(), one.end()))
                .isEqualTo(quoted));
    }

    @Test
    void findsNothingInTheLettersOfTheReleaseThemselves() throws IOException {
        for (Path letter : Files.list(Path.of("processes/letters")).sorted().toList()) {
            String language = letter.toString().contains(".ar.") ? "ar" : "en";
            assertThat(Phrases.in(own(), language, Files.readString(letter)))
                    .as(letter.toString())
                    .isEmpty();
        }
    }

    @Test
    @Timeout(30)
    void takesNoLongerOverAHostileText() {
        String stars = "x,en,DEFENDS," + "a * * * * * * * * * b,y\n";
        List<Phrases.Phrase> phrases = Phrases.read(HEAD + stars);

        assertThat(Phrases.in(phrases, "en", "a ".repeat(4000))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PHRASE-002 | X y,en,DEFENDS,our policy,better",
                "PHRASE-003 | x,fr,DEFENDS,our policy,better",
                "PHRASE-004 | x,en,SCOLDS,our policy,better",
                "PHRASE-005 | x,en,DEFENDS,(our policy)+,better",
                "PHRASE-005 | x,en,DEFENDS,* policy,better",
                "PHRASE-005 | x,en,DEFENDS,,better",
                "PHRASE-006 | x,en,DEFENDS,our policy,",
                "PHRASE-001 | x,en,DEFENDS"
            })
    void namesWhatIsWrongWithItsRow(String code, String row) {
        List<Finding> findings = Phrases.check(HEAD + "good,en,DEFENDS,our policy,better\n" + row + "\n");

        assertThat(findings).extracting(Finding::code).containsExactly(code);
        assertThat(findings).allSatisfy(one -> assertThat(List.of(one.file(), one.place()))
                .containsExactly("rules/phrases.csv", "3"));
        assertThat(findings).allMatch(Finding::blocking);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a,b\n", "id,language\n", "\"open"})
    void namesAFileThatIsNoTable(String text) {
        assertThat(Phrases.check(text)).extracting(Finding::code).containsExactly("PHRASE-001");
    }

    @Test
    void namesAnIdThatStandsTwice() {
        String row = "x,en,DEFENDS,our policy,better\n";

        assertThat(Phrases.check(HEAD + row + row)).extracting(Finding::place).containsExactly("3");
    }

    @Test
    void hasNothingWrongInTheRelease() throws IOException {
        String text = Files.readString(Path.of("rules/phrases.csv"));

        assertThat(Phrases.check(text)).isEmpty();
        assertThat(own()).extracting(Phrases.Phrase::language).contains("en", "ar");
    }

    private static List<Phrases.Phrase> own() throws IOException {
        return Phrases.read(Files.readString(Path.of("rules/phrases.csv")));
    }
}
