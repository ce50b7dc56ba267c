package org.jabr.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jabr.rules.Money;
import org.jabr.rules.Remedy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What can be given, and which of it is. */
class ItemFitTests {

    private static final LocalDate TODAY = LocalDate.parse("2026-03-02");
    private static final Remedy GIFT = new Remedy("GIFT", Remedy.RemedyClass.GOODWILL, "GIFT");

    @Test
    void givesNothingOutsideOfItsDays() {
        assertThat(hindrance(item("A", TODAY.plusDays(1), null, Set.of(), "5.00")))
                .isEqualTo(ItemChoice.Reason.DAYS);
        assertThat(hindrance(item("A", null, TODAY.minusDays(1), Set.of(), "5.00")))
                .isEqualTo(ItemChoice.Reason.DAYS);
        assertThat(hindrance(item("A", TODAY, TODAY, Set.of(), "5.00"))).isNull();
    }

    @Test
    void givesNothingWhereItDoesNotReachTheCustomer() {
        assertThat(hindrance(item("A", null, null, Set.of("SA", "AE"), "5.00"))).isNull();
        assertThat(hindrance(item("A", null, null, Set.of("GB"), "5.00"))).isEqualTo(ItemChoice.Reason.REGION);
        assertThat(ItemFit.hindrance(item("A", null, null, Set.of(), "5.00"), wish("fr", "USD"), TODAY))
                .contains(ItemChoice.Reason.LANGUAGE);
    }

    @Test
    void givesNothingThatCostsMoreThanIsGrantedAndConvertsNothing() {
        assertThat(hindrance(item("A", null, null, Set.of(), "15.00"))).isNull();
        assertThat(hindrance(item("A", null, null, Set.of(), "15.01"))).isEqualTo(ItemChoice.Reason.COST);
        assertThat(ItemFit.hindrance(item("A", null, null, Set.of(), "5.00"), wish("en", "SAR"), TODAY))
                .contains(ItemChoice.Reason.CURRENCY);
    }

    @Test
    void takesTheBestAndOfTwoEquallyGoodOnesTheFirstByCode() {
        List<ItemFit> fits = Stream.of(fit("C", 20), fit("B", 40), fit("A", 40))
                .sorted(ItemFit.BEST)
                .toList();

        assertThat(code(ItemFit.pick(fits, null, item -> true, null))).isEqualTo("A");
        assertThat(code(ItemFit.pick(fits, null, item -> true, "A"))).isEqualTo("B");
        assertThat(code(ItemFit.pick(fits, "C", item -> true, null))).isEqualTo("C");
        assertThat(code(ItemFit.pick(fits, "C", item -> !item.code().equals("C"), null)))
                .isEqualTo("A");
        assertThat(ItemFit.pick(fits, null, item -> !item.code().equals("A"), "B")
                        .passed())
                .containsExactlyInAnyOrder(
                        new ItemChoice.Passed("A", ItemChoice.Reason.STOCK),
                        new ItemChoice.Passed("B", ItemChoice.Reason.AGAIN));
    }

    /** However points, stocks and wishes fall: never the same twice running, never what is not there, always the best that is left. */
    @Property(tries = 300)
    void neverGivesTheSameTwiceRunning(
            @ForAll @Size(min = 1, max = 6) List<@IntRange(min = -20, max = 90) Integer> points,
            @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 0, max = 3) Integer> pieces,
            @ForAll @Size(max = 12) List<@IntRange(min = -1, max = 5) Integer> wishes) {
        List<ItemFit> fits = new ArrayList<>();
        Map<String, Integer> left = new TreeMap<>();
        for (int i = 0; i < points.size(); i++) {
            fits.add(fit("I" + i, points.get(i)));
            left.put("I" + i, pieces.get(i % pieces.size()));
        }
        fits.sort(ItemFit.BEST);
        String last = null;
        for (int wish : wishes) {
            String before = last;
            String wanted = wish < 0 ? null : "I" + wish;
            ItemFit.Picked picked = ItemFit.pick(fits, wanted, item -> left.getOrDefault(item.code(), 0) > 0, last);
            String code = code(picked);
            Set<String> could = new HashSet<>(left.keySet());
            could.removeIf(one -> left.getOrDefault(one, 0) == 0 || one.equals(before));
            if (code == null) {
                assertThat(could).isEmpty();
            } else {
                assertThat(could).contains(code);
                if (!code.equals(wanted)) {
                    assertThat(fits.stream()
                                    .map(fit -> fit.item().code())
                                    .filter(could::contains)
                                    .findFirst())
                            .contains(code);
                }
                left.merge(code, -1, Integer::sum);
                last = code;
            }
            assertThat(picked.passed()).hasSize(fits.size() - (code == null ? 0 : 1));
        }
    }

    private static @Nullable String code(ItemFit.Picked picked) {
        ItemFit fit = picked.fit();
        return fit == null ? null : fit.item().code();
    }

    private static ItemChoice.@Nullable Reason hindrance(Item item) {
        return ItemFit.hindrance(item, wish("en", "USD"), TODAY).orElse(null);
    }

    private static ItemWish wish(String language, String currency) {
        return new ItemWish(
                1,
                GIFT,
                Money.of("15.00", currency),
                new ItemWish.About("r", currency, language, "SA", Map.of()),
                null,
                "rules");
    }

    private static ItemFit fit(String code, long points) {
        return new ItemFit(item(code, null, null, Set.of(), "5.00"), points, List.of());
    }

    private static Item item(
            String code, @Nullable LocalDate from, @Nullable LocalDate until, Set<String> regions, String cost) {
        return new Item(
                code,
                Item.Kind.GIFT,
                "A gift",
                "هدية",
                "Something small",
                "شيء صغير",
                new TreeMap<>(Map.of("USD", Money.of(cost, "USD"))),
                from,
                until,
                regions,
                Set.of("en", "ar"),
                Set.of(),
                Set.of(),
                Set.of(),
                true,
                true,
                1,
                "test",
                OffsetDateTime.parse("2026-03-01T00:00:00Z"));
    }
}
