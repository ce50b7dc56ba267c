package org.jabr.releases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.jabr.rules.CaseFacts;
import org.jabr.rules.DecisionFailed;
import org.jabr.rules.Moment;
import org.jabr.rules.Problem;
import org.jabr.rules.RuleTrial;
import org.jabr.rules.Rulebook;
import org.jabr.rules.RulebookCompiler;
import org.jabr.testing.StubRulebook;
import org.jabr.testing.StubTrial;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.jdbc.JdbcTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Two releases: a good one, and a live one whose rules do what the test says. */
@JdbcTest(properties = {"jabr.rules.deadline=PT0.2S", "jabr.rules.strikes=3"})
@Import({
    Releases.class,
    ReleaseStore.class,
    Rulebooks.class,
    Quarantine.class,
    Patience.class,
    QuarantineTests.Room.class
})
@Transactional(propagation = Propagation.NOT_SUPPORTED)
class QuarantineTests {

    private static final CountDownLatch END = new CountDownLatch(1);
    private static volatile String how = "";

    @TestConfiguration(proxyBeanMethods = false)
    static class Room {

        @Bean
        Clock clock() {
            return Clock.tickMillis(ZoneOffset.UTC);
        }

        @Bean
        ObjectMapper json() {
            return new ObjectMapper();
        }

        @Bean
        RulebookCompiler compiler() {
            return (release, files) -> {
                Rulebook rules = new StubRulebook(release);
                return new RulebookCompiler.Compilation(
                        files.containsKey("rules/odd.csv") ? odd(rules) : rules, List.of());
            };
        }

        @Bean
        RuleTrial trial(RulebookCompiler compiler) {
            return new StubTrial(compiler);
        }

        private static Rulebook odd(Rulebook rules) {
            return (Rulebook) Proxy.newProxyInstance(
                    Rulebook.class.getClassLoader(), new Class<?>[] {Rulebook.class}, (proxy, method, arguments) -> {
                        if (method.getName().equals("decide")) {
                            Moment moment = (Moment) arguments[0];
                            switch (how) {
                                case "loop" -> loop();
                                case "gap" -> throw new DecisionFailed(moment, "no row matches");
                                case "engine" ->
                                    throw new DecisionFailed(moment, "engine", new IllegalStateException("engine"));
                                case "overflow" -> throw new StackOverflowError();
                                default -> {
                                    // as usual
                                }
                            }
                        }
                        return method.invoke(rules, arguments);
                    });
        }

        private static void loop() {
            long n = 0;
            while (END.getCount() > 0) {
                n++;
            }
        }
    }

    @Autowired
    Releases releases;

    @Autowired
    ReleaseStore store;

    @Autowired
    RulebookCompiler compiler;

    @Autowired
    Quarantine quarantine;

    @Autowired
    Patience patience;

    @Autowired
    JdbcClient jdbc;

    private String good;
    private String odd;

    @BeforeEach
    void publish() {
        how = "";
        good = publish("rules/good.csv");
        odd = publish("rules/odd.csv");
    }

    @AfterEach
    void sweep() {
        for (String table : List.of(
                "release_quarantine", "release_author", "release_step", "release_finding", "release_file", "release")) {
            jdbc.sql("delete from " + table).update();
        }
        releases.list().forEach(release -> releases.liftQuarantine(release.id(), "test"));
    }

    @Test
    void decidesAsUsualWhileAllIsWell() {
        assertThat(decide(1).release()).isEqualTo(odd);
        assertThat(releases.live().id()).isEqualTo(odd);
    }

    @Test
    void aReleaseThatHangsForSeveralCasesIsTakenOutOfService() {
        how = "loop";
        try {
            assertFails(1, "RULE-055");
            assertFails(1, "RULE-055");
            assertFails(2, "RULE-055");
            assertThat(releases.live().id()).as("two cases are not enough").isEqualTo(odd);
            assertFails(3, "RULE-055");
        } finally {
            END.countDown();
        }

        how = "";
        assertFails(4, "RULE-056");
        assertThat(releases.live().id()).as("what new cases start with").isEqualTo(good);
        assertThat(releases.quarantined(odd)).isTrue();
        assertThat(releases.findings(odd)).singleElement().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo("RELEASE-020");
            assertThat(finding.values()).containsExactly("RULE-055 resolve");
        });
        assertThat(releases.rulebook(odd).word("GOLD", java.util.Locale.ENGLISH))
                .as("past decisions can still be explained")
                .isEqualTo("GOLD");
    }

    @Test
    void aReleaseWhoseEngineFailsTheSameWayIsTakenOutOfService() {
        how = "engine";
        assertFails(1, "RULES-003");
        assertFails(2, "RULES-003");
        assertThat(releases.quarantined(odd)).isFalse();
        assertFails(3, "RULES-003");

        assertThat(releases.quarantined(odd)).isTrue();
    }

    @Test
    void whatEndsOneEvaluationEndsNothingElse() {
        how = "overflow";
        assertFails(1, "RULES-003");

        how = "";
        assertThat(decide(1).release()).isEqualTo(odd);
    }

    @Test
    void aGapInATableIsNoReason() {
        how = "gap";
        for (int loss = 1; loss <= 5; loss++) {
            assertFails(loss, "RULES-003");
        }

        assertThat(releases.quarantined(odd)).isFalse();
    }

    @Test
    void aReleaseInQuarantineCannotBePublishedUntilItIsLifted() {
        how = "engine";
        for (int loss = 1; loss <= 3; loss++) {
            assertFails(loss, "RULES-003");
        }
        releases.publish(good, "test");
        assertThatThrownBy(() -> releases.publish(odd, "test"))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("RELEASE-005"));

        how = "";
        releases.liftQuarantine(odd, "test");
        releases.publish(odd, "test");
        assertThat(decide(1).release()).isEqualTo(odd);
    }

    @Test
    void aReleaseWhoseFilesSomebodyChangedIsNotEvenCompiledAndTakenOutOfService() {
        Rulebooks afterARestart = new Rulebooks(store, compiler, quarantine, patience);
        jdbc.sql("update release_file set content = 'y' where release_id = :id")
                .param("id", odd)
                .update();
        assertThatThrownBy(() -> afterARestart.of(odd))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("RELEASE-029"));
        assertThatThrownBy(() -> releases.intactRulebook(odd))
                .as("compiled before somebody changed them")
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("RELEASE-029"));
        assertThat(afterARestart.of(good).release()).isEqualTo(good);
        assertThat(releases.live().id()).as("what new cases start with").isEqualTo(good);
        assertThat(releases.findings(odd))
                .anySatisfy(finding -> assertThat(finding.values()).containsExactly("RELEASE-029 "));
    }

    private void assertFails(int loss, String code) {
        assertThatThrownBy(() -> decide(loss))
                .isInstanceOfSatisfying(DecisionFailed.class, failed -> assertThat(failed.code())
                        .isEqualTo(code));
    }

    private org.jabr.rules.Decision decide(int loss) {
        Rulebook rulebook = releases.rulebook(odd);
        CaseFacts facts = rulebook.read(Map.of(
                "asOf",
                "2026-03-02T09:00:00Z",
                "failure",
                Map.of("currency", "USD", "loss", Map.of("amount", String.valueOf(loss), "currency", "USD"))));
        return rulebook.decide(Moment.RESOLVE, facts);
    }

    private String publish(String path) {
        SortedMap<String, String> files = new TreeMap<>(Map.of(path, "x" + System.nanoTime()));
        String id = releases.add(files, "upload", "test").release().id();
        releases.publish(id, "test");
        return id;
    }
}
