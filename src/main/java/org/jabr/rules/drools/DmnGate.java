package org.jabr.rules.drools;

import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jabr.rules.FactField;
import org.jabr.rules.Finding;
import org.jabr.rules.Moment;
import org.jabr.rules.Problem;
import org.jabr.rules.Remedy;
import org.jabr.rules.Vocabulary;

/** Checks what the engine would accept and get wrong: names, types, blanks, ids, and what no table may do. */
final class DmnGate {

    private static final Set<String> HIT_POLICIES = Set.of("UNIQUE", "FIRST", "COLLECT", "ANY", "RULE ORDER");
    private static final Set<String> GATEWAYS =
            Set.of("REFUND", "CREDIT", "REPLACEMENT", "GIFT", "UPGRADE", "MESSAGE", "WORK_ITEM");
    private static final Set<String> ASKED =
            Set.of("remedy", "class", "statutory", "amountPU", "windowTotalPU", "factor", "answers", "moment");
    private static final Map<String, Set<String>> NEEDED = Map.of(
            ReleaseTables.CURRENCY, Set.of("factor", "digits"),
            ReleaseTables.FAILURE_TYPES, Set.of("category", "kind", "match", "points"),
            ReleaseTables.COMPLAINT_MAPPING, Set.of("type", "practicalImpact"),
            ReleaseTables.REMEDIES, Set.of("class", "gateway", "valued", "choosable", "counted"),
            ReleaseTables.AUTHORITY, Set.of("authority"));
    private static final Map<String, Set<String>> FIXED = Map.of(
            "authority", Set.of("RULES", "AGENT", "SUPERVISOR", "MANAGER"),
            "gateway", GATEWAYS,
            "valued", Set.of("AMOUNT", "LOSS", "NOTHING"),
            "class", Set.of("RESTITUTION", "GOODWILL", "CARE"));

    private final List<Finding> findings = new ArrayList<>();
    private final List<DmnFile> files;
    private final Map<String, Set<String>> values = new HashMap<>();
    private final Set<String> derived = new HashSet<>();

    DmnGate(List<DmnFile> files) {
        this.files = files;
        for (DmnFile file : files) {
            for (DmnFile.Decision decision : file.decisions()) {
                if (!file.isMoment()) {
                    derived.add(decision.name());
                    decision.outputs().forEach(output -> derived.add(output.name()));
                    for (DmnFile.Column output : decision.outputs()) {
                        collectValues(decision, output);
                    }
                }
                if (decision.id().equals(ReleaseTables.FAILURE_TYPES)
                        || decision.id().equals(ReleaseTables.REMEDIES)) {
                    Set<String> known = values.computeIfAbsent(
                            decision.inputs().isEmpty()
                                    ? ""
                                    : decision.inputs().get(0).name(),
                            name -> new HashSet<>());
                    decision.rows().stream()
                            .filter(row -> !row.inputs().isEmpty())
                            .forEach(row ->
                                    known.addAll(Literals.texts(row.inputs().get(0))));
                }
            }
        }
    }

    List<Finding> check() {
        Map<String, String> whereId = new HashMap<>();
        Set<String> tables = new HashSet<>();
        Set<String> models = new HashSet<>();
        for (DmnFile file : files) {
            if (file.isMoment()) {
                moment(file);
            }
            if (!models.add(file.namespace() + " " + file.name())) {
                block("RULE-014", file, "", file.name());
            }
            for (DmnFile.Decision decision : file.decisions()) {
                if (!tables.add(decision.id())) {
                    block("RULE-005", file, decision.id(), decision.id());
                }
                decision(file, decision, whereId);
            }
        }
        NEEDED.forEach((table, outputs) -> needed(table, outputs));
        return findings;
    }

    private void collectValues(DmnFile.Decision decision, DmnFile.Column output) {
        int place = decision.output(output.name());
        Set<String> known = values.computeIfAbsent(output.name(), name -> new HashSet<>());
        decision.rows().forEach(row -> {
            if (place < row.outputs().size()) {
                known.addAll(Literals.texts(row.outputs().get(place)));
            }
        });
    }

    private void moment(DmnFile file) {
        try {
            new Moment(file.stem());
        } catch (Problem badName) {
            block("RULE-015", file, "", file.stem());
        }
    }

    private void needed(String table, Set<String> outputs) {
        Optional<DmnFile> file =
                files.stream().filter(f -> f.decision(table).isPresent()).findFirst();
        if (file.isEmpty()) {
            findings.add(new Finding("RULE-011", true, "rules/tables/" + table + ".dmn", "", List.of(table)));
            return;
        }
        DmnFile.Decision decision = file.get().decision(table).orElseThrow();
        for (String output : outputs) {
            if (decision.output(output) < 0) {
                block("RULE-012", file.get(), table, output);
            }
        }
        if (table.equals(ReleaseTables.CURRENCY)) {
            decision.rows().forEach(row -> currency(file.get(), decision, row));
        }
        if (table.equals(ReleaseTables.REMEDIES)) {
            decision.rows().forEach(row -> {
                String name = ReleaseTables.text(decision, row, "class");
                if (List.of(Remedy.RemedyClass.values()).stream()
                        .noneMatch(c -> c.name().equals(name))) {
                    block("RULE-008", file.get(), row.id(), name, "class");
                }
            });
        }
    }

    /** Amounts are kept at the digits of ISO 4217, so a release cannot say otherwise. */
    private void currency(DmnFile file, DmnFile.Decision table, DmnFile.Row row) {
        for (String code : row.inputs().isEmpty()
                ? List.<String>of()
                : Literals.texts(row.inputs().get(0))) {
            boolean known = Currency.getAvailableCurrencies().stream()
                    .anyMatch(currency -> currency.getCurrencyCode().equals(code)
                            && String.valueOf(currency.getDefaultFractionDigits())
                                    .equals(ReleaseTables.text(table, row, "digits")));
            boolean positive = Literals.value(cell(table, row, "factor"))
                    .filter(value -> value instanceof java.math.BigDecimal factor && factor.signum() > 0)
                    .isPresent();
            if (!known || !positive) {
                block("RULE-016", file, row.id(), code);
            }
        }
    }

    private static String cell(DmnFile.Decision table, DmnFile.Row row, String output) {
        int place = table.output(output);
        return place < 0 || place >= row.outputs().size() ? "" : row.outputs().get(place);
    }

    private void decision(DmnFile file, DmnFile.Decision decision, Map<String, String> whereId) {
        if (!decision.variable().equals(decision.name())) {
            block("RULE-014", file, decision.id(), decision.name());
        }
        String expression = decision.expression();
        if (expression != null) {
            expression(file, decision, decision.id(), expression);
            return;
        }
        if (!HIT_POLICIES.contains(decision.hitPolicy())
                || (decision.collects() && decision.aggregation() == null && !decision.proposes() && file.isMoment())) {
            block("RULE-017", file, decision.id(), decision.hitPolicy());
        }
        if (decision.outputs().isEmpty()
                || decision.rows().isEmpty()
                || decision.inputs().isEmpty()) {
            block("RULE-012", file, decision.id(), decision.id());
        }
        decision.inputs().forEach(input -> column(file, decision, input));
        decision.outputs().stream()
                .filter(output -> output.name().isBlank() && decision.outputs().size() > 1)
                .forEach(output -> block("RULE-012", file, decision.id(), output.label()));
        for (int i = 0; i < decision.rows().size(); i++) {
            DmnFile.Row row = decision.rows().get(i);
            String place = row.id().isBlank() ? decision.id() + " " + (i + 1) : row.id();
            if (row.id().isBlank()) {
                block("RULE-004", file, place, i + 1);
            } else {
                String elsewhere = whereId.putIfAbsent(row.id(), decision.id());
                if (elsewhere != null) {
                    block("RULE-005", file, place, row.id());
                }
            }
            row(file, decision, row, place);
        }
    }

    private void column(DmnFile file, DmnFile.Decision decision, DmnFile.Column input) {
        Cells.forbidden(input.name()).ifPresent(piece -> block("RULE-009", file, decision.id(), piece));
        for (String name : Cells.names(input.name())) {
            String root = name.startsWith(ReleaseTables.ANSWERS) ? "answers" : name;
            if (!known(root, file)) {
                block("RULE-006", file, decision.id(), name);
            } else if (!decision.reads().contains(root)
                    && file.decisions().stream()
                            .noneMatch(other -> other.name().equals(root)
                                    && decision.needs().contains(other.id()))) {
                block("RULE-013", file, decision.id(), root);
            }
        }
        FactField field = Vocabulary.field(input.name());
        if (input.type().isEmpty()
                || (field != null
                        && !field.tableType().equals(input.type())
                        && !input.type().equals("date"))) {
            block("RULE-018", file, decision.id(), input.name());
        }
    }

    private void row(DmnFile file, DmnFile.Decision decision, DmnFile.Row row, String place) {
        if (row.inputs().size() != decision.inputs().size()
                || row.outputs().size() != decision.outputs().size()) {
            block("RULE-007", file, place, decision.id());
            return;
        }
        for (int i = 0; i < row.inputs().size(); i++) {
            String cell = row.inputs().get(i);
            DmnFile.Column column = decision.inputs().get(i);
            if (cell.isBlank()) {
                block("RULE-007", file, place, column.name());
                continue;
            }
            Optional<String> forbidden = cell.equals("-") ? Optional.empty() : Cells.forbidden(cell);
            if (forbidden.isPresent()) {
                block("RULE-009", file, place, forbidden.get());
            } else {
                Cells.unfitting(cell, column.type(), text -> knownText(column.name(), column.values(), text))
                        .ifPresent(piece -> block("RULE-008", file, place, piece, column.name()));
                names(file, decision, place, cell.equals("-") ? "" : cell);
            }
        }
        for (int i = 0; i < row.outputs().size(); i++) {
            output(
                    file,
                    decision,
                    place,
                    row.outputs().get(i),
                    decision.outputs().get(i));
        }
    }

    private void output(DmnFile file, DmnFile.Decision decision, String place, String cell, DmnFile.Column column) {
        if (cell.isBlank() || cell.equals("-")) {
            block("RULE-007", file, place, column.name());
            return;
        }
        Optional<Object> literal = Literals.value(cell);
        if (literal.isEmpty()) {
            expression(file, decision, place, cell);
            return;
        }
        Object value = literal.get();
        boolean typed = column.type().isEmpty()
                || !Set.of("string", "number", "boolean").contains(column.type())
                || column.type().equals(Cells.typeOf(value));
        boolean known = !(value instanceof String text)
                || (fixed(column.name(), text) && knownText(outputName(column), column.values(), text));
        if (!typed || !known) {
            block("RULE-008", file, place, cell, column.name());
        }
    }

    private static boolean fixed(String output, String text) {
        Set<String> allowed = FIXED.get(output);
        return allowed == null || allowed.contains(text);
    }

    /** Only what an output shares with the vocabulary is compared with it; other settings are free. */
    private static String outputName(DmnFile.Column column) {
        return Set.of("type", "practicalImpact", "remedy").contains(column.name()) ? column.name() : "";
    }

    private void expression(DmnFile file, DmnFile.Decision decision, String place, String text) {
        Optional<String> forbidden = text.isBlank() ? Optional.of("") : Cells.forbidden(text);
        if (forbidden.isPresent()) {
            block("RULE-009", file, place, forbidden.get());
        } else {
            names(file, decision, place, text);
        }
    }

    private void names(DmnFile file, DmnFile.Decision decision, String place, String text) {
        for (String name : Cells.names(text)) {
            String root = name.startsWith(ReleaseTables.ANSWERS) ? "answers" : name;
            boolean needed = decision.reads().contains(root)
                    || file.decisions().stream()
                            .anyMatch(other -> other.name().equals(root)
                                    && decision.needs().contains(other.id()));
            if (!needed) {
                block(known(root, file) ? "RULE-013" : "RULE-006", file, place, name);
            }
        }
    }

    private boolean known(String name, DmnFile file) {
        FactField field = Vocabulary.field(name);
        return (field != null && !field.tableType().isEmpty())
                || derived.contains(name)
                || ASKED.contains(name)
                || file.decisions().stream()
                        .anyMatch(decision -> decision.name().equals(name));
    }

    private boolean knownText(String column, String allowed, String text) {
        List<String> stated = Literals.texts(allowed);
        if (!stated.isEmpty()) {
            return stated.contains(text);
        }
        FactField field = Vocabulary.field(column);
        if (field != null && field.type() == FactField.Type.CODE) {
            return field.values().contains(text);
        }
        if (column.equals("remedy") && text.equals("NONE")) {
            return true;
        }
        return !Set.of("type", "remedy", "category", "kind", "match").contains(column)
                || values.getOrDefault(column, Set.of()).contains(text);
    }

    private void block(String code, DmnFile file, String place, Object... named) {
        findings.add(new Finding(code, true, file.path(), place, List.of(named)));
    }
}
