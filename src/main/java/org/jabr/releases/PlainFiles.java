package org.jabr.releases;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jabr.rules.Finding;
import org.springframework.stereotype.Component;

/** What is asked of every file of a release, whatever its kind: a size, a place, and text that is what it looks like. */
@Component
class PlainFiles implements Check {

    private static final int FILES = 500;
    private static final int LONGEST = 2 * 1024 * 1024;
    private static final Pattern KINDS = Pattern.compile("(processes|rules)(/[^/]+)*/README\\.md"
            + "|processes/[^/]+\\.bpmn|processes/forms/[^/]+\\.form|processes/(letters|notes)/[^/]+\\.[a-z]{2,3}\\.txt"
            + "|rules/([^/]+/)?[^/]+\\.dmn|rules/guardrails\\.drl|rules/([^/]+/)?[^/]+\\.csv"
            + "|rules/scenarios/[^/]+\\.json|rules/(mappings|calendars)/[^/]+\\.yml");
    private static final Set<String> CODE = Set.of("bpmn", "dmn", "drl", "csv", "json", "yml", "form");
    private static final Pattern FORMULA = Pattern.compile("[=@].*|[+-](?!\\s|[0-9]*\\.?[0-9]+$|$).*", Pattern.DOTALL);

    @Override
    public List<Finding> check(SortedMap<String, String> files) {
        List<Finding> findings = new ArrayList<>();
        if (files.size() > FILES) {
            findings.add(new Finding("RELEASE-025", true, "", "", List.of(files.size(), FILES)));
        }
        files.forEach((path, text) -> {
            if (!KINDS.matcher(path).matches()) {
                // nothing reads it, so it does no harm
                findings.add(new Finding("RELEASE-021", false, path, "", List.of(path)));
            }
            if (text.length() > LONGEST) {
                findings.add(new Finding("RELEASE-025", true, path, "", List.of(text.length(), LONGEST)));
            } else {
                characters(path, text, findings);
                if (path.endsWith(".csv")) {
                    cells(path, text, findings);
                }
            }
        });
        return findings;
    }

    private static void characters(String path, String text, List<Finding> findings) {
        boolean code = CODE.contains(path.substring(path.lastIndexOf('.') + 1));
        int line = 1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                line++;
            } else if (Character.isISOControl(c) && c != '\t' || c == '\uFEFF' || c >= '\uFFFE') {
                findings.add(new Finding("RELEASE-023", true, path, String.valueOf(line), List.of(named(c))));
                return;
            } else if (code && (c >= '\u202A' && c <= '\u202E' || c >= '\u2066' && c <= '\u2069')) {
                findings.add(new Finding("RELEASE-024", true, path, String.valueOf(line), List.of(named(c))));
                return;
            }
        }
    }

    private static String named(char c) {
        return String.format("U+%04X", (int) c);
    }

    /** Analysts open these files in spreadsheets, and so do we write them. */
    private static void cells(String path, String text, List<Finding> findings) {
        try (CSVParser records = CSVParser.parse(text, CSVFormat.DEFAULT)) {
            for (CSVRecord record : records) {
                for (String cell : record) {
                    if (FORMULA.matcher(cell).matches()) {
                        String start = cell.substring(0, Math.min(20, cell.length()));
                        findings.add(new Finding(
                                "RELEASE-022", true, path, String.valueOf(record.getRecordNumber()), List.of(start)));
                    }
                }
            }
        } catch (IOException | RuntimeException unreadable) {
            // whoever reads this kind of file says so
        }
    }
}
