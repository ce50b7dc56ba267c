package org.jabr.web;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.stream.Collectors;

/** Writes tables for spreadsheets, in which no cell is ever taken for a formula. */
public final class CsvText {

    private CsvText() {}

    public static void line(Writer writer, List<String> cells) throws IOException {
        writer.write(cells.stream().map(CsvText::cell).collect(Collectors.joining(",")));
        writer.write("\r\n");
    }

    /** A cell that a spreadsheet would take for a formula is marked as text; a plain number is none. */
    public static String cell(String text) {
        boolean formula = !text.isEmpty()
                && "=+-@\t\r".indexOf(text.charAt(0)) >= 0
                && !text.matches("-?\\d{1,15}(\\.\\d{1,9})?");
        String safe = formula ? "'" + text : text;
        return safe.matches("(?s).*[\",\r\n;].*") ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }
}
