package org.jabr.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jabr.rules.Finding;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnowledgeNotesTests {

    private final SortedMap<String, String> files = new TreeMap<>();

    @BeforeEach
    void ownFiles() throws IOException {
        for (String folder : List.of("processes", "rules")) {
            try (Stream<Path> paths = Files.walk(Path.of(folder))) {
                for (Path path : paths.filter(Files::isRegularFile).toList()) {
                    files.put(path.toString(), Files.readString(path));
                }
            }
        }
    }

    @Test
    void findsNothingWrongWithTheNotesOfTheRelease() {
        assertThat(KnowledgeNotes.findings(files)).isEmpty();
        assertThat(files.keySet().stream().filter(path -> path.startsWith("processes/notes/")))
                .hasSizeGreaterThan(10);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "note,type | NOTE-001 | 1",
                "note,failure-type,step\\nlate,LATE_DELIVERY | NOTE-001 | 1",
                "note,failure-type,step\\nnowhere,LATE_DELIVERY, | NOTE-002 | 2",
                "note,failure-type,step\\nlate,LATE_DELIVERI, | NOTE-003 | 2",
                "note,failure-type,step\\nlate,,approveRemedies | NOTE-006 | 2"
            })
    void saysByRowWhatIsWrongWithTheTable(String table, String code, String row) {
        files.put(KnowledgeNotes.SHEET.file(), table.replace("\\n", "\n") + "\n");

        assertThat(KnowledgeNotes.findings(files))
                .filteredOn(Finding::blocking)
                .isNotEmpty()
                .allSatisfy(finding -> {
                    assertThat(finding.code()).isEqualTo(code);
                    assertThat(finding.place()).isEqualTo(row);
                });
    }

    @Test
    void tellsOfANoteThatNobodyIsShown() {
        files.put("processes/notes/spare.en.txt", "Title\n\nText");

        assertThat(KnowledgeNotes.findings(files))
                .extracting(Finding::code, Finding::blocking, Finding::file)
                .containsExactly(tuple("NOTE-004", false, "processes/notes/spare.en.txt"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"late.en | ''", "late.en | Only a title", "Late.en | Title\\n\\nText", "late.fr | Title\\n\\nText"
            })
    void refusesANoteThatNobodyCouldRead(String name, String text) {
        String path = "processes/notes/" + name + ".txt";
        files.put(path, text.replace("\\n", "\n"));

        assertThat(KnowledgeNotes.findings(files))
                .filteredOn(Finding::blocking)
                .extracting(Finding::code, Finding::file)
                .containsExactly(tuple("NOTE-005", path));
    }

    @Test
    void readsParagraphsAndLists() {
        assertThat(NoteText.read("Title\r\n\r\nOne\r\nparagraph\n \n- first\n- second\n\nmixed\n- not a list\n"))
                .isEqualTo(new NoteText(
                        "Title",
                        List.of(
                                new NoteText.Block(false, List.of("One paragraph")),
                                new NoteText.Block(true, List.of("first", "second")),
                                new NoteText.Block(false, List.of("mixed - not a list")))));
    }
}
