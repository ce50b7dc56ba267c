package org.jabr.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jabr.releases.Releases;
import org.jabr.rules.Finding;
import org.jabr.rules.Moment;
import org.jabr.rules.Rulebook;
import org.jabr.rules.RulebookCompiler;
import org.jabr.testing.RealRules;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Decisions that were kept with the rules that made them, decided again: what was decided once comes out so for ever, to
 * the last reason, whatever engine decides. How to renew them on purpose: {@code src/docs/contributing.md}.
 */
class ReplaySuiteTests {

    @TestFactory
    Stream<DynamicNode> everyFrozenDecisionComesOutAsItWas() {
        return FrozenSet.all().stream().map(set -> {
            Rulebook rulebook = Objects.requireNonNull(set.compiled().rulebook(), set.id());
            return DynamicContainer.dynamicContainer(
                    set.id(),
                    set.decisions().stream()
                            .map(frozen ->
                                    DynamicTest.dynamicTest(frozen.moment() + " " + frozen.id(), () -> assertThat(
                                                    FrozenSet.differences(rulebook, frozen))
                                            .as(
                                                    "%s: decided by %s, now by %s",
                                                    frozen.id(), set.about().engine(), rulebook.engine())
                                            .isEmpty())));
        });
    }

    @Test
    void theRulesAreThoseThatTheirHashStandsForAndStillCompile() {
        assertThat(FrozenSet.all()).isNotEmpty().allSatisfy(set -> {
            String hash = Releases.contentHash(set.files());
            assertThat(hash).isEqualTo(set.about().contentHash());
            assertThat(set.id()).isEqualTo("r-" + hash.substring(0, 12));
            RulebookCompiler.Compilation compiled = set.compiled();
            assertThat(compiled.findings()).noneMatch(Finding::blocking);
        });
    }

    @Test
    void everyMomentOfTodayIsAmongThem() {
        Set<String> frozen = FrozenSet.all().stream()
                .flatMap(set -> set.decisions().stream())
                .map(FrozenSet.Frozen::moment)
                .collect(Collectors.toSet());
        List<String> moments =
                RealRules.rulebook().moments().stream().map(Moment::name).toList();
        assertThat(moments).hasSizeGreaterThan(10);
        assertThat(frozen).containsAll(moments);
    }

    @Test
    void everySetHoldsDecisionsOfAllItsMoments() {
        assertThat(FrozenSet.all()).allSatisfy(set -> {
            Rulebook rulebook = Objects.requireNonNull(set.compiled().rulebook());
            assertThat(set.decisions().stream().map(FrozenSet.Frozen::moment).collect(Collectors.toSet()))
                    .containsExactlyInAnyOrderElementsOf(
                            rulebook.moments().stream().map(Moment::name).toList());
        });
    }
}
