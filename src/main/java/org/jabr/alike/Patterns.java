package org.jabr.alike;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What somebody does more often, or less often, than all the others. */
final class Patterns {

    private final AlikePolicy policy;
    private final List<Alike.Pattern> raw = new ArrayList<>();

    Patterns(AlikePolicy policy) {
        this.policy = policy;
    }

    private record Some(int some, int of) {

        Some plus(boolean does) {
            return new Some(some + (does ? 1 : 0), of + 1);
        }
    }

    /** All of them, corrected together; those that stand out first. */
    List<Alike.Pattern> all(List<Compared> decisions, List<AlikeDeeds.Answer> answers, List<AlikeDeeds.Worked> worked) {
        SortedMap<String, Some> overrides = new TreeMap<>();
        worked.forEach(one -> overrides.put(one.login(), new Some(one.overrides(), one.cases())));
        compare(Alike.Doing.OVERRIDES, overrides);

        SortedMap<String, Some> top = new TreeMap<>();
        double near = policy.share("near-percent");
        decisions.stream().filter(one -> one.used() > 0).forEach(one -> count(top, one.by(), one.used() >= near));
        compare(Alike.Doing.TOP_OF_AUTHORITY, top);

        SortedMap<String, Some> quick = new TreeMap<>();
        Duration soon = Duration.ofMinutes(policy.whole("quick-minutes"));
        answers.stream()
                .filter(one -> !one.refused())
                .forEach(one -> count(
                        quick,
                        one.login(),
                        Duration.between(one.asked(), one.at()).compareTo(soon) <= 0));
        compare(Alike.Doing.QUICK_APPROVALS, quick);

        SortedMap<String, Some> refusals = new TreeMap<>();
        answers.forEach(one -> count(refusals, one.login(), one.refused()));
        compare(Alike.Doing.REFUSALS, refusals);
        return corrected();
    }

    private static void count(SortedMap<String, Some> counts, String login, boolean does) {
        counts.put(login, counts.getOrDefault(login, new Some(0, 0)).plus(does));
    }

    private void compare(Alike.Doing doing, SortedMap<String, Some> counts) {
        int some = counts.values().stream().mapToInt(Some::some).sum();
        int of = counts.values().stream().mapToInt(Some::of).sum();
        int smallest = policy.whole("smallest-person");
        counts.forEach((login, own) -> {
            int others = of - own.of();
            if (own.of() >= smallest && others >= smallest) {
                Shares.Interval interval = Shares.exact(own.some(), own.of(), policy.share("confidence"));
                double p = Shares.fisher(own.some(), own.of(), some - own.some(), others);
                raw.add(new Alike.Pattern(
                        login,
                        doing,
                        own.some(),
                        own.of(),
                        some - own.some(),
                        others,
                        100 * interval.low(),
                        100 * interval.high(),
                        p,
                        p,
                        false));
            }
        });
    }

    private List<Alike.Pattern> corrected() {
        double[] corrected =
                Shares.holm(raw.stream().mapToDouble(Alike.Pattern::p).toArray());
        List<Alike.Pattern> patterns = new ArrayList<>();
        for (int i = 0; i < corrected.length; i++) {
            Alike.Pattern one = raw.get(i);
            boolean stays = corrected[i] < 1 - policy.share("confidence");
            boolean far = Math.abs(one.percent() - one.othersPercent())
                    >= policy.number("unusual-points").doubleValue();
            patterns.add(new Alike.Pattern(
                    one.login(),
                    one.doing(),
                    one.some(),
                    one.of(),
                    one.othersSome(),
                    one.othersOf(),
                    one.low(),
                    one.high(),
                    one.p(),
                    corrected[i],
                    stays && far));
        }
        patterns.sort(Comparator.comparing(Alike.Pattern::finding)
                .reversed()
                .thenComparingDouble(Alike.Pattern::corrected)
                .thenComparingDouble(Alike.Pattern::p)
                .thenComparing(Alike.Pattern::doing)
                .thenComparing(Alike.Pattern::login));
        return patterns;
    }
}
