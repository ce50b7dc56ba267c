package org.jabr.alike;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PatternsTests {

    private static final OffsetDateTime AT = OffsetDateTime.parse("2025-03-04T10:00:00Z");

    private final Patterns patterns = new Patterns(Policies.usual());

    @Test
    void whoeverNeverRefusesAndApprovesAtOnceStandsOut() {
        List<AlikeDeeds.Answer> answers = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            answers.add(answer("nadia", false, 1));
            answers.add(answer("omar", i % 2 == 0, 60));
            answers.add(answer("peter", i % 2 == 1, 60));
        }
        List<Alike.Pattern> all = patterns.all(List.of(), answers, List.of());
        assertThat(all)
                .filteredOn(Alike.Pattern::finding)
                .filteredOn(one -> one.login().equals("nadia"))
                .extracting(Alike.Pattern::doing)
                .containsExactlyInAnyOrder(Alike.Doing.REFUSALS, Alike.Doing.QUICK_APPROVALS);
        Alike.Pattern refusals = all.stream()
                .filter(one -> one.login().equals("nadia") && one.doing() == Alike.Doing.REFUSALS)
                .findFirst()
                .orElseThrow();
        assertThat(refusals.some()).isZero();
        assertThat(refusals.of()).isEqualTo(40);
        assertThat(refusals.othersSome()).isEqualTo(40);
        assertThat(refusals.othersOf()).isEqualTo(80);
        assertThat(refusals.corrected()).isGreaterThan(refusals.p());
    }

    @Test
    void whoeverOftenChoosesOtherwiseOrGivesAllTheyMayStandsOut() {
        List<AlikeDeeds.Worked> worked = List.of(
                new AlikeDeeds.Worked("nadia", 50, 30),
                new AlikeDeeds.Worked("omar", 50, 5),
                new AlikeDeeds.Worked("peter", 50, 6),
                new AlikeDeeds.Worked("few", 3, 3));
        List<Compared> decisions = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            decisions.add(Policies.used(i, "nadia", i % 10 == 0 ? 0.3 : 0.97));
            decisions.add(Policies.used(100 + i, "omar", i % 10 == 0 ? 1.0 : 0.4));
            decisions.add(Policies.used(200 + i, "rules", -1));
        }
        assertThat(patterns.all(decisions, List.of(), worked))
                .filteredOn(Alike.Pattern::finding)
                .extracting(one -> one.login() + " " + one.doing() + " " + one.some() + "/" + one.of())
                .contains("nadia OVERRIDES 30/50", "nadia TOP_OF_AUTHORITY 27/30")
                .noneMatch(one -> one.startsWith("few") || one.startsWith("rules"));
    }

    @Test
    void whereAllDoTheSameNobodyStandsOut() {
        List<AlikeDeeds.Answer> answers = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            answers.add(answer("nadia", i % 3 == 0, 30));
            answers.add(answer("omar", i % 3 == 1, 30));
        }
        assertThat(patterns.all(List.of(), answers, List.of())).isNotEmpty().noneMatch(Alike.Pattern::finding);
    }

    private static AlikeDeeds.Answer answer(String login, boolean refused, int minutes) {
        return new AlikeDeeds.Answer("key", "R-1", "r1", login, refused, AT, AT.plusMinutes(minutes));
    }
}
