package org.jabr.web.studio;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.jabr.replay.Backtest;
import org.jabr.replay.BacktestSums;
import org.jabr.replay.Backtests;
import org.jabr.rules.Money;
import org.jabr.web.CsvText;
import org.jabr.web.Reader;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** The changed decisions of a backtest as a table for a spreadsheet. */
@Controller
class BacktestExport {

    private static final int AT_A_TIME = 1000;

    private final Backtests backtests;
    private final Subjects subjects;
    private final BacktestReading reading;
    private final Reader reader;

    BacktestExport(Backtests backtests, Subjects subjects, BacktestReading reading, Reader reader) {
        this.backtests = backtests;
        this.subjects = subjects;
        this.reading = reading;
        this.reader = reader;
    }

    @GetMapping({"/studio/drafts/{id}/backtest/{run}/changes.csv", "/studio/releases/{id}/backtest/{run}/changes.csv"})
    ResponseEntity<StreamingResponseBody> changes(
            @PathVariable String id, @PathVariable long run, @RequestParam(defaultValue = "LOSERS") String which) {
        Subjects.Subject subject = subjects.of(id);
        Backtest backtest = backtests.get(run);
        Backtest.Which wanted = BacktestPages.which(which);
        List<String> currencies = backtests.sums(backtest.id()).money().stream()
                .map(BacktestSums.Money::currency)
                .toList();
        List<String> head = Stream.of(
                        "decision",
                        "case",
                        "moment",
                        "tier",
                        "type",
                        "before",
                        "after",
                        "difference",
                        "currency",
                        "what")
                .map(column -> reader.words("backtest.csv." + column))
                .toList();
        // The reader's language belongs to this thread; the lines are put into words on another one.
        java.util.Locale locale = reader.locale();
        StreamingResponseBody body = out -> {
            org.springframework.context.i18n.LocaleContextHolder.setLocale(locale);
            try (Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8)) {
                writer.write('\uFEFF');
                CsvText.line(writer, head);
                boolean byMoney = wanted == Backtest.Which.WINNERS || wanted == Backtest.Which.LOSERS;
                for (String currency : byMoney ? currencies : List.of("")) {
                    write(writer, subject.words(), run, wanted, currency);
                }
            } finally {
                org.springframework.context.i18n.LocaleContextHolder.resetLocaleContext();
            }
        };
        return ResponseEntity.ok()
                .contentType(new MediaType("text", "csv", StandardCharsets.UTF_8))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename("backtest-" + run + "-"
                                        + wanted.name().toLowerCase(java.util.Locale.ROOT) + ".csv")
                                .build()
                                .toString())
                .body(body);
    }

    private void write(Writer writer, String release, long run, Backtest.Which which, String currency)
            throws IOException {
        Backtest.@Nullable Mark after = null;
        List<Backtest.Changed> changes;
        do {
            changes = backtests.changes(run, which, currency, after, AT_A_TIME);
            for (Backtest.Changed change : changes) {
                CsvText.line(
                        writer,
                        List.of(
                                String.valueOf(change.decision()),
                                change.caseReference(),
                                change.moment(),
                                change.tier(),
                                change.type(),
                                amount(change.beforeMinor(), change.currency()),
                                amount(change.afterMinor(), change.currency()),
                                amount(change.difference(), change.currency()),
                                change.currency(),
                                String.join("; ", reading.told(release, change))));
                after = new Backtest.Mark(change.difference(), change.decision());
            }
        } while (changes.size() == AT_A_TIME);
    }

    private static String amount(long minor, String currency) {
        return Money.ofMinor(minor, currency).amount().toPlainString();
    }
}
