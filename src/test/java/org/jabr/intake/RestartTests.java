package org.jabr.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jabr.JabrApplication;
import org.jabr.cases.Cases;
import org.jabr.cases.RecoveryCase;
import org.jabr.cases.Stage;
import org.jabr.replay.Replay;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The house stops in the middle of an import and starts again on the same database file. */
class RestartTests {

    private static final int LINES = 45;

    @TempDir
    Path folder;

    @Test
    void neitherLosesNorRepeatsAnythingAndDecidesTheSame() {
        String file = "externalRef,customer,channel,category,subject,loss\n"
                + IntStream.range(0, LINES)
                        .mapToObj(i -> "f-%d,C%d,EMAIL,Delivery,Parcel late,%d.50%n".formatted(i, i % 9, 10 + i))
                        .collect(Collectors.joining());
        long id;
        try (ConfigurableApplicationContext before = start()) {
            id = before.getBean(Imports.class)
                    .add(ImportKind.COMPLAINTS, "generic", file.getBytes(StandardCharsets.UTF_8), "supervisor");
            before.getBean(ImportRunner.class).step(id);
            assertThat(before.getBean(Imports.class).get(id).done()).isBetween(1, LINES - 1);
        }
        try (ConfigurableApplicationContext after = start()) {
            Imports imports = after.getBean(Imports.class);
            Cases cases = after.getBean(Cases.class);
            await(() -> imports.get(id).status() == ImportRun.Status.DONE);
            assertThat(imports.get(id))
                    .extracting(ImportRun::accepted, ImportRun::duplicates, ImportRun::rejectedCount)
                    .containsExactly(LINES, 0, 0);
            assertThat(cases.list(null, null, null, 200)).hasSize(LINES);
            await(() -> !cases.countByStage().containsKey(Stage.RECEIVED));
            assertThat(cases.list(null, null, null, 200))
                    .extracting(RecoveryCase::stage)
                    .doesNotContain(Stage.RECEIVED);
            assertThat(imports.start("complaints", "generic", file.getBytes(StandardCharsets.UTF_8), "supervisor")
                            .duplicates())
                    .isEqualTo(LINES);
        }
        try (ConfigurableApplicationContext later = start()) {
            Replay.Summary again = later.getBean(Replay.class).all(done -> {});
            assertThat(again.decisions()).isGreaterThan(4L * LINES);
            assertThat(again.different()).isEmpty();
        }
    }

    private ConfigurableApplicationContext start() {
        // As arguments, which win over every configuration file: never the database of whoever runs the tests.
        return new SpringApplicationBuilder(JabrApplication.class)
                .run(
                        "--server.port=0",
                        "--jabr.demo.data=false",
                        "--spring.datasource.url=jdbc:h2:file:" + folder.resolve("jabr")
                                + ";DEFAULT_NULL_ORDERING=HIGH;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE");
    }

    private static void await(BooleanSupplier condition) {
        Instant end = Instant.now().plus(Duration.ofMinutes(3));
        while (!condition.getAsBoolean() && Instant.now().isBefore(end)) {
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }
}
