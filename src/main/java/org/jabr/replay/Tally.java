package org.jabr.replay;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jabr.cases.PastDecisions;
import org.jabr.replay.BacktestSums.By;
import org.jabr.replay.BacktestSums.Side;
import org.jabr.rules.Decision;
import org.jabr.rules.Money;
import org.jabr.rules.Outcome;
import org.jabr.rules.Verdict;
import org.jspecify.annotations.Nullable;

/** Adds up compared decisions. Not for several threads: each has its own, and they are merged. */
final class Tally {

    private record MixKey(By by, String value, String remedy, String currency) {}

    private record CountKey(By by, String value) {}

    private record VerdictKey(
            String remedy, @Nullable String was, @Nullable String is) {}

    private record SettingKey(String moment, String setting) {}

    /** Before: granted, its money, asked, its money, refused; then the same after. */
    private static final int SIDE = 5;

    private final Map<MixKey, long[]> mixes = new HashMap<>();
    private final Map<CountKey, long[]> counts = new HashMap<>();
    private final Map<VerdictKey, long[]> verdicts = new HashMap<>();
    private final Map<SettingKey, long[]> settings = new HashMap<>();
    private final Map<String, long[]> hits = new TreeMap<>();
    private final Map<String, long[]> failures = new TreeMap<>();
    private long otherReasons;

    static Tally of(BacktestSums sums) {
        Tally tally = new Tally();
        for (BacktestSums.Mix mix : sums.mixes()) {
            long[] numbers = at(tally.mixes, new MixKey(mix.by(), mix.value(), mix.remedy(), mix.currency()), 2 * SIDE);
            put(numbers, 0, mix.before());
            put(numbers, SIDE, mix.after());
        }
        sums.counts()
                .forEach(c -> tally.counts.put(
                        new CountKey(c.by(), c.value()), new long[] {c.done(), c.changed(), c.failed()}));
        sums.verdicts()
                .forEach(v -> tally.verdicts.put(new VerdictKey(v.remedy(), v.was(), v.is()), new long[] {v.times()}));
        sums.settings()
                .forEach(s -> tally.settings.put(new SettingKey(s.moment(), s.setting()), new long[] {s.times()}));
        sums.hits().forEach(h -> tally.hits.put(h.rule(), new long[] {h.before(), h.after()}));
        sums.failures().forEach(f -> tally.failures.put(f.code(), new long[] {f.times()}));
        tally.otherReasons = sums.otherReasons();
        return tally;
    }

    void add(PastDecisions.Past past, Compared compared) {
        boolean failed = compared.failure() != null;
        List<CountKey> places = List.of(
                new CountKey(By.ALL, ""),
                new CountKey(By.TIER, past.tier()),
                new CountKey(By.TYPE, past.type()),
                new CountKey(By.MONTH, past.asOf().toString().substring(0, "2026-01".length())),
                new CountKey(By.MOMENT, past.moment()));
        for (CountKey place : places) {
            long[] count = at(counts, place, 3);
            count[0]++;
            count[1] += compared.changed() ? 1 : 0;
            count[2] += failed ? 1 : 0;
        }
        mix(places, compared.before(), past.currency(), 0);
        hit(compared.before(), 0);
        Decision after = compared.after();
        if (after != null) {
            mix(places, after, past.currency(), SIDE);
            hit(after, 1);
        }
        if (compared.failure() != null) {
            at(failures, compared.failure(), 1)[0]++;
        }
        for (Compared.Difference difference : compared.differences()) {
            if (difference.setting()) {
                at(settings, new SettingKey(past.moment(), difference.name()), 1)[0]++;
            } else {
                String was = difference.was() == null ? null : difference.was().verdict();
                String is = difference.is() == null ? null : difference.is().verdict();
                if (was == null || !was.equals(is)) {
                    at(verdicts, new VerdictKey(difference.name(), was, is), 1)[0]++;
                }
            }
        }
        otherReasons += compared.otherReasons() ? 1 : 0;
    }

    private void mix(List<CountKey> places, Decision decision, String currency, int side) {
        for (Outcome outcome : decision.outcome()) {
            Money amount = outcome.amount();
            String in = amount == null ? currency : amount.currency();
            long minor = amount == null ? 0 : amount.minor();
            for (CountKey place : places) {
                long[] numbers = at(mixes, new MixKey(place.by(), place.value(), outcome.remedy(), in), 2 * SIDE);
                if (outcome.verdict() == Verdict.REFUSE) {
                    numbers[side + 4]++;
                } else {
                    int at = side + (outcome.verdict() == Verdict.GRANT ? 0 : 2);
                    numbers[at]++;
                    numbers[at + 1] += minor;
                }
            }
        }
    }

    private void hit(Decision decision, int side) {
        Set<String> named = new HashSet<>();
        decision.settings().forEach(s -> s.because().forEach(rule -> named.add(rule.id())));
        decision.proposals().forEach(p -> p.because().forEach(rule -> named.add(rule.id())));
        decision.objections().forEach(o -> named.add(o.rule().id()));
        decision.outcome().forEach(o -> o.because().forEach(rule -> named.add(rule.id())));
        named.forEach(rule -> at(hits, rule, 2)[side]++);
    }

    void merge(Tally other) {
        merge(mixes, other.mixes);
        merge(counts, other.counts);
        merge(verdicts, other.verdicts);
        merge(settings, other.settings);
        merge(hits, other.hits);
        merge(failures, other.failures);
        otherReasons += other.otherReasons;
    }

    BacktestSums sums() {
        return new BacktestSums(
                each(
                        mixes,
                        (k, n) -> new BacktestSums.Mix(
                                k.by(), k.value(), k.remedy(), k.currency(), side(n, 0), side(n, SIDE))),
                each(counts, (k, n) -> new BacktestSums.Count(k.by(), k.value(), n[0], n[1], n[2])),
                each(verdicts, (k, n) -> new BacktestSums.VerdictChange(k.remedy(), k.was(), k.is(), n[0])),
                each(settings, (k, n) -> new BacktestSums.SettingChange(k.moment(), k.setting(), n[0])),
                each(hits, (k, n) -> new BacktestSums.Hits(k, n[0], n[1])),
                each(failures, (k, n) -> new BacktestSums.Failures(k, n[0])),
                otherReasons);
    }

    private interface Row<K, R> {

        R of(K key, long[] numbers);
    }

    private static <K, R> List<R> each(Map<K, long[]> map, Row<K, R> row) {
        List<R> rows = new ArrayList<>(map.size());
        map.forEach((key, numbers) -> rows.add(row.of(key, numbers)));
        return rows;
    }

    private static <K> void merge(Map<K, long[]> into, Map<K, long[]> from) {
        from.forEach((key, numbers) -> {
            long[] sum = at(into, key, numbers.length);
            for (int i = 0; i < numbers.length; i++) {
                sum[i] += numbers[i];
            }
        });
    }

    private static <K> long[] at(Map<K, long[]> map, K key, int size) {
        return map.computeIfAbsent(key, unknown -> new long[size]);
    }

    private static void put(long[] numbers, int at, Side side) {
        numbers[at] = side.granted();
        numbers[at + 1] = side.grantedMinor();
        numbers[at + 2] = side.asked();
        numbers[at + 3] = side.askedMinor();
        numbers[at + 4] = side.refused();
    }

    private static Side side(long[] n, int at) {
        return new Side(n[at], n[at + 1], n[at + 2], n[at + 3], n[at + 4]);
    }
}
