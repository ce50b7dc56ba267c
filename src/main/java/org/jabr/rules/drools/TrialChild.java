package org.jabr.rules.drools;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jabr.rules.Progress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One trial process. It answers one question at a time; whatever goes wrong with a question ends the process, so the
 * next one begins with a clean one.
 */
final class TrialChild implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TrialChild.class);
    private static final int OUT_OF_MEMORY = 3;
    private static final int KEPT_WORDS = 2000;
    private static final long LOOK_MILLIS = 50;

    /** Something came, or nothing will come any more. */
    private record Heard(TrialWire.@Nullable Reply reply, boolean malformed) {}

    private final Process process;
    private final DataOutputStream out;
    private final BlockingQueue<Heard> heard = new ArrayBlockingQueue<>(16);
    private final StringBuilder words = new StringBuilder();
    private final Duration compile;
    private volatile String key = "";
    private long usedAt = System.nanoTime();
    private volatile boolean ended;

    private TrialChild(Process process, Duration compile) {
        this.process = process;
        this.compile = compile;
        this.out = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
    }

    static TrialChild start(TrialProgram program, Duration compile) {
        try {
            TrialChild child = new TrialChild(program.start(), compile);
            daemon("trial-answers", child::listen);
            daemon("trial-words", child::drain);
            return child;
        } catch (IOException cannotStart) {
            LOG.error("A trial process cannot be started", cannotStart);
            throw new TrialFailed(TrialFailed.BROKE_OFF);
        }
    }

    boolean alive() {
        return !ended && process.isAlive();
    }

    /** Whether its last answer was about these files. */
    boolean knows(String files) {
        return key.equals(files);
    }

    Duration unusedFor() {
        return Duration.ofNanos(System.nanoTime() - usedAt);
    }

    long pid() {
        return process.pid();
    }

    /**
     * Asks, and waits for the answer.
     *
     * @param read makes sense of the answer; throws {@link TrialFailed} where it has none
     * @throws TrialFailed where it does not come in time, or the process ended, or what it said is no answer
     * @throws TrialCancelled where the work was called off
     */
    <T> T ask(
            String operation,
            String key,
            Map<String, String> files,
            Map<String, Object> arguments,
            Duration most,
            Progress progress,
            Function<TrialWire.Reply, T> read) {
        long end = System.nanoTime() + allowed(key, most).toNanos();
        try {
            if (!heard.isEmpty()) {
                // it speaks without being asked
                throw new TrialFailed(TrialFailed.BROKE_OFF);
            }
            TrialWire.Reply reply = one(new TrialWire.Request(operation, key, null, arguments), end, most, progress);
            if (reply.need()) {
                reply = one(new TrialWire.Request(operation, key, files, arguments), end, most, progress);
            }
            if (reply.need()) {
                throw new TrialFailed(TrialFailed.BROKE_OFF);
            }
            usedAt = System.nanoTime();
            this.key = key;
            return read.apply(reply);
        } catch (TrialFailed | TrialCancelled failure) {
            close();
            if (failure instanceof TrialFailed failed) {
                LOG.warn("A trial process ended: {} in {}: {}", failed.code(), operation, lastWords());
            }
            throw failure;
        }
    }

    /** A short question about files that must be compiled first is no longer short. */
    private Duration allowed(String files, Duration most) {
        return knows(files) || most.compareTo(compile) >= 0 ? most : most.plus(compile);
    }

    private TrialWire.Reply one(TrialWire.Request request, long end, Duration most, Progress progress) {
        // a process that does not read would hold up who writes
        Thread writer = daemon("trial-question", () -> send(request));
        while (true) {
            TrialWire.Reply reply = next(end, most, progress);
            if (reply.progress() != null && reply.progress().size() == 2) {
                progress.at(reply.progress().get(0), reply.progress().get(1));
            } else {
                writer.interrupt();
                return reply;
            }
        }
    }

    private void send(TrialWire.Request request) {
        try {
            TrialWire.write(out, request);
        } catch (IOException gone) {
            // the listener hears the end
        }
    }

    private TrialWire.Reply next(long end, Duration most, Progress progress) {
        while (true) {
            if (progress.cancelled()) {
                throw new TrialCancelled();
            }
            if (System.nanoTime() - end > 0) {
                throw new TrialFailed(TrialFailed.TOO_LONG, most.toSeconds());
            }
            try {
                Heard next = heard.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                if (next == null) {
                    continue;
                }
                if (next.reply() == null) {
                    throw ending(next.malformed());
                }
                return next.reply();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new TrialCancelled();
            }
        }
    }

    private TrialFailed ending(boolean malformed) throws InterruptedException {
        boolean over = !malformed && process.waitFor(2, TimeUnit.SECONDS);
        return new TrialFailed(
                over && process.exitValue() == OUT_OF_MEMORY ? TrialFailed.TOO_MUCH : TrialFailed.BROKE_OFF);
    }

    private void listen() {
        boolean malformed = false;
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(process.getInputStream()))) {
            for (TrialWire.Reply reply = TrialWire.read(in, TrialWire.Reply.class);
                    reply != null;
                    reply = TrialWire.read(in, TrialWire.Reply.class)) {
                heard.put(new Heard(reply, false));
            }
        } catch (IOException broken) {
            malformed = process.isAlive();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        ended = true;
        heard.offer(new Heard(null, malformed));
    }

    /** What it prints is read, or it would stand still; only the end is kept. */
    private void drain() {
        byte[] some = new byte[1024];
        try (InputStream in = process.getErrorStream()) {
            for (int read = in.read(some); read >= 0; read = in.read(some)) {
                synchronized (words) {
                    words.append(new String(some, 0, read, StandardCharsets.UTF_8));
                    if (words.length() > KEPT_WORDS) {
                        words.delete(0, words.length() - KEPT_WORDS);
                    }
                }
            }
        } catch (IOException gone) {
            // it ended
        }
    }

    private String lastWords() {
        synchronized (words) {
            return words.toString().strip();
        }
    }

    /** Ends the process, whatever it is doing, and waits until it is gone. */
    @Override
    public void close() {
        ended = true;
        process.destroyForcibly();
        try {
            process.waitFor(5, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
