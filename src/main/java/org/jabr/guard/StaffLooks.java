package org.jabr.guard;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jabr.cases.Calendars;
import org.springframework.stereotype.Component;

/** Looks at how those who work here give: each person by what they and others did, never by whom they work for. */
@Component
class StaffLooks {

    /** How many windows of one's own past are compared with. */
    private static final int PAST = 12;

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final Grants grants;
    private final Calendars calendars;

    StaffLooks(Grants grants, Calendars calendars) {
        this.grants = grants;
        this.calendars = calendars;
    }

    /** Several amounts just below the limit to one customer, together above it. */
    List<Seen> splits(Window window) {
        List<Seen> seen = new ArrayList<>();
        by(grants.given(window), one -> one.giver() + "/" + one.customer()).forEach((key, all) -> {
            List<Grants.Given> near =
                    all.stream().filter(one -> belowLimit(one, window)).toList();
            long times = near.stream().mapToLong(Grants.Given::times).sum();
            BigDecimal units = sum(near, window);
            if (times >= window.row().atLeast() && units.compareTo(window.row().units()) > 0) {
                Grants.Given first = near.get(0);
                seen.add(ofGiver(
                        window,
                        "agent/" + key,
                        first.giver(),
                        List.of(first.customer()),
                        BigDecimal.valueOf(times),
                        Map.of("grants", BigDecimal.valueOf(times), "units", units)));
            }
        });
        return seen;
    }

    /** Much of what somebody gives lies just below the limit. */
    List<Seen> nearLimits(Window window) {
        List<Seen> seen = new ArrayList<>();
        by(grants.given(window), Grants.Given::giver).forEach((giver, all) -> {
            long times = all.stream().mapToLong(Grants.Given::times).sum();
            long near = all.stream()
                    .filter(one -> belowLimit(one, window))
                    .mapToLong(Grants.Given::times)
                    .sum();
            BigDecimal percent = CustomerLooks.percent(near, times);
            if (times >= window.row().atLeast()
                    && percent.compareTo(window.row().percent()) >= 0) {
                seen.add(ofGiver(
                        window,
                        "agent/" + giver,
                        giver,
                        List.of(),
                        percent,
                        Map.of("percent", percent, "grants", BigDecimal.valueOf(times))));
            }
        });
        return seen;
    }

    private static boolean belowLimit(Grants.Given one, Window window) {
        BigDecimal limit = window.row().units();
        BigDecimal units = window.units(one.minor(), one.currency());
        BigDecimal near = limit.multiply(window.row().nearPercent()).divide(HUNDRED);
        return units.compareTo(near) >= 0 && units.compareTo(limit) <= 0;
    }

    /** Much of what somebody gives goes to one customer. */
    List<Seen> oneCustomer(Window window) {
        List<Seen> seen = new ArrayList<>();
        by(grants.given(window), Grants.Given::giver).forEach((giver, all) -> {
            long whole = all.stream().mapToLong(Grants.Given::times).sum();
            Map<Long, Long> each = all.stream()
                    .collect(Collectors.groupingBy(
                            Grants.Given::customer, TreeMap::new, Collectors.summingLong(Grants.Given::times)));
            each.forEach((customer, times) -> {
                BigDecimal percent = CustomerLooks.percent(times, whole);
                if (times >= window.row().atLeast()
                        && percent.compareTo(window.row().percent()) >= 0) {
                    seen.add(ofGiver(
                            window,
                            "agent/" + giver + "/" + customer,
                            giver,
                            List.of(customer),
                            percent,
                            Map.of("percent", percent, "grants", BigDecimal.valueOf(times))));
                }
            });
        });
        return seen;
    }

    /** Far more than what the others give in the same time. */
    List<Seen> aboveDesk(Window window) {
        Map<String, Total> totals = new TreeMap<>();
        for (Grants.Sum one : grants.sums(window, 0)) {
            totals.merge(one.giver(), total(one, window), Total::plus);
        }
        List<Seen> seen = new ArrayList<>();
        totals.forEach((giver, total) -> {
            List<Double> others = totals.entrySet().stream()
                    .filter(one -> !one.getKey().equals(giver))
                    .map(one -> one.getValue().units().doubleValue())
                    .toList();
            compared(window, giver, total, others).ifPresent(seen::add);
        });
        return seen;
    }

    /** Far more than what the same person gave in each of the windows before, as far back as they gave at all. */
    List<Seen> abovePast(Window window) {
        Map<String, Map<Integer, Total>> totals = new TreeMap<>();
        for (Grants.Sum one : grants.sums(window, PAST)) {
            totals.computeIfAbsent(one.giver(), giver -> new TreeMap<>())
                    .merge(one.period(), total(one, window), Total::plus);
        }
        List<Seen> seen = new ArrayList<>();
        totals.forEach((giver, periods) -> {
            Total now = periods.getOrDefault(0, Total.NOTHING);
            int first =
                    periods.keySet().stream().mapToInt(Integer::intValue).max().orElse(0);
            List<Double> past = new ArrayList<>();
            for (int period = 1; period <= first; period++) {
                past.add(periods.getOrDefault(period, Total.NOTHING).units().doubleValue());
            }
            compared(window, giver, now, past).ifPresent(seen::add);
        });
        return seen;
    }

    private static Optional<Seen> compared(Window window, String giver, Total total, List<Double> others) {
        if (total.times() < window.row().atLeast()
                || others.size() < window.row().others()) {
            return Optional.empty();
        }
        double value = total.units().doubleValue();
        BigDecimal score = BigDecimal.valueOf(Robust.score(value, others)).setScale(2, RoundingMode.HALF_EVEN);
        if (score.compareTo(window.row().score()) < 0) {
            return Optional.empty();
        }
        Map<String, BigDecimal> numbers = new LinkedHashMap<>();
        numbers.put("score", score);
        numbers.put("units", total.units());
        numbers.put("median", BigDecimal.valueOf(Robust.median(others)));
        numbers.put("grants", BigDecimal.valueOf(total.times()));
        numbers.put("others", BigDecimal.valueOf(others.size()));
        return Optional.of(ofGiver(window, "agent/" + giver, giver, List.of(), total.units(), numbers));
    }

    /** Much is given while the business is closed, by the calendar of the live release. */
    List<Seen> offHours(Window window) {
        List<Seen> seen = new ArrayList<>();
        new TreeMap<>(grants.times(window)).forEach((giver, times) -> {
            if (times.size() < window.row().atLeast()) {
                return;
            }
            long closed = times.stream()
                    .filter(at -> !calendars.open(window.release(), at))
                    .count();
            BigDecimal percent = CustomerLooks.percent(closed, times.size());
            if (percent.compareTo(window.row().percent()) >= 0) {
                seen.add(ofGiver(
                        window,
                        "agent/" + giver,
                        giver,
                        List.of(),
                        percent,
                        Map.of("percent", percent, "grants", BigDecimal.valueOf(times.size()))));
            }
        });
        return seen;
    }

    /** Most of what somebody asks for is granted by the same person, where others could. */
    List<Seen> samePair(Window window) {
        List<Grants.Answered> answered = grants.answered(window);
        long deciders =
                answered.stream().map(Grants.Answered::decider).distinct().count();
        if (deciders < window.row().others()) {
            return List.of();
        }
        List<Seen> seen = new ArrayList<>();
        by(answered, Grants.Answered::asker).forEach((asker, all) -> {
            long whole = all.stream().mapToLong(Grants.Answered::times).sum();
            for (Grants.Answered one : all) {
                BigDecimal percent = CustomerLooks.percent(one.times(), whole);
                if (one.times() >= window.row().atLeast()
                        && percent.compareTo(window.row().percent()) >= 0) {
                    seen.add(ofPair(
                            window,
                            "pair/" + asker + "/" + one.decider(),
                            List.of(asker),
                            List.of(one.decider()),
                            percent,
                            Map.of("percent", percent, "grants", BigDecimal.valueOf(one.times()))));
                }
            }
        });
        return seen;
    }

    /** Two who approve each other's wishes. */
    List<Seen> mutual(Window window) {
        Map<List<String>, Long> times = grants.answered(window).stream()
                .collect(Collectors.toMap(
                        one -> List.of(one.asker(), one.decider()),
                        Grants.Answered::times,
                        Long::sum,
                        LinkedHashMap::new));
        List<Seen> seen = new ArrayList<>();
        times.forEach((pair, n) -> {
            String one = pair.get(0);
            String other = pair.get(1);
            long back = times.getOrDefault(List.of(other, one), 0L);
            if (one.compareTo(other) < 0 && Math.min(n, back) >= window.row().atLeast()) {
                seen.add(ofPair(
                        window,
                        "pair/" + one + "/" + other,
                        pair,
                        pair,
                        BigDecimal.valueOf(n + back),
                        Map.of("grants", BigDecimal.valueOf(n), "back", BigDecimal.valueOf(back))));
            }
        });
        return seen;
    }

    private static Seen ofGiver(
            Window window,
            String subject,
            String giver,
            List<Long> customers,
            BigDecimal size,
            Map<String, BigDecimal> numbers) {
        return new Seen(
                subject,
                Set.of(giver),
                customers,
                size,
                numbers,
                new Seen.Evidence(List.of(giver), null, customers, window.from(), window.until()));
    }

    private static Seen ofPair(
            Window window,
            String subject,
            List<String> askers,
            List<String> deciders,
            BigDecimal size,
            Map<String, BigDecimal> numbers) {
        Set<String> both = new HashSet<>(askers);
        both.addAll(deciders);
        return new Seen(
                subject,
                both,
                List.of(),
                size,
                numbers,
                new Seen.Evidence(askers, deciders, List.of(), window.from(), window.until()));
    }

    /** @param units in policy units */
    private record Total(BigDecimal units, long times) {

        static final Total NOTHING = new Total(BigDecimal.ZERO, 0);

        Total plus(Total other) {
            return new Total(units.add(other.units), times + other.times);
        }
    }

    private static Total total(Grants.Sum one, Window window) {
        return new Total(window.units(one.minor(), one.currency()), one.times());
    }

    private static BigDecimal sum(List<Grants.Given> given, Window window) {
        return given.stream()
                .map(one -> window.units(one.minor(), one.currency()).multiply(BigDecimal.valueOf(one.times())))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static <T> Map<String, List<T>> by(List<T> all, Function<T, String> key) {
        return all.stream().collect(Collectors.groupingBy(key, TreeMap::new, Collectors.toList()));
    }
}
