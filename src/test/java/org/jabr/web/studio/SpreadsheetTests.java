package org.jabr.web.studio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jabr.rules.Problem;
import org.junit.jupiter.api.Test;

class SpreadsheetTests {

    private static final List<Spreadsheet.Column> COLUMNS = List.of(
            new Spreadsheet.Column("in:tier", "string", "Value tier | فئة القيمة"),
            new Spreadsheet.Column("out:percent", "number", "Percent"),
            new Spreadsheet.Column("annotation", "string", "Why"));
    private static final List<String> NAMES = List.of("in:tier", "out:percent", "annotation");
    private static final List<Spreadsheet.Line> LINES = List.of(
            new Spreadsheet.Line("part-refund-low", List.of("\"GOLD\", \"PLATINUM\"", "20", "loyal | وفي")),
            new Spreadsheet.Line("part-refund-mid", List.of("-", "null", "=not a formula")),
            new Spreadsheet.Line("dates-stay-text", List.of("[1..2]", "1-2", "")));

    @Test
    void readsBackExactlyWhatItWrote() {
        byte[] file = Spreadsheet.write("resolve", COLUMNS, LINES);
        assertThat(Spreadsheet.read(file, NAMES)).isEqualTo(LINES);
    }

    @Test
    void takesNumbersAndNewRowsThatASpreadsheetProgramWrote() throws IOException {
        byte[] file = changed(sheet -> {
            sheet.getRow(3).getCell(2).setCellValue(25);
            sheet.createRow(6).createCell(1).setCellValue("\"NEW\"");
            sheet.getRow(6).createCell(2).setCellValue(0.5);
        });
        List<Spreadsheet.Line> lines = Spreadsheet.read(file, NAMES);
        assertThat(lines.get(0).cells().get(1)).isEqualTo("25");
        assertThat(lines.get(3)).isEqualTo(new Spreadsheet.Line("", List.of("\"NEW\"", "0.5", "")));
    }

    @Test
    void hidesTheIdsAndKeepsEveryCellText() throws IOException {
        byte[] file = Spreadsheet.write("resolve", COLUMNS, LINES);
        try (XSSFWorkbook book = new XSSFWorkbook(new ByteArrayInputStream(file))) {
            Sheet sheet = book.getSheetAt(0);
            assertThat(sheet.isColumnHidden(0)).isTrue();
            assertThat(sheet.getRow(3).getCell(2).getCellStyle().getDataFormatString())
                    .isEqualTo("@");
        }
    }

    @Test
    void refusesFormulas() throws IOException {
        byte[] file = changed(sheet -> sheet.getRow(3).getCell(2).setCellFormula("1+1"));
        refuses("XLSX-003", () -> Spreadsheet.read(file, NAMES));
    }

    @Test
    void refusesOtherColumns() {
        byte[] file = Spreadsheet.write("resolve", COLUMNS, LINES);
        refuses("XLSX-004", () -> Spreadsheet.read(file, List.of("in:type", "out:percent", "annotation")));
    }

    @Test
    void refusesIdsThatAreNoneOrStandTwice() throws IOException {
        byte[] twice = changed(sheet -> sheet.getRow(4).getCell(0).setCellValue("part-refund-low"));
        refuses("XLSX-005", () -> Spreadsheet.read(twice, NAMES));
        byte[] odd = changed(sheet -> sheet.getRow(4).getCell(0).setCellValue("Part Refund"));
        refuses("XLSX-005", () -> Spreadsheet.read(odd, NAMES));
    }

    @Test
    void refusesWhatHoldsNoRow() {
        byte[] file = Spreadsheet.write("resolve", COLUMNS, List.of());
        refuses("XLSX-006", () -> Spreadsheet.read(file, NAMES));
    }

    @Test
    void refusesWhatIsNoSpreadsheet() throws IOException {
        refuses("XLSX-001", () -> Spreadsheet.read("id,tier\n".getBytes(), NAMES));
        refuses("XLSX-001", () -> Spreadsheet.read(new byte[0], NAMES));
        byte[] zip = zip(1, 10);
        refuses("XLSX-001", () -> Spreadsheet.read(zip, NAMES));
    }

    @Test
    void refusesBombsBeforeTheyUnfold() throws IOException {
        byte[] large = zip(1, 40 << 20);
        assertThat(large.length).isLessThan(1 << 20);
        refuses("XLSX-002", () -> Spreadsheet.read(large, NAMES));
        byte[] many = zip(500, 10);
        refuses("XLSX-002", () -> Spreadsheet.read(many, NAMES));
        refuses("XLSX-002", () -> Spreadsheet.read(new byte[3 << 20], NAMES));
    }

    private static void refuses(String code, ThrowingCallable reading) {
        assertThatThrownBy(reading).isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.code())
                .isEqualTo(code));
    }

    private static byte[] changed(Consumer<Sheet> change) throws IOException {
        byte[] file = Spreadsheet.write("resolve", COLUMNS, LINES);
        try (XSSFWorkbook book = new XSSFWorkbook(new ByteArrayInputStream(file));
                ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
            change.accept(book.getSheetAt(0));
            book.write(bytes);
            return bytes.toByteArray();
        }
    }

    private static byte[] zip(int parts, int size) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < parts; i++) {
                zip.putNextEntry(new ZipEntry("part" + i + ".xml"));
                zip.write(new byte[size]);
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }
}
