package org.jabr.web.studio;

import static org.assertj.core.api.Assertions.assertThat;

import org.jabr.web.CsvText;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BacktestExportTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "plain | plain",
                "-12.50 | -12.50",
                "=1+1 | '=1+1",
                "+49 30 | '+49 30",
                "@sum | '@sum",
                "-see below | '-see below",
                "a, b | \"a, b\"",
                "say \"no\", please | \"say \"\"no\"\", please\"",
            })
    void writesNoCellThatASpreadsheetWouldRun(String text, String cell) {
        assertThat(CsvText.cell(text)).isEqualTo(cell);
    }
}
