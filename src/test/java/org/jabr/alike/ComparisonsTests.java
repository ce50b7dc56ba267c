package org.jabr.alike;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ComparisonsTests {

    private static final AlikePolicy POLICY = Policies.usual();

    @Test
    void labelsThatAreShuffledRarelyFindAnything() {
        Random random = new Random(20260101);
        List<Compared> decisions = decisions(random, 600, 0);
        int runs = 200;
        int found = 0;
        for (int run = 0; run < runs; run++) {
            List<Map<String, String>> labels =
                    new ArrayList<>(decisions.stream().map(Compared::suspects).toList());
            Collections.shuffle(labels, random);
            List<Compared> shuffled = IntStream.range(0, decisions.size())
                    .mapToObj(i -> Policies.labelled(decisions.get(i), labels.get(i)))
                    .toList();
            found += new Comparisons(POLICY, shuffled).all().stream().anyMatch(Alike.Comparison::finding) ? 1 : 0;
        }
        // One run in twenty may find something by chance: at most 19 of 200 in 99.7 % of all trials
        assertThat(found).isLessThanOrEqualTo(19);
    }

    @Test
    void aPlantedDifferenceIsFoundAndNothingElse() {
        List<Alike.Comparison> found = new Comparisons(POLICY, decisions(new Random(7), 1200, 0.2))
                .all().stream().filter(Alike.Comparison::finding).toList();
        assertThat(found).isNotEmpty().allSatisfy(one -> assertThat(one.suspect())
                .isEqualTo("language"));
        assertThat(found.get(0).corrected()).isGreaterThanOrEqualTo(found.get(0).p());
        Alike.Comparison granted = found.stream()
                .filter(one -> one.outcome() == Alike.Outcome.GRANTED)
                .findFirst()
                .orElseThrow();
        double sign = granted.value().equals("ar") ? -1 : 1;
        assertThat(granted.difference()).isCloseTo(sign * 20, within(8.0));
        assertThat(granted.low()).isLessThan(granted.difference());
        assertThat(granted.high()).isGreaterThan(granted.difference());
    }

    @Test
    void whatAPermittedReasonExplainsIsNoFinding() {
        // Phone calls are nearly all of gold customers, who are granted nearly everything.
        List<Compared> decisions = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            boolean gold = i % 2 == 0;
            int k = i / 2;
            boolean phone = gold == (k % 10 != 0);
            boolean granted = gold == (k / 10 % 10 != 0);
            decisions.add(Policies.decision(
                    i, gold ? "GOLD" : "NEW", Map.of("channel", phone ? "PHONE" : "EMAIL"), granted ? 10 : 0));
        }
        assertThat(new Comparisons(POLICY, decisions).all()).isNotEmpty().noneMatch(Alike.Comparison::finding);
        List<Compared> withoutTier =
                decisions.stream().map(one -> Policies.in("all", one)).toList();
        assertThat(new Comparisons(POLICY, withoutTier).all()).anyMatch(Alike.Comparison::finding);
    }

    @Test
    void ofTwoValuesOneIsComparedAndRareOnesAreCounted() {
        List<Compared> decisions = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            String channel = i < 3 ? "SMS" : i % 2 == 0 ? "EMAIL" : "PHONE";
            decisions.add(Policies.decision(
                    i, "NEW", Map.of("channel", channel, "language", i % 3 == 0 ? "ar" : "en"), i % 5 == 0 ? 10 : 0));
        }
        Comparisons comparisons = new Comparisons(POLICY, decisions);
        assertThat(comparisons.all())
                .extracting(one -> one.suspect() + " " + one.value() + " " + one.outcome())
                .containsExactlyInAnyOrder(
                        "channel EMAIL GRANTED",
                        "channel EMAIL AMOUNT",
                        "channel PHONE GRANTED",
                        "channel PHONE AMOUNT",
                        "language en GRANTED",
                        "language en AMOUNT");
        assertThat(comparisons.rare()).isEqualTo(1);
    }

    @Test
    void aDifferenceThatIsSmallIsNoFindingHoweverSure() {
        List<Compared> decisions = new ArrayList<>();
        for (int i = 0; i < 40_000; i++) {
            boolean arabic = i % 2 == 0;
            boolean granted = i % 1000 >= (arabic ? 520 : 490);
            decisions.add(Policies.decision(i, "NEW", Map.of("language", arabic ? "ar" : "en"), granted ? 10 : 0));
        }
        assertThat(new Comparisons(POLICY, decisions).all()).hasSize(2).allSatisfy(one -> {
            assertThat(one.corrected()).isLessThan(0.001);
            assertThat(one.finding()).isFalse();
        });
    }

    /** @param bias how much less often Arabic is granted anything */
    private static List<Compared> decisions(Random random, int n, double bias) {
        List<Compared> decisions = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            String tier = List.of("NEW", "SILVER", "GOLD").get(random.nextInt(3));
            String language = random.nextInt(3) == 0 ? "ar" : "en";
            String channel = List.of("EMAIL", "PHONE", "CHAT").get(random.nextInt(3));
            double chance = (tier.equals("GOLD") ? 0.8 : 0.6) - (language.equals("ar") ? bias : 0);
            SortedMap<String, String> suspects = new TreeMap<>(
                    Map.of("channel", channel, "language", language, "decidedBy", "agent" + random.nextInt(4)));
            decisions.add(
                    Policies.decision(i, tier, suspects, random.nextDouble() < chance ? 5 + random.nextInt(20) : 0));
        }
        return decisions;
    }
}
