package org.jabr.alike;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Cases with the same permitted reasons that came out otherwise: of each group the one that got least and the one that got
 * most. First those whose reasons are the same to the value, then those in the same bands; first under one release.
 */
final class TwinSearch {

    private final AlikePolicy policy;
    private final List<Compared> decisions;

    TwinSearch(AlikePolicy policy, List<Compared> decisions) {
        this.policy = policy;
        this.decisions = decisions;
    }

    private record Pair(Compared less, Compared more) {

        boolean exact() {
            return less.exact().equals(more.exact());
        }

        boolean sameRelease() {
            return less.release().equals(more.release());
        }

        double difference() {
            return more.units() - less.units();
        }
    }

    List<Alike.Twins> all() {
        Set<List<Long>> seen = new HashSet<>();
        List<Pair> pairs = new ArrayList<>();
        add(pairs, seen, one -> one.release() + " " + one.exact());
        add(pairs, seen, Compared::exact);
        add(pairs, seen, one -> one.release() + " " + one.stratum());
        add(pairs, seen, Compared::stratum);
        return pairs.stream()
                .sorted(Comparator.comparing(Pair::sameRelease)
                        .thenComparing(Pair::exact)
                        .thenComparing(Pair::difference)
                        .reversed()
                        .thenComparing(pair -> pair.less().id()))
                .limit(policy.whole("listed"))
                .map(this::told)
                .toList();
    }

    private void add(List<Pair> pairs, Set<List<Long>> seen, Function<Compared, String> key) {
        Map<String, List<Compared>> groups = new LinkedHashMap<>();
        decisions.forEach(one ->
                groups.computeIfAbsent(key.apply(one), any -> new ArrayList<>()).add(one));
        Comparator<Compared> order = Comparator.comparingDouble(Compared::units)
                .thenComparing(one -> one.given().keySet().toString())
                .thenComparing(Compared::id);
        for (List<Compared> group : groups.values()) {
            Compared less = group.stream().min(order).orElseThrow();
            Compared more = group.stream().max(order).orElseThrow();
            if (differ(less, more) && seen.add(List.of(less.id(), more.id()))) {
                pairs.add(new Pair(less, more));
            }
        }
    }

    private boolean differ(Compared less, Compared more) {
        return !less.given().keySet().equals(more.given().keySet())
                || more.units() - less.units()
                                >= policy.number("smallest-units").doubleValue()
                        && more.units() > less.units();
    }

    private Alike.Twins told(Pair pair) {
        return new Alike.Twins(
                twin(pair.less()),
                twin(pair.more()),
                rounded(pair.difference()),
                pair.exact(),
                pair.sameRelease(),
                facts(pair.less().facts(), pair.more().facts()));
    }

    private static Alike.Twin twin(Compared one) {
        SortedMap<String, BigDecimal> given = new TreeMap<>();
        one.given().forEach((remedy, units) -> given.put(remedy, rounded(units)));
        return new Alike.Twin(one.id(), one.caseReference(), one.release(), one.at(), one.by(), given);
    }

    private List<Alike.FactPair> facts(SortedMap<String, Object> less, SortedMap<String, Object> more) {
        TreeSet<String> names = new TreeSet<>(less.keySet());
        names.addAll(more.keySet());
        return names.stream()
                .filter(name -> !Objects.equals(less.get(name), more.get(name)))
                .map(name -> new Alike.FactPair(
                        name,
                        less.getOrDefault(name, ""),
                        more.getOrDefault(name, ""),
                        policy.permitted().stream().anyMatch(one -> one.name().equals(name))))
                .toList();
    }

    private static BigDecimal rounded(double units) {
        return BigDecimal.valueOf(units).setScale(2, RoundingMode.HALF_EVEN);
    }
}
