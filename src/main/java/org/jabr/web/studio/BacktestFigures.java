package org.jabr.web.studio;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jabr.replay.BacktestSums;
import org.jabr.replay.BacktestSums.By;
import org.jabr.replay.BacktestSums.Side;
import org.jabr.rules.Money;
import org.jabr.web.Reader;
import org.jabr.web.desk.ReleaseWords;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** The money and the remedies of a backtest as lines of tables and lengths of bars. */
@Component
class BacktestFigures {

    private final ReleaseWords words;
    private final Reader reader;
    private final MessageSource messages;

    BacktestFigures(ReleaseWords words, Reader reader, MessageSource messages) {
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

    String difference(long minor, String currency) {
        return signed(reader.money(Money.ofMinor(Math.abs(minor), currency)), minor);
    }

    static String signed(String text, long sign) {
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
