package org.jabr.rules.drools;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jabr.rules.Authorities;
import org.jabr.rules.Authority;
import org.jabr.rules.DecisionFailed;
import org.jabr.rules.Moment;
import org.jabr.rules.RemedyRow;
import org.jabr.rules.RuleRef;
import org.jabr.rules.Setting;
import org.jspecify.annotations.Nullable;

/** Reads what tables answered: remedies, settings, who must agree. */
final class TableAnswers {

    private TableAnswers() {}

    /** The authority table, asked about one remedy at a time. */
    static Authorities authorities(Moment moment, Situation situation, ReleaseTables tables) {
        DmnFile file = tables.fileOf(ReleaseTables.AUTHORITY)
                .orElseThrow(() -> new DecisionFailed(moment, ReleaseTables.AUTHORITY));
        return (remedy, remedyClass, statutory, amountPU, windowTotalPU) -> {
            Map<String, @Nullable Object> asked = new HashMap<>();
            asked.put("remedy", remedy);
            asked.put("class", remedyClass.name());
            asked.put("statutory", statutory);
            asked.put("amountPU", amountPU);
            asked.put("windowTotalPU", windowTotalPU);
            Map<String, @Nullable Object> all = new HashMap<>();
            for (String input : file.inputs().keySet()) {
                all.put(input, asked.containsKey(input) ? asked.get(input) : situation.value(input));
            }
            Tables.Answer answer = situation.ask(file, all);
            return strictest(moment, answer);
        };
    }

    private static Authorities.Named strictest(Moment moment, Tables.Answer answer) {
        List<RuleRef> ids = answer.rows(ReleaseTables.AUTHORITY);
        Authority strictest = null;
        List<RuleRef> because = new ArrayList<>();
        if (answer.result(ReleaseTables.AUTHORITY) instanceof List<?> names) {
            for (int i = 0; i < names.size(); i++) {
                Authority named = Authority.valueOf(String.valueOf(names.get(i)));
                if (strictest == null || named.compareTo(strictest) > 0) {
                    strictest = named;
                    because.clear();
                }
                if (named == strictest) {
                    because.add(ids.get(i));
                }
            }
        }
        if (strictest == null) {
            throw new DecisionFailed(moment, ReleaseTables.AUTHORITY + ": no row matches");
        }
        return new Authorities.Named(strictest, because);
    }

    static List<RemedyRow> remedies(DmnFile.Decision table, Tables.Answer answer) {
        List<RuleRef> ids = answer.rows(table.id());
        Object result = answer.result(table.id());
        List<?> results = result instanceof List<?> many ? many : result == null ? List.of() : List.of(result);
        List<RemedyRow> rows = new ArrayList<>();
        for (int i = 0; i < results.size(); i++) {
            Object one = results.get(i);
            Map<?, ?> outputs = one instanceof Map<?, ?> map ? map : Map.of("remedy", one);
            rows.add(new RemedyRow(
                    ids.get(i),
                    String.valueOf(outputs.get("remedy")),
                    (BigDecimal) outputs.get("percent"),
                    (BigDecimal) outputs.get("units"),
                    Boolean.TRUE.equals(outputs.get("floor")),
                    Boolean.TRUE.equals(outputs.get("statutory"))));
        }
        return rows;
    }

    static List<Setting> settings(DmnFile file, DmnFile.Decision decision, Tables.Answer answer) {
        List<RuleRef> because = file.tablesBehind(decision).stream()
                .flatMap(table -> answer.rows(table.id()).stream())
                .toList();
        Object result = answer.result(decision.id());
        if (!decision.isTable()) {
            return List.of(new Setting(decision.name(), plain(result), because));
        }
        return decision.outputs().stream()
                .map(output -> new Setting(
                        output.name(),
                        plain(result instanceof Map<?, ?> map ? map.get(output.name()) : result),
                        because))
                .toList();
    }

    /** A whole number as {@code Long}, any other number as it is. */
    static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof BigDecimal number) {
            BigDecimal stripped = number.stripTrailingZeros();
            return stripped.scale() <= 0 ? (Object) stripped.longValueExact() : number;
        }
        return value;
    }
}
