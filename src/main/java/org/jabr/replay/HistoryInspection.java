package org.jabr.replay;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jabr.cases.PastDecisions;
import org.jabr.releases.Inspection;
import org.jabr.rules.CaseFacts;
import org.jabr.rules.Consulted;
import org.jabr.rules.DecisionFailed;
import org.jabr.rules.Finding;
import org.jabr.rules.Moment;
import org.jabr.rules.Problem;
import org.jabr.rules.Progress;
import org.jabr.rules.RuleRef;
import org.jabr.rules.RuleTrial;
import org.jabr.rules.Rulebook;
import org.jabr.rules.RulebookCompiler;
import org.jabr.rules.TableView;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * What the newest past decisions say about content: rules that none of them touches, and how often a table had no row
 * for a case or several where there should be one. Advice, which stops nobody.
 */
@Component
@Order(80)
class HistoryInspection implements Inspection {

    private static final int PAGE = 250;
    private static final String GUARDRAILS = "rules/guardrails.drl";

    /** Of the ways in which rows of one table meet, the most frequent ones are named. */
    private static final int OVERLAPS = 10;

    private final PastDecisions past;
    private final RuleTrial trial;
    private final RulebookCompiler compiler;
    private final int sample;

    HistoryInspection(
            PastDecisions past,
            RuleTrial trial,
            RulebookCompiler compiler,
            @Value("${jabr.inspections.history:5000}") int sample) {
        this.past = past;
        this.trial = trial;
        this.compiler = compiler;
        this.sample = sample;
    }

    @Override
    public String kind() {
        return "history";
    }

    @Override
    public boolean required() {
        return false;
    }

    @Override
    public List<Finding> inspect(SortedMap<String, String> files, Progress progress) {
        Seen seen = new Seen(trial.rulebook("try", files));
        look(seen, progress);
        return seen.decided + seen.failed == 0 ? List.of() : findings(seen, compiler.tables(files));
    }

    private void look(Seen seen, Progress progress) {
        long of = Math.min(sample, past.count(PastDecisions.Filter.ALL, past.newestId()));
        long before = Long.MAX_VALUE;
        long done = 0;
        while (done < of && !progress.cancelled()) {
            List<PastDecisions.Past> page = past.before(before, (int) Math.min(PAGE, of - done));
            if (page.isEmpty()) {
                return;
            }
            page.forEach(one -> seen.look(new Moment(one.moment()), past.facts(one)));
            before = page.get(page.size() - 1).id();
            done += page.size();
            progress.at(done, of);
        }
    }

    private record Table(String file, String id) {}

    /** What was seen so far. */
    private static final class Seen {

        private final Rulebook rulebook;
        private final Set<String> touched = new TreeSet<>();
        private final Map<Table, Long> empty = new LinkedHashMap<>();
        private final Map<Table, Map<List<String>, Long>> several = new LinkedHashMap<>();
        private long decided;
        private long failed;

        Seen(Rulebook rulebook) {
            this.rulebook = rulebook;
        }

        void look(Moment moment, CaseFacts facts) {
            try {
                rulebook.touched(moment, facts).forEach(rule -> touched.add(rule.id()));
                rulebook.consulted(moment, facts).forEach(this::look);
                decided++;
            } catch (DecisionFailed cannot) {
                failed++;
            } catch (Problem refused) {
                if (RuleTrial.NOT_TRIED.contains(refused.code())) {
                    throw refused;
                }
                failed++;
            }
        }

        private void look(Consulted table) {
            Table key = new Table(table.file(), table.table());
            if (table.matching().isEmpty()) {
                empty.merge(key, 1L, Long::sum);
            } else {
                // A row that matches was touched, also where the hit policy took another one; it is not dead.
                table.matching().forEach(rule -> touched.add(rule.id()));
            }
            if (table.matching().size() > 1) {
                several.computeIfAbsent(key, unknown -> new LinkedHashMap<>())
                        .merge(table.matching().stream().map(RuleRef::id).toList(), 1L, Long::sum);
            }
        }
    }

    private static List<Finding> findings(Seen seen, List<TableView> tables) {
        List<Finding> findings = new ArrayList<>();
        if (seen.failed > 0) {
            findings.add(new Finding("HIST-004", false, "rules", "", List.of(seen.failed, seen.decided + seen.failed)));
        }
        Map<String, String> fileOfRow = new TreeMap<>();
        tables.forEach(table -> table.rows().forEach(row -> fileOfRow.put(row.id(), table.file())));
        for (RuleRef rule : seen.rulebook.rules()) {
            if (!seen.touched.contains(rule.id())) {
                findings.add(new Finding(
                        "HIST-001",
                        false,
                        fileOfRow.getOrDefault(rule.id(), GUARDRAILS),
                        rule.id(),
                        List.of(rule.id(), seen.decided)));
            }
        }
        for (TableView table : tables) {
            Table key = new Table(table.file(), table.id());
            Long gaps = seen.empty.get(key);
            if (gaps != null) {
                findings.add(new Finding(
                        "HIST-002", false, table.file(), table.id(), List.of(table.id(), gaps, seen.decided)));
            }
            overlaps(table, seen.several.get(key), seen.decided, findings);
        }
        return findings;
    }

    /** Several rows are what a collecting table is for, and what the last row of a table read from the top is for. */
    private static void overlaps(
            TableView table, @Nullable Map<List<String>, Long> several, long decided, List<Finding> findings) {
        if (several == null || table.collects()) {
            return;
        }
        Set<String> anything = table.rows().stream()
                .filter(row -> table.hitPolicy().equals("FIRST") && alwaysMatches(table, row))
                .map(TableView.Row::id)
                .collect(Collectors.toSet());
        Map<List<String>, Long> told = new LinkedHashMap<>();
        several.forEach((rows, times) -> {
            List<String> meant =
                    rows.stream().filter(row -> !anything.contains(row)).toList();
            if (meant.size() > 1) {
                told.merge(meant, times, Long::sum);
            }
        });
        told.entrySet().stream()
                .sorted(Map.Entry.<List<String>, Long>comparingByValue().reversed())
                .limit(OVERLAPS)
                .forEach(one -> findings.add(new Finding(
                        "HIST-003",
                        false,
                        table.file(),
                        one.getKey().get(0),
                        List.of(table.id(), String.join(", ", one.getKey()), one.getValue(), decided))));
    }

    private static boolean alwaysMatches(TableView table, TableView.Row row) {
        for (int i = 0; i < table.columns().size(); i++) {
            if (!table.columns().get(i).output() && !row.cells().get(i).equals("-")) {
                return false;
            }
        }
        return true;
    }
}
