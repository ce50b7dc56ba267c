package org.jabr.releases;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import com.github.difflib.patch.DeltaType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jabr.releases.ReleaseDifference.Line;
import org.jabr.releases.ReleaseDifference.Mark;
import org.jabr.releases.ReleaseDifference.Piece;

/** Two texts line by line, and word by word where a line changed. What is far from any change is left out. */
final class TextDifference {

    private static final int AROUND = 3;
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}_]+|\\s+|.");

    private final List<String> before;
    private final List<String> after;
    private final List<Line> lines = new ArrayList<>();
    private int readBefore;
    private int readAfter;

    private TextDifference(String before, String after) {
        this.before = lines(before);
        this.after = lines(after);
    }

    static List<Line> between(String before, String after) {
        return new TextDifference(before, after).compare();
    }

    private List<Line> compare() {
        List<AbstractDelta<String>> deltas = DiffUtils.diff(before, after).getDeltas();
        for (int i = 0; i < deltas.size(); i++) {
            AbstractDelta<String> delta = deltas.get(i);
            same(delta.getSource().getPosition() - readBefore, i == 0, false);
            int pairs = Math.min(delta.getSource().size(), delta.getTarget().size());
            for (int at = 0; at < pairs; at++) {
                changed();
            }
            for (int at = pairs; at < delta.getSource().size(); at++) {
                lines.add(new Line(Mark.REMOVED, readBefore + 1, 0, whole(before.get(readBefore), true), List.of()));
                readBefore++;
            }
            for (int at = pairs; at < delta.getTarget().size(); at++) {
                lines.add(new Line(Mark.ADDED, 0, readAfter + 1, List.of(), whole(after.get(readAfter), true)));
                readAfter++;
            }
        }
        if (!deltas.isEmpty()) {
            same(before.size() - readBefore, false, true);
        }
        return lines;
    }

    private void same(int count, boolean first, boolean last) {
        int head = first ? 0 : AROUND;
        int tail = last ? 0 : AROUND;
        boolean skips = count > head + tail + 1;
        for (int at = 0; at < count; at++) {
            if (!skips || at < head || at >= count - tail) {
                List<Piece> text = whole(before.get(readBefore), false);
                lines.add(new Line(Mark.SAME, readBefore + 1, readAfter + 1, text, text));
            } else if (at == head) {
                lines.add(new Line(Mark.SKIPPED, 0, 0, List.of(), List.of()));
            }
            readBefore++;
            readAfter++;
        }
    }

    private void changed() {
        List<String> was = words(before.get(readBefore));
        List<String> is = words(after.get(readAfter));
        List<Piece> left = new ArrayList<>();
        List<Piece> right = new ArrayList<>();
        int fromLeft = 0;
        int fromRight = 0;
        for (AbstractDelta<String> delta : DiffUtils.diff(was, is).getDeltas()) {
            int untilLeft = delta.getSource().getPosition();
            int untilRight = delta.getTarget().getPosition();
            piece(left, was.subList(fromLeft, untilLeft), false);
            piece(right, is.subList(fromRight, untilRight), false);
            if (delta.getType() != DeltaType.INSERT) {
                piece(left, delta.getSource().getLines(), true);
            }
            if (delta.getType() != DeltaType.DELETE) {
                piece(right, delta.getTarget().getLines(), true);
            }
            fromLeft = untilLeft + delta.getSource().size();
            fromRight = untilRight + delta.getTarget().size();
        }
        piece(left, was.subList(fromLeft, was.size()), false);
        piece(right, is.subList(fromRight, is.size()), false);
        lines.add(new Line(Mark.CHANGED, ++readBefore, ++readAfter, left, right));
    }

    private static void piece(List<Piece> pieces, List<String> words, boolean marked) {
        if (!words.isEmpty()) {
            pieces.add(new Piece(String.join("", words), marked));
        }
    }

    private static List<Piece> whole(String line, boolean marked) {
        return line.isEmpty() ? List.of() : List.of(new Piece(line, marked));
    }

    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(line);
        while (word.find()) {
            words.add(word.group());
        }
        return words;
    }

    private static List<String> lines(String text) {
        return text.isEmpty() ? List.of() : Arrays.asList(text.split("\n", -1));
    }
}
