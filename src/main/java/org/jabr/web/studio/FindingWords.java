package org.jabr.web.studio;

import java.util.List;
import java.util.Map;
import org.jabr.rules.Finding;
import org.jabr.web.Reader;
import org.springframework.stereotype.Component;

/** Findings as sentences in the reader's language, with the case that shows them. */
@Component
class FindingWords {

    private final Reader reader;

    FindingWords(Reader reader) {
        this.reader = reader;
    }

    /** One finding, ready to be shown or sent to an editor. */
    record Told(
            String code, boolean blocking, String file, String place, String sentence, Map<String, Object> witness) {

        /** Whether there is a place to jump to. */
        public boolean hasFile() {
            return file.contains(".");
        }
    }

    Told told(Finding finding) {
        return new Told(
                finding.code(),
                finding.blocking(),
                finding.file(),
                finding.place(),
                reader.words(finding),
                finding.witness());
    }

    /** What blocks comes first. */
    List<Told> told(List<Finding> findings) {
        return findings.stream()
                .sorted((one, other) -> Boolean.compare(other.blocking(), one.blocking()))
                .map(this::told)
                .toList();
    }
}
