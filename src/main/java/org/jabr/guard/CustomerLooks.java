package org.jabr.guard;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Looks at what customers claim, and at who gives to those who are close to them. */
@Component
class CustomerLooks {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final Grants grants;

    CustomerLooks(Grants grants) {
        this.grants = grants;
    }

    List<Seen> claims(Window window) {
        return claimed(window, grants.claims(window));
    }

    List<Seen> sharedClaims(Window window) {
        return claimed(window, grants.sharedClaims(window));
    }

    private static List<Seen> claimed(Window window, List<Grants.Claimed> claimed) {
        return claimed.stream()
                .map(one -> {
                    BigDecimal cases = BigDecimal.valueOf(one.cases());
                    Map<String, BigDecimal> numbers = new LinkedHashMap<>();
                    numbers.put("cases", cases);
                    numbers.put("customers", BigDecimal.valueOf(one.customers().size()));
                    return new Seen(
                            one.subject(), Set.of(), one.customers(), cases, numbers, of(window, one.customers()));
                })
                .toList();
    }

    /** A customer of whom no purchase is known is no sign of anything: we may not know of it. */
    List<Seen> shares(Window window) {
        List<Seen> seen = new ArrayList<>();
        for (Grants.Shared one : grants.shares(window)) {
            if (one.bought() <= 0) {
                continue;
            }
            BigDecimal percent = percent(one.minor(), one.bought());
            if (percent.compareTo(window.row().percent()) >= 0) {
                Map<String, BigDecimal> numbers = new LinkedHashMap<>();
                numbers.put("percent", percent);
                numbers.put("cases", BigDecimal.valueOf(one.cases()));
                numbers.put("units", window.units(one.minor(), one.currency()));
                seen.add(new Seen(
                        "customer/" + one.customer() + "/" + one.currency(),
                        Set.of(),
                        List.of(one.customer()),
                        percent,
                        numbers,
                        of(window, List.of(one.customer()))));
            }
        }
        return seen;
    }

    /** @param asked whether another person granted what they asked for */
    List<Seen> own(Window window, boolean asked) {
        Map<String, List<Grants.Own>> groups = new LinkedHashMap<>();
        grants.own(window, asked)
                .forEach(one -> groups.computeIfAbsent(one.login() + "/" + one.customer(), key -> new ArrayList<>())
                        .add(one));
        List<Seen> seen = new ArrayList<>();
        groups.forEach((key, all) -> {
            long times = all.stream().mapToLong(Grants.Own::times).sum();
            if (times >= window.row().atLeast()) {
                Grants.Own first = all.get(0);
                Map<String, BigDecimal> numbers = new LinkedHashMap<>();
                numbers.put("grants", BigDecimal.valueOf(times));
                numbers.put(
                        "units",
                        all.stream()
                                .map(one -> window.units(one.minor(), one.currency()))
                                .reduce(BigDecimal.ZERO, BigDecimal::add));
                List<String> login = List.of(first.login());
                seen.add(new Seen(
                        "agent/" + key,
                        Set.of(first.login()),
                        List.of(first.customer()),
                        BigDecimal.valueOf(times),
                        numbers,
                        new Seen.Evidence(
                                asked ? login : List.of(),
                                asked ? null : login,
                                List.of(first.customer()),
                                window.from(),
                                window.until())));
            }
        });
        return seen;
    }

    private static Seen.Evidence of(Window window, List<Long> customers) {
        return new Seen.Evidence(List.of(), null, customers, window.from(), window.until());
    }

    static BigDecimal percent(long part, long whole) {
        return BigDecimal.valueOf(part).multiply(HUNDRED).divide(BigDecimal.valueOf(whole), 2, RoundingMode.HALF_EVEN);
    }
}
