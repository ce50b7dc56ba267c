package org.jabr.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.jabr.rules.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImportFileTests {

    private static final String PURCHASES = """
            purchases:
              columns: {who: customer, day: boughtOn, sum: amount, cur: currency, what: item, nr: id}
              optional: [what, nr]
              defaults: {currency: USD}
              dates: d.M.yyyy
            """;
    private static final String COMPLAINTS = """
            complaints:
              columns: {nr: externalRef, who: customer, how: channel, area: category, issue: subject, more: description, part: description,
                days: failure.durationDays, again: failure.repeated, seat: answers.seat, rows: answers.rows, lost: loss, lang: language}
              required: [nr]
              types: {answers.rows: number}
              values: {channel: {Post: LETTER}}
              constants: {currency: JPY, failure.regime: GOODS}
            """;

    @Test
    void readsTheFieldsOfALine() {
        List<ImportLine> lines = complaints("nr,who,how,area,issue,more,part,days,again,seat,rows,lost,lang\n"
                + "7,C1,Post,Rail,Late,first,second,3,YES,4A,2.50,100.0,ar-SA\n");

        assertThat(lines.get(0).fields())
                .containsEntry("externalRef", "7")
                .containsEntry("channel", "LETTER")
                .containsEntry("description", "first\nsecond")
                .containsEntry("failure.durationDays", 3L)
                .containsEntry("failure.repeated", true)
                .containsEntry("failure.regime", "GOODS")
                .containsEntry("answers.seat", "4A")
                .containsEntry("answers.rows", new BigDecimal("2.50"))
                .containsEntry("loss", "100")
                .containsEntry("language", "ar");
    }

    @Test
    void takesAnEmptyCellForAnAbsentFact() {
        List<ImportLine> lines = complaints(
                "nr,who,how,area,issue,more,part,days,again,seat,rows,lost,lang\n" + "7,C1,WEB,Rail,Late,, ,,,,,,\n");

        assertThat(lines.get(0).fields())
                .doesNotContainKeys("description", "failure.durationDays", "failure.repeated", "loss", "language");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "IMPORT-020 | C1,1.2.2024,3.50",
                "IMPORT-020 | C1,1.2.2024,3.50,USD,x,1,2",
                "IMPORT-021 | C1,30.2.2024,3.50,USD,x,1",
                "IMPORT-021 | C1,2024-02-01,3.50,USD,x,1",
                "IMPORT-021 | C1,1.2.0024,3.50,USD,x,1",
                "IMPORT-022 | C1,1.2.2024,three,USD,x,1",
                "IMPORT-022 | C1,1.2.2024,COMMA,USD,x,1",
                "IMPORT-022 | C1,1.2.2024,1e3,USD,x,1",
                "IMPORT-022 | C1,1.2.2024,NaN,USD,x,1",
                "IMPORT-022 | C1,1.2.2024,99999999999999999999,USD,x,1",
                "IMPORT-023 | C1,1.2.2024,-3.50,USD,x,1",
                "IMPORT-024 | C1,1.2.2024,3.505,USD,x,1",
                "IMPORT-024 | C1,1.2.2024,3.5,JPY,x,1",
                "IMPORT-025 | C1,1.2.2024,3.50,XXX,x,1",
                "IMPORT-025 | C1,1.2.2024,3.50,usd,x,1",
                "IMPORT-028 | ,1.2.2024,3.50,USD,x,1",
                "IMPORT-028 | C1,,3.50,USD,x,1",
                "IMPORT-028 | C1,1.2.2024, ,USD,x,1",
                "IMPORT-035 | CCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCC,1.2.2024,3.50,USD,x,1",
            })
    void rejectsALineWithItsReason(String code, String line) {
        String quoted = line.replace("COMMA", "\"3,50\"");
        List<ImportLine> lines = purchases("who,day,sum,cur,what,nr\n" + quoted + "\nC9,1.2.2024,0.00,,y,9\n");

        assertThat(lines.get(0).rejection()).isNotNull();
        assertThat(lines.get(0).rejection().code()).isEqualTo(code);
        assertThat(lines.get(0).line()).isEqualTo(2);
        assertThat(lines.get(1).state()).isEqualTo(ImportLine.State.NEW);
        assertThat(lines.get(1).fields()).containsEntry("amount", "0.00").containsEntry("currency", "USD");
    }

    @Test
    void rejectsCharactersThatCannotBeKept() {
        assertThat(purchases("who,day,sum,cur\nC1,1.2.2024,3,USD\nC\0,1.2.2024,3,USD\n"))
                .extracting(
                        line -> line.rejection() == null ? "" : line.rejection().code())
                .containsExactly("", "IMPORT-033");
    }

    @Test
    void tellsEqualRowsApartByTheirOrdinal() {
        List<ImportLine> once = purchases("who,day,sum,cur\nC1,1.2.2024,3.50,USD\nC1,1.2.2024,3.50,USD\n");
        List<ImportLine> again = purchases("day,who,cur,sum\n1.2.2024,C1,,3.5\n01.02.2024,C1,USD,3.50\n");

        assertThat(once).extracting(ImportLine::identity).doesNotHaveDuplicates();
        assertThat(again)
                .extracting(ImportLine::identity)
                .isEqualTo(once.stream().map(ImportLine::identity).toList());
    }

    @Test
    void rejectsASecondLineOfTheSameReferenceOnlyWhereItSaysSomethingElse() {
        List<ImportLine> lines = purchases("who,day,sum,cur,nr\n"
                + "C1,bad,3.50,USD,A\nC1,1.2.2024,3.50,USD,A\nC1,1.2.2024,3.50,USD,A\nC1,1.2.2024,9.50,USD,A\n");

        assertThat(lines)
                .extracting(
                        line -> line.rejection() == null ? "" : line.rejection().code())
                .containsExactly("IMPORT-021", "", "", "IMPORT-029");
        assertThat(lines.get(3).rejection().values()).containsExactly(3);
    }

    @Test
    void refusesTheFileAsAWhole() {
        assertProblem("IMPORT-005", "");
        assertProblem("IMPORT-005", "\n\n");
        assertProblem("IMPORT-006", "who,day\n");
        assertProblem("IMPORT-008", "who,day,sum,cur,sum\n");
        assertProblem("IMPORT-007", "who\0,day,sum,cur\n");
        assertProblem("IMPORT-007", "\"who,day,sum,cur\n");
    }

    private static void assertProblem(String code, String text) {
        assertThatThrownBy(() -> purchases(text))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(code));
    }

    private static List<ImportLine> purchases(String text) {
        return read(PURCHASES, ImportKind.PURCHASES, text);
    }

    private static List<ImportLine> complaints(String text) {
        return read(COMPLAINTS, ImportKind.COMPLAINTS, text);
    }

    private static List<ImportLine> read(String mapping, ImportKind kind, String text) {
        MappingFile file = MappingFile.read(mapping);
        assertThat(file.mistakes()).isEmpty();
        return new ImportFile(file.section(kind), Set.of("USD", "JPY")::contains)
                .read(text.getBytes(StandardCharsets.UTF_8));
    }
}
