package org.jabr.rules.drools;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jabr.rules.Finding;

/**
 * How much a file of tables may ask of the machine. Nothing can stop an evaluation once it runs, so what could run long
 * or grow large is refused as it stands.
 */
final class DmnLimits {

    private static final int DECISIONS = 200;
    private static final int ROWS = 5000;
    private static final int COLUMNS = 60;
    private static final int LONGEST = 4000;
    private static final int WORDS = 1000;
    private static final int DEEPEST = 12;
    private static final long LARGEST = 100_000;
    private static final int FACT = 40;
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");
    private static final Pattern TOKEN =
            Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|[A-Za-z_][A-Za-z0-9_.]*|[0-9.]+|\\S");
    private static final Pattern POWER = Pattern.compile("\\*\\*\\s*+(?!(?:[0-9]|1[0-9]|20)(?![0-9.])\\s*+(?!\\*\\*))");
    private static final Pattern ROUNDED = Pattern.compile("decimal\\s*\\(");
    private static final Pattern PLACES = Pattern.compile("\\s*(?:[0-9]|1[0-9])\\s*");

    private final List<Finding> findings = new ArrayList<>();
    private final Map<String, DmnFile.Decision> byName = new HashMap<>();
    private final Map<String, Long> sizes = new HashMap<>();
    private final Set<String> open = new HashSet<>();

    private DmnLimits() {}

    static List<Finding> check(List<DmnFile> files) {
        DmnLimits limits = new DmnLimits();
        for (DmnFile file : files) {
            for (DmnFile.Decision decision : file.decisions()) {
                limits.byName.putIfAbsent(decision.name(), decision);
                decision.outputs().forEach(output -> limits.byName.putIfAbsent(output.name(), decision));
            }
        }
        files.forEach(limits::file);
        return limits.findings;
    }

    private void file(DmnFile file) {
        if (file.decisions().size() > DECISIONS) {
            found("RULE-027", file, "", file.decisions().size(), DECISIONS);
        }
        file.inputs().keySet().forEach(name -> name(file, "", name));
        for (DmnFile.Decision decision : file.decisions()) {
            name(file, decision.id(), decision.name());
            int columns = decision.inputs().size() + decision.outputs().size();
            if (decision.rows().size() > ROWS) {
                found("RULE-027", file, decision.id(), decision.rows().size(), ROWS);
            } else if (columns > COLUMNS) {
                found("RULE-027", file, decision.id(), columns, COLUMNS);
            } else {
                texts(file, decision);
            }
            long size = size(decision);
            if (size > LARGEST) {
                found("RULE-025", file, decision.id(), size, LARGEST);
            }
        }
    }

    /** A name is put before the engine's parser too; one that looks like an expression would be read as one. */
    private void name(DmnFile file, String place, String name) {
        if (!NAME.matcher(name).matches()) {
            found("RULE-009", file, place, name);
        }
    }

    private void texts(DmnFile file, DmnFile.Decision decision) {
        String expression = decision.expression();
        if (expression != null) {
            text(file, decision.id(), expression);
        }
        for (DmnFile.Column column : decision.inputs()) {
            text(file, decision.id(), column.name());
            values(file, decision, column);
        }
        decision.outputs().forEach(column -> values(file, decision, column));
        for (DmnFile.Row row : decision.rows()) {
            row.inputs().forEach(cell -> text(file, row.id(), cell));
            row.outputs().forEach(cell -> text(file, row.id(), cell));
        }
    }

    /** The values that a column allows are evaluated like any cell. */
    private void values(DmnFile file, DmnFile.Decision decision, DmnFile.Column column) {
        text(file, decision.id(), column.values());
        Cells.forbidden(column.values()).ifPresent(piece -> found("RULE-009", file, decision.id(), piece));
        Cells.names(column.values()).stream()
                .findFirst()
                .ifPresent(name -> found("RULE-009", file, decision.id(), name));
    }

    private void text(DmnFile file, String place, String text) {
        int depth = 0;
        int deepest = 0;
        int words = 0;
        int signs = 0;
        int branches = 0;
        Matcher token = TOKEN.matcher(text);
        while (token.find()) {
            String word = token.group();
            words++;
            signs = word.equals("-") ? signs + 1 : 0;
            branches += word.equals("if") ? 1 : 0;
            depth += "([{".contains(word) ? 1 : ")]}".contains(word) ? -1 : 0;
            deepest = Math.max(deepest, Math.max(depth, Math.max(branches, signs)));
        }
        if (text.length() > LONGEST || words > WORDS || deepest > DEEPEST) {
            found("RULE-029", file, place, text.substring(0, Math.min(40, text.length())), LONGEST, DEEPEST, WORDS);
        }
        if (POWER.matcher(text).find()) {
            found("RULE-009", file, place, "**");
        }
        if (endless(text)) {
            found("RULE-009", file, place, "decimal(");
        }
    }

    /** Whether a number could be asked for with more digits than the machine has room for. */
    private static boolean endless(String text) {
        Matcher call = ROUNDED.matcher(text);
        while (call.find()) {
            Optional<String> inner = inner(text, call.end());
            List<String> pieces = inner.map(Cells::pieces).orElse(List.of());
            if (pieces.size() != 2 || !PLACES.matcher(pieces.get(1)).matches()) {
                return true;
            }
        }
        return false;
    }

    private static Optional<String> inner(String text, int from) {
        int depth = 1;
        for (int i = from; i < text.length(); i++) {
            depth += text.charAt(i) == '(' ? 1 : text.charAt(i) == ')' ? -1 : 0;
            if (depth == 0) {
                return Optional.of(text.substring(from, i));
            }
        }
        return Optional.empty();
    }

    /** How long a text or how many digits a decision can answer with, if each result it uses is put in full. */
    private long size(DmnFile.Decision decision) {
        Long known = sizes.get(decision.id());
        if (known != null) {
            return known;
        }
        if (!open.add(decision.id())) {
            return LARGEST + 1;
        }
        String expression = decision.expression();
        long size = expression == null
                ? decision.rows().stream()
                        .flatMap(row -> row.outputs().stream())
                        .mapToLong(this::size)
                        .max()
                        .orElse(0)
                : size(expression);
        open.remove(decision.id());
        sizes.put(decision.id(), size);
        return size;
    }

    private long size(String text) {
        long size = text.length();
        for (String name : Cells.names(text)) {
            DmnFile.Decision used = byName.get(name);
            size += used == null ? FACT : size(used);
            if (size > LARGEST) {
                return LARGEST + 1;
            }
        }
        return size;
    }

    private void found(String code, DmnFile file, String place, Object... values) {
        findings.add(new Finding(code, true, file.path(), place, List.of(values)));
    }
}
