package org.jabr.web.studio;

import java.io.IOException;
import java.util.List;
import org.jabr.releases.Drafts;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/**
 * Turns the table that is open in an editor into a spreadsheet, and a spreadsheet into rows for it. Nothing is stored
 * here: the editor shows what changes and applies it, so that it can be undone like any other change.
 */
@RestController
@RequestMapping("/studio/drafts/{id}")
class TableSheets {

    private static final String XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private final Drafts drafts;

    TableSheets(Drafts drafts) {
        this.drafts = drafts;
    }

    /** A table as the editor has it. */
    record Table(String name, List<Spreadsheet.Column> columns, List<Spreadsheet.Line> rows) {}

    record Rows(List<Spreadsheet.Line> rows) {}

    @PostMapping(path = "/table-export", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> export(@PathVariable String id, @RequestBody Table table) {
        drafts.get(id);
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_TYPE, XLSX)
                .body(Spreadsheet.write(table.name(), table.columns(), table.rows()));
    }

    @PostMapping(path = "/table-import", produces = MediaType.APPLICATION_JSON_VALUE)
    Rows read(@PathVariable String id, @RequestParam MultipartFile file, @RequestParam List<String> column)
            throws IOException {
        drafts.get(id);
        return new Rows(Spreadsheet.read(file.getBytes(), column));
    }
}
