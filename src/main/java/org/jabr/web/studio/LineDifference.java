package org.jabr.web.studio;

import com.github.difflib.text.DiffRow;
import com.github.difflib.text.DiffRowGenerator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Two texts line by line; what stays the same far from any change is left out. */
final class LineDifference {

    private static final int AROUND = 3;

    private LineDifference() {}

    /** What became of a line. */
    enum Mark {
        SAME,
        REMOVED,
        ADDED,
        CHANGED,
        /** Lines that stayed the same and are not shown. */
        SKIPPED
    }

    record Line(Mark mark, String before, String after) {}

    static List<Line> between(String before, String after) {
        List<Line> all = DiffRowGenerator.create()
                .showInlineDiffs(false)
                .lineNormalizer(line -> line)
                .build()
                .generateDiffRows(lines(before), lines(after))
                .stream()
                .map(row -> new Line(mark(row.getTag()), row.getOldLine(), row.getNewLine()))
                .toList();
        List<Line> shown = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            if (near(all, i)) {
                shown.add(all.get(i));
            } else if (shown.isEmpty() || shown.get(shown.size() - 1).mark() != Mark.SKIPPED) {
                shown.add(new Line(Mark.SKIPPED, "", ""));
            }
        }
        return shown;
    }

    private static boolean near(List<Line> all, int at) {
        for (int i = Math.max(0, at - AROUND); i <= Math.min(all.size() - 1, at + AROUND); i++) {
            if (all.get(i).mark() != Mark.SAME) {
                return true;
            }
        }
        return false;
    }

    private static List<String> lines(String text) {
        return text.isEmpty() ? List.of() : Arrays.asList(text.split("\n", -1));
    }

    private static Mark mark(DiffRow.Tag tag) {
        return switch (tag) {
            case EQUAL -> Mark.SAME;
            case DELETE -> Mark.REMOVED;
            case INSERT -> Mark.ADDED;
            case CHANGE -> Mark.CHANGED;
        };
    }
}
