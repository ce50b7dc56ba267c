package org.jabr.process.camunda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.jabr.JabrApplication;
import org.jabr.cases.RecoveryCase;
import org.jabr.process.PromiseRound;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** A real restart on a database file, with changed folders in between. */
class PinnedReleaseTests {

    private static final String LETTER = "processes/letters/resolution.en.txt";
    private static final String DIAGRAM = "processes/service-recovery.bpmn";

    @TempDir
    Path home;

    @Test
    void aRunningCaseKeepsItsReleaseOverARestartAndANewerOne() throws IOException {
        copy("processes");
        copy("rules");
        RecoveryCase old;
        try (ConfigurableApplicationContext first = start()) {
            old = first.getBean(Desk.class)
                    .lateDelivery()
                    .fact("conversation.emotion", "ANGRY")
                    .open();
        }
        replace(LETTER, "Thank you for your patience.", "This is the new letter.");
        replace(LETTER, "You reported something serious", "This is the new letter, and you reported something serious");
        replace(DIAGRAM, "name=\"Send resolution\"", "name=\"Send the new resolution\"");

        try (ConfigurableApplicationContext second = start()) {
            Desk desk = second.getBean(Desk.class);
            RecoveryCase fresh = desk.lateDelivery().open();
            desk.complete(desk.item(old), Map.of("conversation.emotion", "ANGRY"), Desk.AGENT);

            assertThat(fresh.release()).isNotEqualTo(old.release());
            assertThat(desk.letter(fresh, "resolution")).contains("This is the new letter");
            assertThat(desk.letter(old, "resolution")).doesNotContain("This is the new letter");
            assertThat(desk.recovery.path(fresh.id()).bpmn()).contains("Send the new resolution");
            assertThat(desk.recovery.path(old.id()).bpmn()).doesNotContain("Send the new resolution");
        }
    }

    private ConfigurableApplicationContext start() {
        return new SpringApplicationBuilder(
                        JabrApplication.class, MovableClock.Time.class, Desk.class, PromiseRound.class)
                .web(WebApplicationType.SERVLET)
                .run(
                        "--server.port=0",
                        "--spring.main.allow-bean-definition-overriding=true",
                        "--spring.datasource.url=jdbc:h2:file:" + home.resolve("data/jabr")
                                + ";DEFAULT_NULL_ORDERING=HIGH;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE",
                        "--camunda.bpm.job-execution.enabled=false",
                        "--jabr.promises.every=PT24H",
                        "--jabr.releases.folder-goes-live=true",
                        "--jabr.folders.processes=" + home.resolve("processes"),
                        "--jabr.folders.rules=" + home.resolve("rules"));
    }

    private void copy(String folder) throws IOException {
        try (Stream<Path> tree = Files.walk(Path.of(folder))) {
            for (Path file : (Iterable<Path>) tree.filter(Files::isRegularFile)::iterator) {
                Path target = home.resolve(file.toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
    }

    private void replace(String file, String old, String fresh) throws IOException {
        String text = Files.readString(home.resolve(file));
        assertThat(text).contains(old);
        Files.writeString(home.resolve(file), text.replace(old, fresh));
    }
}
