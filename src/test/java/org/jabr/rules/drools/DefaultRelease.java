package org.jabr.rules.drools;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jabr.rules.Finding;
import org.jabr.rules.Rulebook;
import org.jabr.rules.RulebookCompiler;

/** The default release, compiled once for all tests. */
final class DefaultRelease {

    private static final RulebookCompiler.Compilation COMPILATION =
            new DroolsRulebookCompiler().compile("default", files());

    private DefaultRelease() {}

    static Rulebook rulebook() {
        Rulebook rulebook = COMPILATION.rulebook();
        if (rulebook == null) {
            throw new IllegalStateException(COMPILATION.findings().toString());
        }
        return rulebook;
    }

    /** All files of the release by path. */
    static Map<String, String> files() {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(Path.of("rules"))) {
            for (Path path : (Iterable<Path>) paths.filter(Files::isRegularFile)::iterator) {
                files.put(path.toString().replace('\\', '/'), Files.readString(path));
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return files;
    }

    static Map<String, Object> baseCase() {
        return json(files().get("rules/scenarios/base-case.json"));
    }

    static Map<String, Object> json(String text) {
        try {
            return new ObjectMapper().readValue(text, new TypeReference<>() {});
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static List<Finding> findings() {
        return COMPILATION.findings();
    }
}
