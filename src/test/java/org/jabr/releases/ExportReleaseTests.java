package org.jabr.releases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportReleaseTests {

    @TempDir
    Path folder;

    @Test
    void makesTheFoldersWhatTheReleaseHolds() throws IOException {
        Files.createDirectories(folder.resolve("rules/tables"));
        Files.writeString(folder.resolve("rules/old.dmn"), "old");
        Files.writeString(folder.resolve("rules/.keep"), "hidden");
        Files.writeString(folder.resolve("README.md"), "mine");
        TreeMap<String, String> files =
                new TreeMap<>(Map.of("rules/tables/new.dmn", "new", "processes/letters/a.ar.txt", "شكرًا\n"));

        ExportRelease.write(files, folder);

        assertThat(folder.resolve("rules/old.dmn")).doesNotExist();
        assertThat(folder.resolve("rules/tables/new.dmn")).hasContent("new");
        assertThat(Files.readString(folder.resolve("processes/letters/a.ar.txt")))
                .isEqualTo("شكرًا\n");
        assertThat(folder.resolve("rules/.keep")).exists();
        assertThat(folder.resolve("README.md")).exists();
    }

    @Test
    void takesBackInWhatItWroteAsTheSameRelease() {
        TreeMap<String, String> files = new TreeMap<>(Map.of("rules/a.dmn", "a", "processes/b.bpmn", "b"));

        ExportRelease.write(files, folder);

        assertThat(new ReleaseFolder(folder.resolve("processes"), folder.resolve("rules")).read())
                .isEqualTo(files);
    }

    @Test
    void writesNothingOutsideOfTheFolder() {
        TreeMap<String, String> files = new TreeMap<>(Map.of("rules/../../outside.txt", "x"));

        assertThatThrownBy(() -> ExportRelease.write(files, folder.resolve("in")))
                .hasMessageContaining("RELEASE-010");
        assertThat(folder.resolve("outside.txt")).doesNotExist();
    }
}
