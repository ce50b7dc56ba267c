package org.jabr.releases;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jabr.releases.ReleaseDifference.Cell;
import org.jabr.releases.ReleaseDifference.FileDifference;
import org.jabr.releases.ReleaseDifference.Line;
import org.jabr.releases.ReleaseDifference.Mark;
import org.jabr.releases.ReleaseDifference.Piece;
import org.jabr.releases.ReleaseDifference.Row;
import org.jabr.releases.ReleaseDifference.Shape;
import org.jabr.releases.ReleaseDifference.TableDifference;
import org.jabr.testing.RealRules;
import org.junit.jupiter.api.Test;

class ReleaseComparisonTests {

    /** The engine's own reading of tables, on the default release. */
    private static final ReleaseComparison COMPARISON = new ReleaseComparison(RealRules.compiler());

    private static String file(String path) {
        try {
            return Files.readString(Path.of(path));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static FileDifference difference(String path, String before, String after) {
        ReleaseDifference difference = COMPARISON.between(files(path, before), files(path, after));
        assertThat(difference.files()).hasSize(1);
        return difference.files().get(0);
    }

    private static SortedMap<String, String> files(String path, String content) {
        return new TreeMap<>(content == null ? Map.of() : Map.of(path, content));
    }

    private static String replaced(String text, String what, String by) {
        assertThat(text).contains(what);
        return text.replaceFirst(java.util.regex.Pattern.quote(what), java.util.regex.Matcher.quoteReplacement(by));
    }

    @Test
    void namesNothingWhereNothingDiffers() {
        assertThat(COMPARISON
                        .between(files("rules/words.csv", "a,b\n"), files("rules/words.csv", "a,b\n"))
                        .nothing())
                .isTrue();
    }

    @Test
    void namesTheCellOfARowThatChanged() {
        String before = file("rules/tables/lifetime-value.dmn");
        String after = replaced(before, "<text>0.60</text>", "<text>0.70</text>");
        FileDifference file = difference("rules/tables/lifetime-value.dmn", before, after);
        assertThat(file.shape()).isEqualTo(Shape.TABLES);
        assertThat(file.tables()).singleElement().satisfies(table -> {
            assertThat(table.mark()).isEqualTo(Mark.CHANGED);
            assertThat(table.hitPolicy().changed()).isFalse();
            assertThat(table.rows()).singleElement().satisfies(row -> {
                assertThat(row.mark()).isEqualTo(Mark.CHANGED);
                assertThat(row.cells().stream().filter(Cell::changed))
                        .containsExactly(new Cell("retention", "0.60", "0.70"));
            });
        });
    }

    @Test
    void namesRowsThatAreNewGoneAndMovedInATable() {
        String before = file("rules/satisfaction.dmn");
        List<String> rows = rows(before);
        String moved = before.replace(rows.get(0), "").replace(rows.get(1), rows.get(1) + rows.get(0));
        TableDifference order =
                difference("rules/satisfaction.dmn", before, moved).tables().get(0);
        assertThat(order.rows()).singleElement().extracting(Row::mark).isEqualTo(Mark.MOVED);
        assertThat(order.same()).isPositive();

        String gone = before.replace(rows.get(0), "");
        assertThat(difference("rules/satisfaction.dmn", before, gone)
                        .tables()
                        .get(0)
                        .rows())
                .extracting(Row::mark)
                .containsExactly(Mark.REMOVED);
        assertThat(difference("rules/satisfaction.dmn", gone, before)
                        .tables()
                        .get(0)
                        .rows())
                .extracting(Row::mark)
                .containsExactly(Mark.ADDED);
    }

    private static List<String> rows(String dmn) {
        return java.util.regex.Pattern.compile("(?s)<(?:dmn:)?rule .*?</(?:dmn:)?rule>")
                .matcher(dmn)
                .results()
                .map(java.util.regex.MatchResult::group)
                .toList();
    }

    @Test
    void saysThatAHitPolicyChanged() {
        String before = file("rules/tables/failure-types.dmn");
        String after = replaced(before, "hitPolicy=\"UNIQUE\"", "hitPolicy=\"FIRST\"");
        assertThat(difference("rules/tables/failure-types.dmn", before, after).tables())
                .singleElement()
                .extracting(TableDifference::hitPolicy)
                .isEqualTo(new Cell("", "UNIQUE", "FIRST"));
    }

    @Test
    void showsATableThatCannotBeReadAsText() {
        FileDifference file = difference("rules/resolve.dmn", file("rules/resolve.dmn"), "<broken");
        assertThat(file.shape()).isEqualTo(Shape.TEXT);
        assertThat(file.lines()).isNotEmpty();
    }

    @Test
    void comparesScenariosByTheirId() {
        String before = "id,title,moment,given,expected,because\na,First,resolve,,X,r\nb,Second,resolve,,Y,r\n";
        String after =
                "id,title,moment,given,expected,because\nb,\"Second, renamed\",resolve,,Y,r\na,First,resolve,,X,r\nc,Third,resolve,,Z,r\n";
        FileDifference file = difference("rules/scenarios/x.csv", before, after);
        assertThat(file.shape()).isEqualTo(Shape.LIST);
        assertThat(file.tables().get(0).rows())
                .extracting(Row::id, Row::mark)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("b", Mark.CHANGED),
                        org.assertj.core.groups.Tuple.tuple("c", Mark.ADDED));
    }

    @Test
    void comparesFormsByTheirFields() {
        String before =
                "{\"components\":[{\"id\":\"F1\",\"key\":\"note\",\"type\":\"textfield\",\"label\":\"Note\"},{\"id\":\"F2\",\"key\":\"day\",\"type\":\"datetime\"}]}";
        String after =
                "{\"components\":[{\"id\":\"F9\",\"key\":\"note\",\"type\":\"textfield\",\"label\":\"Note\",\"validate\":{\"required\":true}}]}";
        FileDifference file = difference("processes/forms/x.form", before, after);
        assertThat(file.shape()).isEqualTo(Shape.FORM);
        assertThat(file.tables().get(0).rows())
                .extracting(Row::id, Row::mark)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("note", Mark.CHANGED),
                        org.assertj.core.groups.Tuple.tuple("day", Mark.REMOVED));
        assertThat(file.tables().get(0).rows().get(0).cells().stream().filter(Cell::changed))
                .containsExactly(new Cell("validate.required", null, "true"));
    }

    @Test
    void comparesDiagramsByTheirElements() {
        String before = file("processes/service-recovery.bpmn");
        String renamed = replaced(before, " name=\"Send receipt\"", " name=\"Send a receipt\"");
        FileDifference file = difference("processes/service-recovery.bpmn", before, renamed);
        assertThat(file.shape()).isEqualTo(Shape.DIAGRAM);
        assertThat(file.tables().get(0).rows()).singleElement().satisfies(row -> {
            assertThat(row.mark()).isEqualTo(Mark.CHANGED);
            assertThat(row.cells().stream().filter(Cell::changed))
                    .containsExactly(new Cell("name", "Send receipt", "Send a receipt"));
        });
    }

    @Test
    void tellsAnElementThatOnlyMovedFromOneThatChanged() {
        String before = file("processes/service-recovery.bpmn");
        java.util.regex.Matcher bounds =
                java.util.regex.Pattern.compile("<dc:Bounds x=\"(\\d+)\"").matcher(before);
        assertThat(bounds.find()).isTrue();
        String after = replaced(before, bounds.group(), "<dc:Bounds x=\"7\"");
        assertThat(difference("processes/service-recovery.bpmn", before, after)
                        .tables()
                        .get(0)
                        .rows())
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.mark()).isEqualTo(Mark.MOVED));
    }

    @Test
    void marksTheWordsOfALineThatChangedAndLeavesOutWhatIsFar() {
        String before = "1\n2\n3\n4\n5\n6\n7\n8\n9\nDear {customer}, wait.\nEnd";
        String after = "1\n2\n3\n4\n5\n6\n7\n8\n9\nDear {customer}, come.\nEnd\nP.S.";
        List<Line> lines =
                difference("processes/letters/x.en.txt", before, after).lines();
        assertThat(lines)
                .extracting(Line::mark)
                .containsExactly(Mark.SKIPPED, Mark.SAME, Mark.SAME, Mark.SAME, Mark.CHANGED, Mark.SAME, Mark.ADDED);
        Line changed = lines.get(4);
        assertThat(changed.beforeNumber()).isEqualTo(10);
        assertThat(changed.before()).contains(new Piece("wait", true), new Piece(".", false));
        assertThat(changed.after()).contains(new Piece("come", true));
        assertThat(lines.get(6).afterNumber()).isEqualTo(12);
    }

    @Test
    void showsAFileThatIsNewWithAllItHolds() {
        FileDifference file = difference("rules/scenarios/new.csv", null, "id,title\na,First\n");
        assertThat(file.mark()).isEqualTo(Mark.ADDED);
        assertThat(file.tables().get(0).rows()).extracting(Row::mark).containsExactly(Mark.ADDED);
        FileDifference letter = difference("processes/letters/x.en.txt", "Gone", null);
        assertThat(letter.mark()).isEqualTo(Mark.REMOVED);
        assertThat(letter.lines()).extracting(Line::mark).containsExactly(Mark.REMOVED);
    }
}
