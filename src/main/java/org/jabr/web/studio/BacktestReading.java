package org.jabr.web.studio;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jabr.cases.PastDecisions;
import org.jabr.replay.Backtest;
import org.jabr.replay.BacktestSums;
import org.jabr.rules.RuleRef;
import org.jabr.rules.RuleWords;
import org.jabr.web.Reader;
import org.jabr.web.desk.DifferenceWords;
import org.jabr.web.desk.ReleaseWords;
import org.springframework.stereotype.Component;

/** Puts what a backtest found into words and figures for its reader. */
@Component
class BacktestReading {

    private static final int HITS_SHOWN = 40;

    private final ReleaseWords words;
    private final Reader reader;
    private final DifferenceWords differences;
    private final PastDecisions past;
    private final BacktestFigures figures;

    BacktestReading(
            ReleaseWords words,
            Reader reader,
            DifferenceWords differences,
            PastDecisions past,
            BacktestFigures figures) {
        this.figures = figures;
        this.past = past;
        this.words = words;
        this.reader = reader;
        this.differences = differences;
    }

    /** Something that happened so often. */
    record Times(String what, String from, String to, long times) {}

    /** A rule that is named more or less often. */
    record HitRow(RuleWords words, long before, long after, String difference) {}

    /** A decision that comes out otherwise. */
    record ChangedRow(Backtest.Changed change, String moment, String type, String difference, List<String> told) {}

    /** The failure types that the release knows, by their words. */
    List<BacktestPages.Choice> types(String release) {
        return past.types().stream()
                .map(type -> new BacktestPages.Choice(type, words.word(release, type)))
                .sorted(Comparator.comparing(BacktestPages.Choice::word))
                .toList();
    }

    /** What a run was narrowed to. */
    String filter(String release, PastDecisions.Filter filter) {
        List<String> parts = new ArrayList<>();
        if (filter.moment() != null) {
            parts.add(words.named(release, "moment.", filter.moment()));
        }
        if (filter.type() != null) {
            parts.add(words.word(release, filter.type()));
        }
        if (filter.from() != null) {
            parts.add("≥ " + reader.day(filter.from().toInstant()));
        }
        if (filter.until() != null) {
            parts.add("< " + reader.day(filter.until().toInstant()));
        }
        return String.join(" · ", parts);
    }

    List<Times> verdicts(String release, BacktestSums sums) {
        return sums.verdicts().stream()
                .sorted(Comparator.comparing(BacktestSums.VerdictChange::times).reversed())
                .map(one -> new Times(
                        words.word(release, one.remedy()),
                        differences.verdict(one.was()),
                        differences.verdict(one.is()),
                        one.times()))
                .toList();
    }

    List<Times> settings(String release, BacktestSums sums) {
        return sums.settings().stream()
                .sorted(Comparator.comparing(BacktestSums.SettingChange::times).reversed())
                .map(one -> new Times(
                        words.named(release, "moment.", one.moment()) + " · " + words.word(release, one.setting()),
                        "",
                        "",
                        one.times()))
                .toList();
    }

    /** Why decisions failed, in words. */
    List<Times> failures(BacktestSums sums) {
        return sums.failures().stream()
                .map(one -> new Times(differences.failure(one.code()), "", "", one.times()))
                .toList();
    }

    /** The rules that are named more or less often, the greatest difference first. */
    List<HitRow> hits(String release, BacktestSums sums) {
        return sums.hits().stream()
                .filter(hits -> hits.before() != hits.after())
                .sorted(Comparator.comparing((BacktestSums.Hits hits) -> -Math.abs(hits.after() - hits.before()))
                        .thenComparing(BacktestSums.Hits::rule))
                .limit(HITS_SHOWN)
                .map(hits -> new HitRow(
                        words.rule(release, new RuleRef(hits.rule())),
                        hits.before(),
                        hits.after(),
                        BacktestFigures.signed(
                                reader.number(Math.abs(hits.after() - hits.before())), hits.after() - hits.before())))
                .toList();
    }

    List<ChangedRow> changes(String release, List<Backtest.Changed> changes) {
        return changes.stream()
                .map(change -> new ChangedRow(
                        change,
                        words.named(release, "moment.", change.moment()),
                        words.word(release, change.type()),
                        change.difference() == 0 ? "" : figures.difference(change.difference(), change.currency()),
                        told(release, change)))
                .toList();
    }

    /** What is otherwise about one decision, a sentence each. */
    List<String> told(String release, Backtest.Changed change) {
        String failure = change.failure();
        if (failure != null) {
            return List.of(differences.failure(failure));
        }
        return differences.told(change.differences(), release);
    }
}
