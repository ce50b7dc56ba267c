package org.jabr.rules.drools;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Collectors;

/** The command that starts a trial process: this program again, with limits, and without this process's environment. */
record TrialProgram(List<String> command) {

    /** @param memory most heap, as {@code -Xmx} takes it */
    static TrialProgram own(String memory) {
        return running(memory, Inspection.class, Inspection.WORD);
    }

    static TrialProgram running(String memory, Class<?> main, String argument) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "-Xmx" + memory,
                "-Xss4m",
                "-XX:MaxMetaspaceSize=256m",
                "-XX:MaxDirectMemorySize=32m",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:+UseSerialGC",
                // what the virtual machine itself says must not get between the frames
                "-XX:+DisplayVMOutputToStderr",
                "-Djava.awt.headless=true",
                "-Dlogback.configurationFile=org/jabr/rules/drools/inspection-log.xml"));
        if (Confinement.possible()) {
            command.add("-Djava.security.manager=allow");
        }
        String path = absolute(System.getProperty("java.class.path"));
        if (executable(path)) {
            command.addAll(List.of("-jar", path, argument));
        } else {
            command.addAll(List.of("-cp", path, main.getName(), argument));
        }
        return new TrialProgram(List.copyOf(command));
    }

    /** The trial process works in another folder. */
    private static String absolute(String classPath) {
        return Arrays.stream(classPath.split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Whether this program runs from its executable jar, which holds its libraries inside. */
    private static boolean executable(String path) {
        if (!path.endsWith(".jar") || !Files.isRegularFile(Path.of(path))) {
            return false;
        }
        try (JarFile jar = new JarFile(path)) {
            return jar.getEntry("BOOT-INF/") != null;
        } catch (IOException unreadable) {
            return false;
        }
    }

    Process start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.directory(Path.of(System.getProperty("java.io.tmpdir")).toFile());
        return builder.start();
    }
}
