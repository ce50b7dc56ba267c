package org.jabr.releases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jabr.rules.Finding;
import org.jabr.rules.Problem;
import org.jabr.rules.Progress;
import org.jabr.rules.RuleTrial;
import org.jabr.rules.RulebookCompiler;
import org.jabr.testing.StubRulebook;
import org.jabr.testing.StubTrial;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.jdbc.AutoConfigureTestDatabase;
import org.springframework.boot.test.autoconfigure.jdbc.JdbcTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Drafts and the life of releases; the same on every database, each test with a content of its own. */
@JdbcTest
@AutoConfigureTestDatabase(replace = AutoConfigureTestDatabase.Replace.NONE)
@Transactional(propagation = Propagation.NOT_SUPPORTED)
@Import({
    Releases.class,
    ReleaseStore.class,
    Rulebooks.class,
    Quarantine.class,
    Patience.class,
    Drafts.class,
    DraftStore.class,
    LifeCycle.class,
    Inspections.class,
    InspectionStore.class,
    PublicationClock.class,
    DraftsTests.Room.class
})
abstract class DraftsTests {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final String PATH = "rules/resolve.dmn";

    /** Time that stands still until it is moved. */
    static final class Watch extends Clock {

        Instant now = Instant.parse("2026-03-01T08:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    @TestConfiguration(proxyBeanMethods = false)
    static class Room {

        boolean tried;
        volatile CountDownLatch gate = new CountDownLatch(0);

        @Bean
        Watch clock() {
            return new Watch();
        }

        @Bean
        ObjectMapper json() {
            return new ObjectMapper();
        }

        @Bean
        RulebookCompiler compiler() {
            return (release, files) -> {
                List<Finding> findings = found(files, "<<broken>>", "RULE-001");
                return new RulebookCompiler.Compilation(
                        findings.isEmpty() ? new StubRulebook(release) : null, findings);
            };
        }

        @Bean
        RuleTrial trial(RulebookCompiler compiler) {
            return new StubTrial(compiler);
        }

        @Bean
        Inspection lateFinding() {
            return new Inspection() {
                @Override
                public String kind() {
                    return "tables";
                }

                @Override
                public List<Finding> inspect(java.util.SortedMap<String, String> files, Progress progress) {
                    try {
                        gate.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    return found(files, "<<gap>>", "RULE-030");
                }
            };
        }

        @Bean
        Backtested backtested() {
            return release -> tried;
        }

        static List<Finding> found(Map<String, String> files, String mark, String code) {
            return files.entrySet().stream()
                    .filter(file -> file.getValue().contains(mark))
                    .map(file ->
                            new Finding(code, true, file.getKey(), "", List.of("a row", 71L), Map.of("tier", "GOLD")))
                    .toList();
        }
    }

    @Autowired
    Releases releases;

    @Autowired
    Drafts drafts;

    @Autowired
    LifeCycle lifeCycle;

    @Autowired
    PublicationClock publicationClock;

    @Autowired
    Inspections inspections;

    @Autowired
    Watch watch;

    @Autowired
    Room room;

    private String base = "";
    private String own = "";

    @BeforeEach
    void base() {
        room.tried = true;
        own = "content " + COUNT.incrementAndGet();
        base = releases.add(new TreeMap<>(Map.of(PATH, own, "rules/words.csv", "value,en,ar")), "folder", "folder")
                .release()
                .id();
    }

    @Test
    void startsAsACopyOfARelease() {
        Draft draft = drafts.open("Gold gets more", base, "sara");

        assertThat(drafts.contents(draft.id())).isEqualTo(releases.files(base));
        assertThat(drafts.changed(draft.id())).isEmpty();
        assertThat(drafts.history(draft.id())).isEmpty();
    }

    @Test
    void keepsDraftsApart() {
        Draft one = drafts.open("one", base, "sara");
        Draft two = drafts.open("two", base, "omar");

        drafts.save(one.id(), PATH, "mine", 1, "sara");

        assertThat(drafts.file(two.id(), PATH).content()).isEqualTo(own);
    }

    @Test
    void tellsWhoSavedInBetweenAndWhat() {
        Draft draft = drafts.open("one", base, "sara");
        drafts.save(draft.id(), PATH, "hers", 1, "sara");

        assertThatThrownBy(() -> drafts.save(draft.id(), PATH, "his", 1, "omar"))
                .asInstanceOf(type(Draft.Stale.class))
                .satisfies(stale -> {
                    assertThat(stale.code()).isEqualTo("DRAFT-003");
                    assertThat(stale.current()).isNotNull();
                    assertThat(stale.current().content()).isEqualTo("hers");
                    assertThat(stale.current().changedBy()).isEqualTo("sara");
                });
        assertThat(drafts.file(draft.id(), PATH).content()).isEqualTo("hers");
    }

    @Test
    void letsOneOfManySaversWin() throws Exception {
        Draft draft = drafts.open("one", base, "sara");
        ExecutorService threads = Executors.newFixedThreadPool(6);
        List<Callable<Boolean>> saves = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            String text = "text of " + i;
            saves.add(() -> {
                try {
                    drafts.save(draft.id(), PATH, text, 1, "sara");
                    return true;
                } catch (Draft.Stale stale) {
                    return false;
                }
            });
        }
        List<Future<Boolean>> results = threads.invokeAll(saves);
        threads.shutdown();

        assertThat(results.stream().filter(DraftsTests::won)).hasSize(1);
        assertThat(drafts.file(draft.id(), PATH).version()).isEqualTo(2);
    }

    private static boolean won(Future<Boolean> result) {
        try {
            return result.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void doesNotMistakeAFileThatCameAgainForTheOldOne() {
        Draft draft = drafts.open("one", base, "sara");
        drafts.remove(draft.id(), PATH, 1, "sara");
        Draft.File again = drafts.save(draft.id(), PATH, "again", 0, "sara");

        assertThat(again.version()).isNotEqualTo(1);
        assertThatThrownBy(() -> drafts.save(draft.id(), PATH, "old hand", 1, "omar"))
                .isInstanceOf(Draft.Stale.class);
    }

    @Test
    void takesWhatOnePersonTypesInOneGoForOneChange() {
        Draft draft = drafts.open("one", base, "sara");
        drafts.save(draft.id(), PATH, "a", 1, "sara");
        watch.now = watch.now.plusSeconds(5);
        drafts.save(draft.id(), PATH, "ab", 2, "sara");
        drafts.save(draft.id(), PATH, "ab of omar", 3, "omar");
        watch.now = watch.now.plus(Duration.ofHours(1));
        drafts.save(draft.id(), PATH, "later", 4, "omar");

        assertThat(drafts.history(draft.id())).extracting(Draft.Change::by).containsExactly("omar", "omar", "sara");
        Drafts.Versions first =
                drafts.versions(draft.id(), drafts.history(draft.id()).get(2).id());
        assertThat(first.before()).contains(own);
        assertThat(first.after()).contains("ab");
    }

    @Test
    void bringsBackWhatWasBeforeAChange() {
        Draft draft = drafts.open("one", base, "sara");
        drafts.remove(draft.id(), PATH, 1, "sara");

        drafts.restore(draft.id(), drafts.history(draft.id()).get(0).id(), "sara");

        assertThat(drafts.file(draft.id(), PATH).content()).isEqualTo(own);
        assertThat(drafts.changed(draft.id())).isEmpty();
    }

    @Test
    void refusesPathsThatLeadElsewhere() {
        Draft draft = drafts.open("one", base, "sara");
        for (String path : List.of("../etc/passwd", "rules/../x", "/rules/a", "src/A.java", "rules/a b", "rules")) {
            assertThatThrownBy(() -> drafts.save(draft.id(), path, "x", 0, "sara"))
                    .hasMessageContaining("DRAFT-005");
        }
    }

    @Test
    void becomesAReleaseThatAnotherPersonApprovesAndPublishes() {
        Release release = submitted("more");

        assertThat(release.state()).isEqualTo(Release.State.SUBMITTED);
        assertThat(drafts.ofRelease(release.id()).orElseThrow().state()).isEqualTo(Draft.State.SUBMITTED);
        lifeCycle.approve(release.id(), "fine", "nour");
        lifeCycle.publish(release.id(), "", "nour");

        assertThat(releases.live().id()).isEqualTo(release.id());
        assertThat(releases.steps(release.id()))
                .extracting(Release.Step::deed)
                .containsExactly(Release.Deed.SUBMITTED, Release.Deed.APPROVED, Release.Deed.PUBLISHED);
    }

    @Test
    void letsNoAuthorApproveNotEvenOneWhoOnlyTouchedAFile() {
        Draft draft = drafts.open("one", base, "sara");
        drafts.save(draft.id(), PATH, own + " more", 1, "omar");
        Release release = lifeCycle.submitDraft(draft.id(), "", "lina");

        for (String author : List.of("sara", "omar", "lina")) {
            assertThatThrownBy(() -> lifeCycle.approve(release.id(), "", author))
                    .hasMessageContaining("RELEASE-012");
        }
        assertThat(releases.get(release.id()).state()).isEqualTo(Release.State.SUBMITTED);
    }

    @Test
    void doesNotWashAuthorsOffByACopyOfTheirDraft() {
        Release first = submitted("more");
        Draft copy = drafts.open("copy", first.id(), "omar");
        drafts.save(copy.id(), "rules/words.csv", "value,en,ar\nA,a,a", 1, "omar");
        Release second = lifeCycle.submitDraft(copy.id(), "", "omar");

        assertThatThrownBy(() -> lifeCycle.approve(second.id(), "", "sara")).hasMessageContaining("RELEASE-012");
    }

    @Test
    void changesNothingWhereAFindingBlocks() {
        for (String mark : List.of("<<broken>>", "<<gap>>")) {
            Draft draft = drafts.open("one", base, "sara");
            drafts.save(draft.id(), PATH, own + mark, 1, "sara");
            int before = releases.list().size();

            assertThatThrownBy(() -> lifeCycle.submitDraft(draft.id(), "", "sara"))
                    .asInstanceOf(type(Release.Blocked.class))
                    .satisfies(blocked -> assertThat(blocked.findings()).hasSize(1));

            assertThat(drafts.get(draft.id()).isOpen()).isTrue();
            assertThat(releases.list()).hasSize(before);
        }
    }

    @Test
    void keepsWhatALongCheckFoundByTheContent() {
        Draft draft = drafts.open("one", base, "sara");
        drafts.save(draft.id(), PATH, own + "<<gap>>", 1, "sara");
        assertThat(inspections.results(drafts.contents(draft.id())).get(0).state())
                .isEqualTo(Inspections.State.NONE);

        inspections.complete(drafts.contents(draft.id()));

        Inspections.Result result =
                inspections.results(drafts.contents(draft.id())).get(0);
        assertThat(result.state()).isEqualTo(Inspections.State.DONE);
        assertThat(result.findings().get(0).witness()).containsEntry("tier", "GOLD");
        assertThat(result.findings().get(0).values())
                .as("sentences count with numbers, and words stay words")
                .satisfiesExactly(row -> assertThat(row).isEqualTo("a row"), count -> assertThat(count)
                        .isInstanceOfSatisfying(Number.class, number -> assertThat(number.longValue())
                                .isEqualTo(71)));
        drafts.save(draft.id(), PATH, own + "mended", 2, "sara");
        assertThat(inspections.results(drafts.contents(draft.id())).get(0).state())
                .isEqualTo(Inspections.State.NONE);
    }

    @Test
    void callsOffWhatRunsOnAnOlderContentOfTheDraft() {
        Draft draft = drafts.open("one", base, "sara");
        drafts.save(draft.id(), PATH, own + "first", 1, "sara");
        SortedMap<String, String> older = drafts.contents(draft.id());
        room.gate = new CountDownLatch(1);
        inspections.start(draft.id(), older);
        try {
            assertThat(inspections.results(older).get(0).state()).isEqualTo(Inspections.State.RUNNING);
            drafts.save(draft.id(), PATH, own + "second", 2, "sara");
            assertThat(inspections.results(older).get(0).state()).isEqualTo(Inspections.State.CANCELLED);
        } finally {
            room.gate.countDown();
        }
    }

    @Test
    void opensTheDraftAgainWhenItIsSentBack() {
        Release release = submitted("more");
        assertThatThrownBy(() -> lifeCycle.sendBack(release.id(), " ", "nour")).hasMessageContaining("RELEASE-015");

        lifeCycle.sendBack(release.id(), "why 30?", "nour");

        Draft draft = drafts.list().stream()
                .filter(one -> one.base().equals(base))
                .findFirst()
                .orElseThrow();
        assertThat(draft.isOpen()).isTrue();
        assertThat(lifeCycle.submitDraft(draft.id(), "", "sara").id()).isEqualTo(release.id());
    }

    @Test
    void asksWhyWhereNobodyTriedItOnThePast() {
        room.tried = false;
        Release release = submitted("more");
        lifeCycle.approve(release.id(), "", "nour");

        assertThatThrownBy(() -> lifeCycle.publish(release.id(), " ", "nour")).hasMessageContaining("RELEASE-014");
        lifeCycle.publish(release.id(), "the law changed today", "nour");

        assertThat(releases.steps(release.id())).last().satisfies(step -> assertThat(step.note())
                .isEqualTo("the law changed today"));
    }

    @Test
    void goesLiveByItselfWhenItsTimeHasComeAndOnlyOnce() {
        Release release = submitted("more");
        lifeCycle.approve(release.id(), "", "nour");
        OffsetDateTime due = OffsetDateTime.now(watch).plusHours(3);
        lifeCycle.schedule(release.id(), due, "", "nour");

        publicationClock.look();
        assertThat(releases.get(release.id()).state()).isEqualTo(Release.State.APPROVED);
        watch.now = watch.now.plus(Duration.ofHours(3));
        publicationClock.look();
        publicationClock.look();

        assertThat(releases.live().id()).isEqualTo(release.id());
        assertThat(releases.steps(release.id()))
                .filteredOn(step -> step.deed() == Release.Deed.PUBLISHED)
                .hasSize(1);
    }

    @Test
    void goesBackToAnOlderReleaseByPublishingItAgain() {
        Release first = published("first");
        published("second");

        assertThatThrownBy(() -> lifeCycle.publish(first.id(), "", "nour")).hasMessageContaining("RELEASE-015");
        lifeCycle.publish(first.id(), "the new one gave too much", "nour");

        assertThat(releases.live().id()).isEqualTo(first.id());
        assertThat(releases.list())
                .filteredOn(release -> release.state() == Release.State.LIVE)
                .hasSize(1);
    }

    @Test
    void hasOneLiveReleaseHoweverManyArePublishedAtOnce() throws Exception {
        List<Release> approved = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Release release = submitted("many " + i);
            approved.add(lifeCycle.approve(release.id(), "", "nour"));
        }
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<Release>> results = threads.invokeAll(approved.stream()
                .map(release -> (Callable<Release>) () -> lifeCycle.publish(release.id(), "", "nour"))
                .toList());
        threads.shutdown();
        for (Future<Release> result : results) {
            result.get();
        }

        assertThat(releases.list())
                .filteredOn(release -> release.state() == Release.State.LIVE)
                .hasSize(1);
    }

    private Release submitted(String addition) {
        Draft draft = drafts.open("Draft " + addition, base, "sara");
        drafts.save(draft.id(), PATH, own + addition, 1, "sara");
        return lifeCycle.submitDraft(draft.id(), "please", "sara");
    }

    private Release published(String addition) {
        Release release = submitted(addition);
        lifeCycle.approve(release.id(), "", "nour");
        return lifeCycle.publish(release.id(), "", "nour");
    }

    @Test
    void refusesToPublishWhatNobodyApproved() {
        Release release = submitted("more");

        assertThatThrownBy(() -> lifeCycle.publish(release.id(), "now", "nour"))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("RELEASE-013");
    }
}
