package org.jabr.web.api;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jabr.audit.EvidenceDesk;
import org.jabr.finance.FinanceExport;
import org.jabr.rules.Money;
import org.jabr.web.CsvText;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** What leaves for the company's own accounting, as files: the same for people and for programs. */
@Component
public class FinanceFiles {

    private static final List<String> EFFECTS = List.of(
            "key",
            "case",
            "remedy",
            "class",
            "kind",
            "amount",
            "currency",
            "state",
            "reference",
            "placedOn",
            "grantedOn",
            "executedOn",
            "settledOn",
            "settled");
    private static final List<String> JOURNAL = List.of(
            "line", "day", "number", "movement", "key", "case", "account", "name", "debit", "credit", "currency");

    private final FinanceExport export;
    private final EvidenceDesk desk;

    FinanceFiles(FinanceExport export, EvidenceDesk desk) {
        this.export = export;
        this.desk = desk;
    }

    /** @throws org.jabr.rules.Problem {@code SETTLE-016} */
    public ResponseEntity<StreamingResponseBody> effects(LocalDate from, LocalDate to, String by) {
        return file(
                "effects",
                from,
                to,
                by,
                EFFECTS,
                writer -> export.effects(
                        from,
                        to,
                        line -> write(
                                writer,
                                List.of(
                                        line.key(),
                                        line.caseReference(),
                                        line.remedy(),
                                        line.remedyClass(),
                                        line.kind(),
                                        amount(line.amount(), line.currency()),
                                        line.currency(),
                                        line.state(),
                                        line.reference() == null ? "" : line.reference(),
                                        day(line.placedAt()),
                                        day(line.grantedAt()),
                                        day(line.executedAt()),
                                        line.settledOn() == null
                                                ? ""
                                                : line.settledOn().toString(),
                                        line.settled() == null ? "" : amount(line.settled(), line.currency())))));
    }

    /** @throws org.jabr.rules.Problem {@code SETTLE-016} */
    public ResponseEntity<StreamingResponseBody> journal(LocalDate from, LocalDate to, String by) {
        return file(
                "journal",
                from,
                to,
                by,
                JOURNAL,
                writer -> export.journal(
                        from,
                        to,
                        line -> write(
                                writer,
                                List.of(
                                        line.sort().name(),
                                        line.day().toString(),
                                        line.number() == null ? "" : String.valueOf(line.number()),
                                        line.movement(),
                                        line.key(),
                                        line.caseReference(),
                                        line.account(),
                                        line.name(),
                                        amount(line.debit(), line.currency()),
                                        amount(line.credit(), line.currency()),
                                        line.currency()))));
    }

    /** Writes the lines of a file. */
    private interface Lines {

        void write(Writer writer) throws IOException;
    }

    private ResponseEntity<StreamingResponseBody> file(
            String name, LocalDate from, LocalDate to, String by, List<String> head, Lines lines) {
        // Refused before the first byte, or not at all.
        export.check(from, to);
        desk.takeTable(name, from, to, by);
        StreamingResponseBody body = out -> {
            try (Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8)) {
                CsvText.line(writer, head);
                lines.write(writer);
            } catch (UncheckedIOException gone) {
                // Whoever asked for it does not listen any more.
                throw gone.getCause();
            }
        };
        return ResponseEntity.ok()
                .contentType(new MediaType("text", "csv", StandardCharsets.UTF_8))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(name + "-" + from + "-" + to + ".csv")
                                .build()
                                .toString())
                .body(body);
    }

    private static void write(Writer writer, List<String> cells) {
        try {
            CsvText.line(writer, cells);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private static String amount(long minor, String currency) {
        return Money.ofMinor(minor, currency).amount().toPlainString();
    }

    private static String day(@Nullable OffsetDateTime at) {
        return at == null
                ? ""
                : at.withOffsetSameInstant(ZoneOffset.UTC).toLocalDate().toString();
    }
}
