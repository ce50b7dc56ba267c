package org.jabr.web.studio;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.poi.ooxml.POIXMLException;
import org.apache.poi.openxml4j.exceptions.OpenXML4JRuntimeException;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.Font;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jabr.rules.Problem;
import org.jspecify.annotations.Nullable;

/**
 * One decision table as a spreadsheet: three rows of head (labels, names, types), then a row for each rule; its id stands
 * in the first column, which is hidden. Every cell is text, so that no program takes {@code 1-2} for a date.
 */
final class Spreadsheet {

    /** Bytes of a file, and of all that is packed in it. */
    private static final int LARGEST = 2 << 20;

    private static final long LARGEST_UNPACKED = 32L << 20;
    private static final int MOST_PARTS = 200;
    private static final int MOST_ROWS = 5_000;
    private static final int LONGEST_CELL = 10_000;
    private static final int HEAD = 3;
    private static final int WIDTH = 22 * 256;

    private Spreadsheet() {}

    /**
     * A column after that of the ids.
     *
     * @param name tells it from all others of the table, such as {@code in:tier}
     * @param label what people read
     */
    record Column(String name, String type, String label) {}

    /**
     * A rule.
     *
     * @param id empty for a new one
     * @param cells as many as there are columns
     */
    record Line(String id, List<String> cells) {}

    static byte[] write(String name, List<Column> columns, List<Line> lines) {
        try (XSSFWorkbook book = new XSSFWorkbook();
                ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
            Sheet sheet = book.createSheet(name.substring(0, Math.min(name.length(), 31)));
            CellStyle text = book.createCellStyle();
            text.setDataFormat(book.createDataFormat().getFormat("@"));
            text.setWrapText(true);
            CellStyle head = book.createCellStyle();
            head.cloneStyleFrom(text);
            Font bold = book.createFont();
            bold.setBold(true);
            head.setFont(bold);
            row(sheet, 0, "id", columns.stream().map(Column::label).toList(), head);
            row(sheet, 1, "id", columns.stream().map(Column::name).toList(), text);
            row(sheet, 2, "string", columns.stream().map(Column::type).toList(), text);
            for (int i = 0; i < lines.size(); i++) {
                row(sheet, HEAD + i, lines.get(i).id(), lines.get(i).cells(), text);
            }
            for (int i = 0; i <= columns.size(); i++) {
                sheet.setColumnWidth(i, WIDTH);
                sheet.setDefaultColumnStyle(i, text);
            }
            sheet.setColumnHidden(0, true);
            sheet.createFreezePane(1, HEAD);
            book.write(bytes);
            return bytes.toByteArray();
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void row(Sheet sheet, int at, String id, List<String> cells, CellStyle style) {
        Row row = sheet.createRow(at);
        cell(row, 0, id, style);
        for (int i = 0; i < cells.size(); i++) {
            cell(row, i + 1, cells.get(i), style);
        }
    }

    private static void cell(Row row, int at, String text, CellStyle style) {
        Cell cell = row.createCell(at, CellType.STRING);
        cell.setCellValue(text);
        cell.setCellStyle(style);
    }

    /**
     * The rules of a spreadsheet.
     *
     * @param names of the columns that the table has
     * @throws Problem {@code XLSX-001} no spreadsheet, {@code XLSX-002} too large, {@code XLSX-003} a formula,
     *     {@code XLSX-004} other columns, {@code XLSX-005} ids, {@code XLSX-006} no row
     */
    static List<Line> read(byte[] file, List<String> names) {
        measure(file);
        try (XSSFWorkbook book = new XSSFWorkbook(new ByteArrayInputStream(file))) {
            if (book.getNumberOfSheets() == 0) {
                throw problem("XLSX-006");
            }
            Sheet sheet = book.getSheetAt(0);
            if (sheet.getLastRowNum() >= MOST_ROWS + HEAD) {
                throw problem("XLSX-002", MOST_ROWS + " rows");
            }
            columns(sheet, names);
            return lines(sheet, names.size());
        } catch (Problem refused) {
            throw refused;
        } catch (IOException | POIXMLException | OpenXML4JRuntimeException | IllegalArgumentException broken) {
            throw problem("XLSX-001");
        }
    }

    /** A spreadsheet is a packed folder: what it unpacks to is counted before anything is read into memory. */
    private static void measure(byte[] file) {
        if (file.length > LARGEST) {
            throw problem("XLSX-002", "2 MB");
        }
        long unpacked = 0;
        int parts = 0;
        byte[] buffer = new byte[8192];
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file))) {
            for (ZipEntry part = zip.getNextEntry(); part != null; part = zip.getNextEntry()) {
                if (++parts > MOST_PARTS) {
                    throw problem("XLSX-002", MOST_PARTS + " parts");
                }
                for (int read = zip.read(buffer); read >= 0; read = zip.read(buffer)) {
                    unpacked += read;
                    if (unpacked > LARGEST_UNPACKED) {
                        throw problem("XLSX-002", "32 MB");
                    }
                }
            }
        } catch (IOException | IllegalArgumentException broken) {
            throw problem("XLSX-001");
        }
        if (parts == 0) {
            throw problem("XLSX-001");
        }
    }

    private static void columns(Sheet sheet, List<String> names) {
        Row head = sheet.getRow(1);
        List<String> found = new ArrayList<>();
        if (head != null) {
            for (int i = 1; i < Math.max(head.getLastCellNum(), 1); i++) {
                found.add(text(head.getCell(i)));
            }
        }
        while (!found.isEmpty() && found.get(found.size() - 1).isEmpty()) {
            found.remove(found.size() - 1);
        }
        if (!found.equals(names)) {
            throw problem("XLSX-004", String.join(", ", names), String.join(", ", found));
        }
    }

    private static List<Line> lines(Sheet sheet, int columns) {
        List<Line> lines = new ArrayList<>();
        for (int at = HEAD; at <= sheet.getLastRowNum(); at++) {
            Row row = sheet.getRow(at);
            if (row == null) {
                continue;
            }
            List<String> cells = new ArrayList<>();
            for (int i = 1; i <= columns; i++) {
                cells.add(text(row.getCell(i)));
            }
            if (cells.stream().anyMatch(cell -> !cell.isEmpty())) {
                lines.add(new Line(text(row.getCell(0)), cells));
            }
        }
        if (lines.isEmpty()) {
            throw problem("XLSX-006");
        }
        List<String> ids =
                lines.stream().map(Line::id).filter(id -> !id.isEmpty()).toList();
        for (int i = 0; i < ids.size(); i++) {
            if (!ids.get(i).matches("[a-z0-9]+(-[a-z0-9]+)*")
                    || ids.subList(0, i).contains(ids.get(i))) {
                throw problem("XLSX-005", ids.get(i));
            }
        }
        return List.copyOf(lines);
    }

    private static String text(@Nullable Cell cell) {
        if (cell == null) {
            return "";
        }
        String text =
                switch (cell.getCellType()) {
                    case STRING -> cell.getStringCellValue();
                    case BOOLEAN -> String.valueOf(cell.getBooleanCellValue());
                    case NUMERIC ->
                        BigDecimal.valueOf(cell.getNumericCellValue())
                                .stripTrailingZeros()
                                .toPlainString();
                    case FORMULA -> throw problem("XLSX-003", cell.getAddress().formatAsString());
                    default -> "";
                };
        if (text.length() > LONGEST_CELL) {
            throw problem("XLSX-002", LONGEST_CELL + " letters in a cell");
        }
        return text.strip();
    }

    private static Problem problem(String code, Object... values) {
        return new Problem(Problem.Kind.INVALID, code, values);
    }
}
