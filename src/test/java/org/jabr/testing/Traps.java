package org.jabr.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a model would set off if any of it ran: a file, a connection, a class, a system property. */
public final class Traps implements AutoCloseable {

    private static final String PROPERTY = "jabr.canary";

    static {
        // a trap that is sprung must not hold up who sprang it
        System.setProperty("sun.net.client.defaultConnectTimeout", "2000");
        System.setProperty("sun.net.client.defaultReadTimeout", "2000");
    }

    private final Path file;
    private final ServerSocket socket;

    public Traps() {
        try {
            file = Files.createTempDirectory("traps").resolve("canary");
            socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            socket.setSoTimeout(1);
            Bomb.exploded = false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file that only comes to be if something ran. */
    public Path file() {
        return file;
    }

    /** Where somebody calls only if something ran. */
    public int port() {
        return socket.getLocalPort();
    }

    /** What was set off. */
    public List<String> sprung() {
        List<String> sprung = new ArrayList<>();
        if (Files.exists(file)) {
            sprung.add("file");
        }
        if (System.getProperty(PROPERTY) != null) {
            sprung.add("property");
        }
        if (Bomb.exploded) {
            sprung.add("class");
        }
        try {
            socket.accept().close();
            sprung.add("network");
        } catch (SocketTimeoutException quiet) {
            // as it should be
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sprung;
    }

    @Override
    public void close() {
        try {
            socket.close();
            Files.deleteIfExists(file);
            Files.deleteIfExists(file.getParent());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a hostile model would make or call. */
    public static class Bomb {

        static volatile boolean exploded;

        public Bomb() {
            explode();
        }

        public static boolean explode() {
            exploded = true;
            return true;
        }
    }
}
