package org.jabr.web.api;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.jabr.audit.DecisionFilter;
import org.jabr.audit.DecisionSearch;
import org.jabr.audit.EvidenceDesk;
import org.jabr.audit.FoundDecision;
import org.jabr.rules.Money;
import org.jabr.web.CsvText;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** Decisions that were found, as a table for spreadsheets: a line for each remedy, one at least for each decision. */
@Component
public class DecisionFiles {

    private static final List<String> HEAD = List.of(
            "decision",
            "case",
            "moment",
            "release",
            "decidedAt",
            "decidedBy",
            "tier",
            "type",
            "channel",
            "language",
            "chosen",
            "remedy",
            "verdict",
            "authority",
            "amount",
            "currency");

    private final DecisionSearch search;
    private final EvidenceDesk desk;

    DecisionFiles(DecisionSearch search, EvidenceDesk desk) {
        this.search = search;
        this.desk = desk;
    }

    public ResponseEntity<StreamingResponseBody> found(DecisionFilter filter, String by) {
        desk.takeDecisions(filter, by);
        StreamingResponseBody body = out -> {
            try (Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8)) {
                CsvText.line(writer, HEAD);
                search.each(filter, decision -> write(writer, decision));
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
                                .filename("decisions.csv")
                                .build()
                                .toString())
                .body(body);
    }

    private static void write(Writer writer, FoundDecision decision) {
        List<String> start = List.of(
                String.valueOf(decision.id()),
                decision.caseReference(),
                decision.moment(),
                decision.release(),
                decision.at().toInstant().toString(),
                decision.by(),
                decision.tier(),
                decision.type(),
                decision.channel(),
                decision.language(),
                decision.chosen() ? "YES" : "NO");
        try {
            if (decision.remedies().isEmpty()) {
                CsvText.line(writer, line(start, List.of("", "", "", "", "")));
            }
            for (FoundDecision.Given given : decision.remedies()) {
                CsvText.line(writer, line(start, cells(given)));
            }
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private static List<String> cells(FoundDecision.Given given) {
        Money amount = given.amount();
        return List.of(
                given.remedy(),
                given.verdict().name(),
                given.authority() == null ? "" : given.authority().name(),
                amount == null ? "" : amount.amount().toPlainString(),
                amount == null ? "" : amount.currency());
    }

    private static List<String> line(List<String> start, List<String> end) {
        return Stream.concat(start.stream(), end.stream()).toList();
    }
}
