package org.jabr.web.studio;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jabr.cases.PastDecisions;
import org.jabr.replay.Backtest;
import org.jabr.replay.BacktestSums;
import org.jabr.replay.BacktestSums.By;
import org.jabr.replay.BacktestSums.Side;
import org.jabr.replay.Compared;
import org.jabr.rules.Money;
import org.jabr.rules.RuleRef;
import org.jabr.rules.RuleWords;
import org.jabr.web.Reader;
import org.jabr.web.desk.ReleaseWords;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Puts what a backtest found into words and figures for its reader. */
@Component
class BacktestReading {

    private static final int HITS_SHOWN = 40;

    private final ReleaseWords words;
    private final Reader reader;
    private final MessageSource messages;
    private final PastDecisions past;

    BacktestReading(ReleaseWords words, Reader reader, MessageSource messages, PastDecisions past) {
        this.past = past;
        this.words = words;
        this.reader = reader;
        this.messages = messages;
    }

    /**
     * One line of money: before and after, as amounts and as lengths of bars.
     *
     * @param difference with its sign; empty where there is none
     * @param tone good where customers get more, bad where they get less
     */
    record MoneyRow(
            String name,
            Money before,
            Money after,
            String difference,
            String tone,
            int beforeBar,
            int afterBar,
            long decisions,
            long changed) {}

    /** One remedy: how often before and after, and its money. */
    record MixRow(String name, String remedy, Side before, Side after, Money beforeMoney, Money afterMoney) {

        public boolean changed() {
            return !before.equals(after);
        }
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

    /** Everything in one currency. */
    List<MoneyRow> money(BacktestSums sums) {
        return sums.money().stream()
                .map(money -> row(
                        money.currency(),
                        money.currency(),
                        money.before(),
                        money.after(),
                        Math.max(money.before().minor(), money.after().minor()),
                        0,
                        0))
                .toList();
    }

    private record Place(String value, String currency) {}

    /** Money by tier, type, month or moment; one line for each value and currency. */
    List<MoneyRow> moneyBy(String release, BacktestSums sums, By by) {
        Map<Place, Side[]> places =
                new TreeMap<>(Comparator.comparing(Place::value).thenComparing(Place::currency));
        for (BacktestSums.Mix mix : sums.mixes()) {
            if (mix.by() == by) {
                Side[] sides = places.computeIfAbsent(
                        new Place(mix.value(), mix.currency()), place -> new Side[] {none(), none()});
                sides[0] = plus(sides[0], mix.before());
                sides[1] = plus(sides[1], mix.after());
            }
        }
        Map<String, Long> most = new TreeMap<>();
        places.forEach((place, sides) ->
                most.merge(place.currency(), Math.max(sides[0].minor(), sides[1].minor()), Math::max));
        List<MoneyRow> rows = new ArrayList<>();
        places.forEach((place, sides) -> {
            BacktestSums.Count count = sums.counts().stream()
                    .filter(one -> one.by() == by && one.value().equals(place.value()))
                    .findFirst()
                    .orElse(new BacktestSums.Count(by, place.value(), 0, 0, 0));
            rows.add(row(
                    named(release, by, place.value()),
                    place.currency(),
                    sides[0],
                    sides[1],
                    most.getOrDefault(place.currency(), 0L),
                    count.done(),
                    count.changed()));
        });
        return rows;
    }

    /** The remedies by tier, type, month, moment, or altogether. */
    List<MixRow> mixBy(String release, BacktestSums sums, By by) {
        return sums.mixes().stream()
                .filter(mix -> mix.by() == by)
                .sorted(Comparator.comparing(BacktestSums.Mix::value)
                        .thenComparing(BacktestSums.Mix::remedy)
                        .thenComparing(BacktestSums.Mix::currency))
                .map(mix -> new MixRow(
                        named(release, by, mix.value()),
                        words.word(release, mix.remedy()),
                        mix.before(),
                        mix.after(),
                        Money.ofMinor(mix.before().minor(), mix.currency()),
                        Money.ofMinor(mix.after().minor(), mix.currency())))
                .toList();
    }

    List<Times> verdicts(String release, BacktestSums sums) {
        return sums.verdicts().stream()
                .sorted(Comparator.comparing(BacktestSums.VerdictChange::times).reversed())
                .map(one -> new Times(
                        words.word(release, one.remedy()), verdict(one.was()), verdict(one.is()), one.times()))
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
                .map(one -> new Times(failure(one.code()), "", "", one.times()))
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
                        signed(reader.number(Math.abs(hits.after() - hits.before())), hits.after() - hits.before())))
                .toList();
    }

    List<ChangedRow> changes(String release, List<Backtest.Changed> changes) {
        return changes.stream()
                .map(change -> new ChangedRow(
                        change,
                        words.named(release, "moment.", change.moment()),
                        words.word(release, change.type()),
                        change.difference() == 0 ? "" : difference(change.difference(), change.currency()),
                        told(release, change)))
                .toList();
    }

    /** What is otherwise about one decision, a sentence each. */
    List<String> told(String release, Backtest.Changed change) {
        String failure = change.failure();
        if (failure != null) {
            return List.of(failure(failure));
        }
        return change.differences().stream()
                .map(one -> reader.words(
                        "backtest.change",
                        words.word(release, one.name()),
                        side(release, one.was()),
                        side(release, one.is())))
                .toList();
    }

    private String side(String release, Compared.@Nullable Side side) {
        if (side == null) {
            return reader.words("backtest.nothing");
        }
        if (side.verdict() == null) {
            return words.value(release, side.value());
        }
        StringBuilder told = new StringBuilder();
        Money money = side.money();
        if (money != null) {
            told.append(reader.money(money)).append(' ');
        }
        told.append(verdict(side.verdict()));
        if (side.authority() != null) {
            told.append(" (").append(words.word(release, side.authority())).append(')');
        }
        return told.toString();
    }

    private String failure(String code) {
        String known = messages.getMessage("problem." + code, null, "", reader.locale());
        return known == null || known.isEmpty() || known.contains("{") ? code : known + " (" + code + ")";
    }

    private String verdict(@Nullable String verdict) {
        return verdict == null ? reader.words("backtest.nothing") : reader.words("verdict." + verdict);
    }

    private String named(String release, By by, String value) {
        return switch (by) {
            case ALL -> "";
            case TIER -> {
                String known = messages.getMessage("tier." + value, null, "", reader.locale());
                yield known == null || known.isEmpty() ? words.word(release, value) : known;
            }
            case TYPE -> words.word(release, value);
            case MONTH -> value;
            case MOMENT -> words.named(release, "moment.", value);
        };
    }

    private MoneyRow row(
            String name, String currency, Side before, Side after, long most, long decisions, long changed) {
        long difference = after.minor() - before.minor();
        return new MoneyRow(
                name,
                Money.ofMinor(before.minor(), currency),
                Money.ofMinor(after.minor(), currency),
                difference == 0 ? "" : difference(difference, currency),
                difference == 0 ? "" : difference > 0 ? "good" : "bad",
                bar(before.minor(), most),
                bar(after.minor(), most),
                decisions,
                changed);
    }

    /** A length of at most 100; what is not nothing can be seen. */
    private static int bar(long minor, long most) {
        return most == 0 || minor <= 0 ? 0 : (int) Math.max(1, minor * 100 / most);
    }

    private String difference(long minor, String currency) {
        return signed(reader.money(Money.ofMinor(Math.abs(minor), currency)), minor);
    }

    private static String signed(String text, long sign) {
        // The mark keeps the sign at the left of the digits in Arabic too.
        return "\u200E" + (sign < 0 ? "−" : "+") + text;
    }

    private static Side none() {
        return new Side(0, 0, 0, 0, 0);
    }

    private static Side plus(Side one, Side other) {
        return new Side(
                one.granted() + other.granted(),
                one.grantedMinor() + other.grantedMinor(),
                one.asked() + other.asked(),
                one.askedMinor() + other.askedMinor(),
                one.refused() + other.refused());
    }
}
