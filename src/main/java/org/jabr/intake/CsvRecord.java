package org.jabr.intake;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One record of a CSV file.
 *
 * @param line number of its first line, counted from 1
 * @param rejection why its cells cannot be read; null where they can
 * @param column index of the cell that the rejection is about; -1 where it is about the whole record
 */
record CsvRecord(int line, List<String> cells, @Nullable Rejection rejection, int column) {

    static CsvRecord of(int line, List<String> cells) {
        return new CsvRecord(line, cells, null, -1);
    }

    static CsvRecord refused(int line, int column, Rejection why) {
        return new CsvRecord(line, List.of(), why, column);
    }
}
