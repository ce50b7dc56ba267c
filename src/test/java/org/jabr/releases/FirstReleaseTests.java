package org.jabr.releases;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jabr.rules.Finding;
import org.jabr.rules.RuleTrial;
import org.jabr.rules.RulebookCompiler;
import org.jabr.testing.StubRulebook;
import org.jabr.testing.StubTrial;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.boot.test.autoconfigure.jdbc.JdbcTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;

@JdbcTest
@Import({
    Releases.class,
    ReleaseStore.class,
    Rulebooks.class,
    Quarantine.class,
    Patience.class,
    FirstReleaseTests.Room.class
})
class FirstReleaseTests {

    @TestConfiguration(proxyBeanMethods = false)
    static class Room {

        final List<String> published = new ArrayList<>();

        @Bean
        Clock clock() {
            return Clock.tickMillis(ZoneOffset.UTC);
        }

        @Bean
        ObjectMapper json() {
            return new ObjectMapper();
        }

        /** Finds every file that says that it is broken. */
        @Bean
        RulebookCompiler compiler() {
            return (release, files) -> {
                List<Finding> findings = files.entrySet().stream()
                        .filter(file -> file.getValue().contains("<<broken>>"))
                        .map(file -> new Finding("RULE-001", true, file.getKey(), "", List.of()))
                        .toList();
                return new RulebookCompiler.Compilation(
                        findings.isEmpty() ? new StubRulebook(release) : null, findings);
            };
        }

        @Bean
        RuleTrial trial() {
            return new StubTrial(compiler());
        }

        @EventListener
        void published(Release.Published event) {
            published.add(event.release().id());
        }
    }

    @Autowired
    Releases releases;

    @Autowired
    Room room;

    @TempDir
    Path folder;

    private final FolderState state = new FolderState();

    @BeforeEach
    void folders() throws IOException {
        room.published.clear();
        Files.createDirectories(folder.resolve("processes"));
        Files.createDirectories(folder.resolve("rules"));
        write("rules/resolve.dmn", "one");
    }

    @Test
    void publishesTheFoldersAtTheVeryFirstStart() {
        start(false);

        assertThat(releases.files(releases.live().id())).containsEntry("rules/resolve.dmn", "one");
        assertThat(room.published).containsExactly(releases.live().id());
    }

    @Test
    void publishesNothingNewWhenNothingChanged() {
        start(true);
        start(true);

        assertThat(room.published).hasSize(1);
        assertThat(releases.list()).hasSize(1);
    }

    @Test
    void makesAChangedFolderTheLiveReleaseInTheDemo() throws IOException {
        start(true);
        String before = releases.live().id();
        write("rules/resolve.dmn", "two");
        start(true);

        assertThat(releases.files(releases.live().id())).containsEntry("rules/resolve.dmn", "two");
        assertThat(releases.get(before).state()).isEqualTo(Release.State.RETIRED);
        assertThat(releases.files(before)).containsEntry("rules/resolve.dmn", "one");
    }

    @Test
    void keepsAChangedFolderAsADraftElsewhere() throws IOException {
        start(false);
        String before = releases.live().id();
        write("rules/resolve.dmn", "two");
        start(false);

        assertThat(releases.live().id()).isEqualTo(before);
        assertThat(releases.list()).extracting(Release::state).contains(Release.State.DRAFT);
    }

    @Test
    void doesNotUndoWhatWasPublishedFromElsewhere() throws IOException {
        start(true);
        write("rules/resolve.dmn", "elsewhere");
        Release other = releases.add(folderContent(), "upload", "analyst").release();
        releases.publish(other.id(), "approver");
        write("rules/resolve.dmn", "one");
        start(true);

        assertThat(releases.live().id()).isEqualTo(other.id());
    }

    @Test
    void staysOnTheLastGoodReleaseAndSaysWhatIsWrong() throws IOException {
        start(true);
        String before = releases.live().id();
        write("rules/resolve.dmn", "<<broken>>");
        start(true);

        assertThat(releases.live().id()).isEqualTo(before);
        assertThat(state.findings()).singleElement().satisfies(finding -> assertThat(finding.file())
                .isEqualTo("rules/resolve.dmn"));
    }

    @Test
    void startsOnTheCopyInTheJarWhereTheFirstFoldersAreBroken() throws IOException {
        write("rules/resolve.dmn", "<<broken>>");
        start(true);

        assertThat(releases.live().origin()).isEqualTo("jar");
        assertThat(state.findings()).isNotEmpty();
    }

    @Test
    void startsOnTheCopyInTheJarWhereThereAreNoFolders() throws IOException {
        Files.delete(folder.resolve("rules/resolve.dmn"));
        Files.delete(folder.resolve("rules"));
        start(true);

        assertThat(releases.live().origin()).isEqualTo("jar");
        assertThat(releases.files(releases.live().id())).containsKey("rules/resolve.dmn");
    }

    @Test
    void namesAFileThatIsNotText() throws IOException {
        start(true);
        String before = releases.live().id();
        Files.write(folder.resolve("rules/letter.txt"), "قرار".getBytes(StandardCharsets.UTF_16));
        start(true);

        assertThat(releases.live().id()).isEqualTo(before);
        assertThat(state.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo("RELEASE-006");
            assertThat(finding.values()).containsExactly("rules/letter.txt");
        });
    }

    @Test
    void readsTheSameReleaseWhateverTheLineEnds() throws IOException {
        write("rules/resolve.dmn", "one\ntwo\n");
        start(true);
        write("rules/resolve.dmn", "one\r\ntwo\r\n");
        start(true);

        assertThat(releases.list()).hasSize(1);
    }

    private void start(boolean goesLive) {
        new FirstRelease(releases, releaseFolder(), state, goesLive).run(new DefaultApplicationArguments());
    }

    private java.util.SortedMap<String, String> folderContent() {
        return releaseFolder().read();
    }

    private ReleaseFolder releaseFolder() {
        return new ReleaseFolder(folder.resolve("processes"), folder.resolve("rules"));
    }

    private void write(String path, String text) throws IOException {
        Files.writeString(folder.resolve(path), text);
    }
}
