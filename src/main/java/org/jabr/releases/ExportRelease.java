package org.jabr.releases;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jabr.rules.Problem;
import org.jabr.rules.SideProgram;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.jackson.JacksonAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcClientAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcTemplateAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The command {@code export-release [ID] DIR}: writes a release, or else the live one, back as folders, so that a
 * version control system shows what changed. Reads the database and changes nothing in it.
 */
public final class ExportRelease implements SideProgram {

    /** What the command needs and no more: no engines, no jobs, no pages. */
    @ImportAutoConfiguration({
        DataSourceAutoConfiguration.class,
        JdbcTemplateAutoConfiguration.class,
        JdbcClientAutoConfiguration.class,
        JacksonAutoConfiguration.class
    })
    static class Tables {}

    private static final int DONE = 0;
    private static final int REFUSED = 2;

    @Override
    public String word() {
        return "export-release";
    }

    /**
     * @param args {@code [ID] DIR}, and options of the application such as {@code --spring.profiles.active=postgres}
     * @return 0 done, 2 refused with a sentence on the error stream
     */
    @Override
    public int run(List<String> args) {
        Map<Boolean, List<String>> parts =
                args.stream().collect(Collectors.partitioningBy(arg -> arg.startsWith("--")));
        return run(parts.getOrDefault(false, List.of()), parts.getOrDefault(true, List.of()), System.out, System.err);
    }

    private static int run(List<String> args, List<String> options, PrintStream out, PrintStream err) {
        if (args.isEmpty() || args.size() > 2) {
            err.println("Usage: java -jar jabr.jar export-release [ID] DIR");
            return REFUSED;
        }
        Path folder = Path.of(args.get(args.size() - 1));
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Tables.class, ReleaseStore.class)
                .web(WebApplicationType.NONE)
                .bannerMode(org.springframework.boot.Banner.Mode.OFF)
                .logStartupInfo(false)
                .run(options.toArray(String[]::new))) {
            ReleaseStore store = context.getBean(ReleaseStore.class);
            Optional<Release> release = args.size() == 2 ? store.find(args.get(0)) : store.live();
            if (release.isEmpty()) {
                err.println(args.size() == 2 ? "There is no release " + args.get(0) + "." : "No release is live yet.");
                return REFUSED;
            }
            String id = release.get().id();
            write(store.files(id), folder);
            out.println("Release " + id + " is in " + folder.toAbsolutePath().normalize() + ".");
            return DONE;
        } catch (UncheckedIOException e) {
            err.println("The files could not be written: " + e.getMessage());
            return REFUSED;
        } catch (RuntimeException e) {
            err.println("The database cannot be read: " + rootOf(e).getMessage());
            err.println(
                    "An H2 file belongs to one program at a time: stop Jabr, or download the release in its studio.");
            return REFUSED;
        }
    }

    private static Throwable rootOf(Throwable failure) {
        Throwable cause = failure.getCause();
        return cause == null ? failure : rootOf(cause);
    }

    /**
     * Makes the two folders what the release holds: files that it does not have are removed from them, hidden ones and
     * everything else stay.
     *
     * @throws Problem {@code RELEASE-010} for a path that would lead elsewhere
     */
    static void write(SortedMap<String, String> files, Path folder) {
        Path root = folder.toAbsolutePath().normalize();
        try {
            for (String top : List.of("processes", "rules")) {
                removeOthers(root.resolve(top), root, files);
            }
            for (var file : files.entrySet()) {
                Path target = root.resolve(file.getKey()).normalize();
                if (!target.startsWith(root)) {
                    throw new Problem(Problem.Kind.INVALID, "RELEASE-010", file.getKey());
                }
                Files.createDirectories(target.getParent());
                Files.writeString(target, file.getValue(), StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void removeOthers(Path top, Path root, SortedMap<String, String> files) throws IOException {
        if (!Files.isDirectory(top)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(top)) {
            for (Path file : tree.filter(Files::isRegularFile).toList()) {
                String path = root.relativize(file).toString().replace('\\', '/');
                if (!files.containsKey(path) && !file.getFileName().toString().startsWith(".")) {
                    Files.delete(file);
                }
            }
        }
    }
}
