package org.jabr.releases;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jabr.rules.Problem;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/** Reads the two folders that analysts own from the working directory, and the copy of them in the jar. */
@Component
class ReleaseFolder {

    private static final String IN_JAR = "default-release/";

    private final Path processes;
    private final Path rules;

    ReleaseFolder(
            @Value("${jabr.folders.processes:processes}") Path processes,
            @Value("${jabr.folders.rules:rules}") Path rules) {
        this.processes = processes;
        this.rules = rules;
    }

    boolean present() {
        return Files.isDirectory(processes) && Files.isDirectory(rules);
    }

    /** @throws Problem {@code RELEASE-006} for a file that is not UTF-8 text, naming it */
    SortedMap<String, String> read() {
        SortedMap<String, String> files = new TreeMap<>();
        read(processes, "processes/", files);
        read(rules, "rules/", files);
        return files;
    }

    SortedMap<String, String> readFromJar() {
        SortedMap<String, String> files = new TreeMap<>();
        try {
            for (Resource resource :
                    new PathMatchingResourcePatternResolver().getResources("classpath:/" + IN_JAR + "**/*.*")) {
                String url = resource.getURL().toString();
                String path = url.substring(url.lastIndexOf(IN_JAR) + IN_JAR.length());
                if (resource.isReadable() && !path.endsWith("/")) {
                    try (InputStream in = resource.getInputStream()) {
                        files.put(path, ReleaseZip.text(path, in.readAllBytes()));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    /** Follows a link to the folder itself, as installations make them, but none inside it. */
    private static void read(Path named, String prefix, SortedMap<String, String> files) {
        try {
            read(named.toRealPath(), files, prefix);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void read(Path folder, SortedMap<String, String> files, String prefix) {
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) tree.filter(Files::isRegularFile)::iterator) {
                String path = prefix + folder.relativize(file).toString().replace('\\', '/');
                if (!file.getFileName().toString().startsWith(".")) {
                    files.put(path, ReleaseZip.text(path, Files.readAllBytes(file)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
