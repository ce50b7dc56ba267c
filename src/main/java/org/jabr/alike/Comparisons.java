package org.jabr.alike;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Every value of what must not make a difference against all the others, within strata of what may. */
final class Comparisons {

    private static final double POINTS = 100;

    private final AlikePolicy policy;
    private final List<Compared> decisions;
    private int rare;

    Comparisons(AlikePolicy policy, List<Compared> decisions) {
        this.policy = policy;
        this.decisions = decisions;
    }

    /** How many values occur too rarely to be compared. */
    int rare() {
        return rare;
    }

    /** All of them, corrected together; those that found something first, then by how unlikely they are. */
    List<Alike.Comparison> all() {
        List<Alike.Comparison> raw = new ArrayList<>();
        for (AlikePolicy.Trait suspect : policy.suspects()) {
            List<String> values = values(suspect.name());
            // Of two values one comparison says all that there is to say.
            for (String value : values.size() == 2 ? values.subList(0, 1) : values) {
                List<Alike.Comparison> both = compare(suspect.name(), value);
                raw.addAll(both);
                rare += both.isEmpty() && values.size() > 1 ? 1 : 0;
            }
        }
        double[] corrected =
                Shares.holm(raw.stream().mapToDouble(Alike.Comparison::p).toArray());
        List<Alike.Comparison> tests = new ArrayList<>();
        for (int i = 0; i < corrected.length; i++) {
            tests.add(judged(raw.get(i), corrected[i]));
        }
        tests.sort(Comparator.comparing(Alike.Comparison::finding)
                .reversed()
                .thenComparingDouble(Alike.Comparison::corrected)
                .thenComparingDouble(Alike.Comparison::p)
                .thenComparing(Alike.Comparison::suspect)
                .thenComparing(Alike.Comparison::value)
                .thenComparing(Alike.Comparison::outcome));
        return tests;
    }

    /** The most frequent first. */
    private List<String> values(String suspect) {
        SortedMap<String, Integer> counts = new TreeMap<>();
        decisions.forEach(one -> counts.merge(String.valueOf(one.suspects().get(suspect)), 1, Integer::sum));
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .map(Map.Entry::getKey)
                .toList();
    }

    private List<Alike.Comparison> compare(String suspect, String value) {
        Map<String, Stratum.Count> shares = new HashMap<>();
        Map<String, Stratum.Count> amounts = new HashMap<>();
        for (Compared one : decisions) {
            boolean has = value.equals(one.suspects().get(suspect));
            shares.computeIfAbsent(one.stratum(), key -> new Stratum.Count()).add(has, one.granted() ? 1 : 0);
            amounts.computeIfAbsent(one.stratum(), key -> new Stratum.Count()).add(has, one.units());
        }
        double confidence = policy.share("confidence");
        List<Alike.Comparison> tests = new ArrayList<>();
        List<Stratum> granted = strata(shares);
        add(tests, suspect, value, Alike.Outcome.GRANTED, granted, Stratified.shares(granted, confidence), POINTS);
        List<Stratum> given = strata(amounts);
        add(tests, suspect, value, Alike.Outcome.AMOUNT, given, Stratified.means(given, confidence), 1);
        return tests;
    }

    private static List<Stratum> strata(Map<String, Stratum.Count> counts) {
        return counts.values().stream().map(Stratum.Count::stratum).toList();
    }

    private void add(
            List<Alike.Comparison> tests,
            String suspect,
            String value,
            Alike.Outcome outcome,
            List<Stratum> strata,
            Optional<Stratified.Estimate> estimate,
            double scale) {
        List<Stratum> says = strata.stream().filter(Stratum::says).toList();
        long with = says.stream().mapToLong(Stratum::with).sum();
        long without = says.stream().mapToLong(Stratum::without).sum();
        if (estimate.isEmpty() || Math.min(with, without) < policy.whole("smallest-group")) {
            return;
        }
        long all = strata.stream().mapToLong(Stratum::size).sum();
        Stratified.Estimate found = estimate.get();
        tests.add(new Alike.Comparison(
                suspect,
                value,
                outcome,
                with,
                without,
                says.size(),
                all - with - without,
                scale * says.stream().mapToDouble(Stratum::withSum).sum() / with,
                scale * says.stream().mapToDouble(Stratum::withoutSum).sum() / without,
                scale * found.difference(),
                scale * found.low(),
                scale * found.high(),
                found.p(),
                found.p(),
                false));
    }

    private Alike.Comparison judged(Alike.Comparison one, double corrected) {
        double matters = policy.number(one.outcome() == Alike.Outcome.GRANTED ? "smallest-points" : "smallest-units")
                .doubleValue();
        return new Alike.Comparison(
                one.suspect(),
                one.value(),
                one.outcome(),
                one.with(),
                one.without(),
                one.strata(),
                one.silent(),
                one.shareWith(),
                one.shareWithout(),
                one.difference(),
                one.low(),
                one.high(),
                one.p(),
                corrected,
                corrected < 1 - policy.share("confidence") && Math.abs(one.difference()) >= matters);
    }
}
