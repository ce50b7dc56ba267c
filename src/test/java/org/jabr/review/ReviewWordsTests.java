package org.jabr.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jabr.audit.DecisionFilter;
import org.jabr.journal.Journal;
import org.junit.jupiter.api.Test;

class ReviewWordsTests {

    @Test
    void saysEverySentenceInBothLanguages() throws IOException {
        assertThat(words("audit_ar").keySet()).isEqualTo(words("audit_en").keySet());
        assertThat(words("audit")).isEqualTo(words("audit_en"));
    }

    @Test
    void hasASentenceForEveryCode() throws IOException {
        Pattern code = Pattern.compile("\"((?:REVIEW|SEARCH)-\\d{3})\"");
        TreeSet<String> codes = new TreeSet<>();
        for (String room : List.of("review", "audit")) {
            try (Stream<Path> files = Files.walk(Path.of("src/main/java/org/jabr", room))) {
                for (Path file :
                        files.filter(one -> one.toString().endsWith(".java")).toList()) {
                    code.matcher(Files.readString(file)).results().forEach(found -> codes.add(found.group(1)));
                }
            }
        }
        for (String sheet : List.of("PLANS", "CHECKLIST", "SEVERITIES", "CAUSES")) {
            codes.addAll(List.of(sheet + "-001", sheet + "-002", sheet + "-003"));
        }
        assertThat(codes).hasSizeGreaterThan(30).allSatisfy(one -> assertThat(words("audit_en"))
                .containsKey("problem." + one));
    }

    @Test
    void namesEverythingThatASearchCanBeNarrowedBy() throws IOException {
        assertThat(DecisionFilter.NAMES)
                .allSatisfy(one -> assertThat(words("audit_en")).containsKey("search.by." + one));
    }

    @Test
    void namesEveryKindOfEntry() throws IOException {
        assertThat(Journal.KINDS)
                .allSatisfy(one -> assertThat(words("journal_ar")).containsKey("journal.kind." + one));
    }

    private static Properties words(String bundle) throws IOException {
        Properties words = new Properties();
        try (var reader = Files.newBufferedReader(Path.of("src/main/resources/messages", bundle + ".properties"))) {
            words.load(reader);
        }
        return words;
    }
}
