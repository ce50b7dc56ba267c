package org.jabr.remedies;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Processes of their own, with what they say. */
final class Programs implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 120;
    private static final String ENDED = "ENDED";

    private final List<Program> started = new ArrayList<>();

    /** One of them. */
    static final class Program {

        private final Process process;
        private final BlockingQueue<String> said = new LinkedBlockingQueue<>();
        private final List<String> all = java.util.Collections.synchronizedList(new ArrayList<>());

        private Program(Process process) {
            this.process = process;
            Thread reader = new Thread(() -> {
                try (BufferedReader lines =
                        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                        all.add(line);
                        said.add(line);
                    }
                } catch (IOException gone) {
                    // Killed.
                }
                said.add(ENDED);
            });
            reader.setDaemon(true);
            reader.start();
        }

        /** Waits until it says a line that begins so. @return the line */
        String says(String beginning) {
            return heard(beginning)
                    .orElseThrow(
                            () -> new AssertionError("never said " + beginning + " but:\n" + String.join("\n", all)));
        }

        /** Waits until it says a line that begins so, or has nothing left to do. */
        void saysOrEnds(String beginning) {
            heard(beginning);
        }

        private Optional<String> heard(String beginning) {
            try {
                for (String line = said.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
                        line != null && !line.equals(ENDED);
                        line = said.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    if (line.startsWith(beginning)) {
                        return Optional.of(line);
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Optional.empty();
        }

        boolean alive() {
            return process.isAlive();
        }

        /** SIGKILL. */
        void kill() {
            try {
                process.destroyForcibly().waitFor();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        void signal(String name) {
            try {
                new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                        .start()
                        .waitFor();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    Program start(Class<?> main, List<String> args) {
        return start(main, "256m", args);
    }

    Program start(Class<?> main, String memory, List<String> args) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx" + memory,
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                main.getName()));
        command.addAll(args);
        try {
            Program program = new Program(
                    new ProcessBuilder(command).redirectErrorStream(true).start());
            started.add(program);
            return program;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        started.forEach(Program::kill);
    }
}
