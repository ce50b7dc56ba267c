package org.jabr.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class CsvFileTests {

    @Test
    void readsQuotedCellsOfSeveralLinesAndCountsTheFirst() {
        List<CsvRecord> records = read("a,b\r\n\"one\r\ntwo\",\"say \"\"yes\"\"\"\r\n\r\nlast,\n");

        assertThat(records)
                .containsExactly(
                        CsvRecord.of(1, List.of("a", "b")),
                        CsvRecord.of(2, List.of("one\r\ntwo", "say \"yes\"")),
                        CsvRecord.of(5, List.of("last", "")));
    }

    @Test
    void passesOverTheByteOrderMark() {
        assertThat(read("\uFEFFname\nسلمى\n"))
                .containsExactly(CsvRecord.of(1, List.of("name")), CsvRecord.of(2, List.of("سلمى")));
    }

    @Test
    void refusesOnlyTheLineInAnotherEncoding() {
        byte[] latin = "caf\u00e9,1\n".getBytes(StandardCharsets.ISO_8859_1);
        List<CsvRecord> records = read(joined("a,b\n".getBytes(StandardCharsets.UTF_8), latin, "x,2".getBytes()));

        assertThat(records.get(1).rejection()).isEqualTo(Rejection.of("IMPORT-027"));
        assertThat(records.get(1).column()).isZero();
        assertThat(records.get(2)).isEqualTo(CsvRecord.of(3, List.of("x", "2")));
    }

    @Test
    void givesUpOnlyTheLineWhoseQuoteIsNotClosed() {
        List<CsvRecord> records = read("a,b\n1,\"open\n2,closed\n3,\"fine\"\n4,\"x\"y\n5,z\n");

        assertThat(records).extracting(CsvRecord::line).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(records)
                .filteredOn(r -> r.rejection() != null)
                .extracting(CsvRecord::line)
                .containsExactly(2, 5);
    }

    @Test
    void refusesACellThatIsTooLargeAndGoesOnBehindIt() {
        String large = "x".repeat(1_048_576);
        List<CsvRecord> records = read("a,b\n1," + large + "\n2,\"" + large + "\"\n3,c\n");

        assertThat(records.get(1).rejection()).isEqualTo(Rejection.of("IMPORT-026"));
        assertThat(records.get(2).rejection()).isEqualTo(Rejection.of("IMPORT-026"));
        assertThat(records.get(2).column()).isEqualTo(1);
        assertThat(records.get(3)).isEqualTo(CsvRecord.of(4, List.of("3", "c")));
    }

    @Test
    @Timeout(20)
    void endsInTimeWhateverItIsGiven() {
        assertThat(read("\"\"\"\n".repeat(100_000))).isNotEmpty();
        assertThat(read("\"x,\n".repeat(100_000))).isNotEmpty();
        assertThat(read("\"x\n" + "y\"\"\n".repeat(100_000))).isNotEmpty();
        assertThat(read(new byte[500_000])).hasSize(1);
        assertThat(read("")).isEmpty();
        assertThat(read("\n\r\n\r")).isEmpty();
    }

    private static List<CsvRecord> read(String text) {
        return read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<CsvRecord> read(byte[] bytes) {
        List<CsvRecord> records = new ArrayList<>();
        new CsvFile(bytes, ',').forEachRemaining(records::add);
        return records;
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
