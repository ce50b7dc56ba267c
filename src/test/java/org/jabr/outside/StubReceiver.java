package org.jabr.outside;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Another system that gets messages or news, as a program of its own: what stands in its log has arrived, and was signed as
 * it must be. A line is forced to disk before the answer. It can be a bad partner:
 *
 * <pre>
 * java ... org.jabr.outside.StubReceiver --port=9901 --log=messages.log --secret=S [--status=500] [--lose=30] [--delay=200]
 * curl -X POST 'http://localhost:9901/control?status=503'
 * </pre>
 *
 * {@code status}: of the answer (202); {@code lose}: percent of the calls that arrive and are not answered; {@code delay}:
 * milliseconds before the answer.
 */
public final class StubReceiver implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String secret;
    private final Random random = new Random(7);
    private final Map<String, String> settings = new ConcurrentHashMap<>();
    private final List<Arrived> arrived = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private final @Nullable FileChannel log;

    /** @param file that everything that arrives is written to; null for none */
    public StubReceiver(int port, @Nullable Path file, String secret) throws IOException {
        this.secret = secret;
        this.log = file == null
                ? null
                : FileChannel.open(
                        file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 256);
        server.createContext("/", this::serve);
        server.createContext("/control", this::control);
        server.setExecutor(Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "receiver");
            thread.setDaemon(true);
            return thread;
        }));
        server.start();
    }

    /** @param signed whether it was signed as it must be */
    public record Arrived(String path, String key, boolean signed, JsonNode event) {}

    public static void main(String[] args) throws Exception {
        Map<String, String> settings = new HashMap<>();
        for (String arg : args) {
            String[] pair = arg.replaceFirst("^--", "").split("=", 2);
            settings.put(pair[0], pair.length > 1 ? pair[1] : "true");
        }
        StubReceiver stub = new StubReceiver(
                Integer.parseInt(settings.getOrDefault("port", "9901")),
                Path.of(settings.getOrDefault("log", "stub-receiver.log")),
                settings.getOrDefault("secret", "stub"));
        settings.forEach(stub::set);
        System.out.println("PORT " + stub.port());
        System.out.flush();
        Thread.currentThread().join();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public void set(String name, Object value) {
        settings.put(name, String.valueOf(value));
    }

    /** Answers as at the beginning. */
    public void behave() {
        settings.clear();
    }

    public List<Arrived> arrived() {
        return List.copyOf(arrived);
    }

    private void serve(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String timestamp = exchange.getRequestHeaders().getFirst(Signature.TIMESTAMP);
        String signature = exchange.getRequestHeaders().getFirst(Signature.HEADER);
        boolean signed = timestamp != null
                && signature != null
                && CloudEvent.CONTENT_TYPE.equals(exchange.getRequestHeaders().getFirst("Content-Type"))
                && Signature.matches(signature, secret, timestamp, body);
        if (!signed) {
            answer(exchange, 401);
            return;
        }
        synchronized (this) {
            String path = exchange.getRequestURI().getPath();
            String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
            JsonNode event = JSON.readTree(body);
            arrived.add(new Arrived(path, key, true, event));
            if (log != null) {
                ObjectNode line = JSON.createObjectNode();
                line.put("path", path);
                line.put("key", key);
                line.set("event", event);
                log.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
                log.force(true);
            }
        }
        int status = Integer.parseInt(settings.getOrDefault("status", "202"));
        try {
            Thread.sleep(Long.parseLong(settings.getOrDefault("delay", "0")));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (random.nextInt(100) < Integer.parseInt(settings.getOrDefault("lose", "0"))) {
            exchange.close();
            return;
        }
        answer(exchange, status);
    }

    private void control(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getQuery();
        for (String pair : query == null ? new String[0] : query.split("&")) {
            String[] setting = pair.split("=", 2);
            set(setting[0], setting.length > 1 ? setting[1] : "true");
        }
        answer(exchange, 200);
    }

    private static void answer(HttpExchange exchange, int status) throws IOException {
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    @Override
    public void close() throws IOException {
        server.stop(0);
        if (log != null) {
            log.close();
        }
    }
}
