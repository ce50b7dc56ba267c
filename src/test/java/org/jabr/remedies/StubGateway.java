package org.jabr.remedies;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The other side of the gateway contract, as a program of its own: what stands in its log really happened. A line is forced
 * to disk before the answer, each key is carried out once, and the log is read again at start. It can be a bad partner:
 *
 * <pre>
 * java ... org.jabr.remedies.StubGateway --port=9900 --log=stub.log --secret=S [--lose=30] [--delay=200] ...
 * curl -X POST 'http://localhost:9900/control?lose=30&amp;delay=200'     curl http://localhost:9900/control
 * </pre>
 *
 * In percent of the calls: {@code drop} nothing happens, the connection breaks; {@code lose} it happens, the answer is lost;
 * {@code lie} it happens or not, the answer is nonsense; {@code twice} the request arrives twice; {@code fail} 500 before
 * anything happens; {@code pending} it happens at the next question. {@code refuse}: percent of the keys, always the same
 * ones. {@code delay}: milliseconds before the answer; {@code hold=true}: no answer until {@code hold=false}.
 */
final class StubGateway implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long TOLERATED_SECONDS = 300;

    private final String secret;
    private final Random random = new Random(7);
    private final Map<String, ObjectNode> done = new ConcurrentHashMap<>();
    private final Map<String, JsonNode> pending = new ConcurrentHashMap<>();
    private final Map<String, String> settings = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> counts = new ConcurrentHashMap<>();
    private final FileChannel log;
    private final HttpServer server;
    private final Object held = new Object();

    StubGateway(int port, Path file, String secret, Map<String, String> settings) throws IOException {
        this.secret = secret;
        this.settings.putAll(settings);
        if (Files.exists(file)) {
            for (ObjectNode line : lines(file)) {
                done.put(line.get("key").asText(), line);
            }
        }
        this.log =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 256);
        server.createContext("/effects", this::serve);
        server.createContext("/control", this::control);
        server.createContext("/elsewhere", exchange -> answer(exchange, 200, "{\"status\":\"DONE\"}"));
        server.setExecutor(Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "stub");
            thread.setDaemon(true);
            return thread;
        }));
        server.start();
    }

    /** What really happened, in order; a line that a crash cut short never happened. */
    static java.util.List<ObjectNode> lines(Path file) {
        try {
            java.util.List<ObjectNode> lines = new java.util.ArrayList<>();
            for (String line : Files.readAllLines(file)) {
                try {
                    lines.add((ObjectNode) JSON.readTree(line));
                } catch (IOException cut) {
                    // Not forced to disk as a whole, so never answered.
                }
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static void main(String[] args) throws Exception {
        Map<String, String> settings = new HashMap<>();
        for (String arg : args) {
            String[] pair = arg.replaceFirst("^--", "").split("=", 2);
            settings.put(pair[0], pair.length > 1 ? pair[1] : "true");
        }
        StubGateway stub = new StubGateway(
                Integer.parseInt(settings.getOrDefault("port", "9900")),
                Path.of(settings.getOrDefault("log", "stub-gateway.log")),
                settings.getOrDefault("secret", "stub"),
                settings);
        System.out.println("PORT " + stub.port());
        System.out.flush();
        Thread.currentThread().join();
    }

    int port() {
        return server.getAddress().getPort();
    }

    void set(String name, Object value) {
        settings.put(name, String.valueOf(value));
        synchronized (held) {
            held.notifyAll();
        }
    }

    int count(String what) {
        return counts.getOrDefault(what, new AtomicInteger()).get();
    }

    @Override
    public void close() throws IOException {
        set("hold", false);
        server.stop(0);
        log.close();
    }

    private void serve(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (!signed(exchange, body)) {
            count("unsigned", 1);
            answer(exchange, 401, "{}");
            return;
        }
        if (settings.containsKey("redirect")) {
            exchange.getResponseHeaders().add("Location", settings.get("redirect"));
            answer(exchange, 307, "");
            return;
        }
        if (exchange.getRequestMethod().equals("POST")) {
            send(exchange, body);
        } else {
            status(exchange);
        }
    }

    private void send(HttpExchange exchange, byte[] body) throws IOException {
        count("sends", 1);
        JsonNode order = JSON.readTree(body);
        String key = order.path("key").asText();
        if (!key.equals(exchange.getRequestHeaders().getFirst("Idempotency-Key"))) {
            answer(exchange, 400, "{}");
            return;
        }
        if (chance("drop")) {
            exchange.close();
            return;
        }
        if (chance("fail")) {
            answer(exchange, 500, "{}");
            return;
        }
        if (Math.floorMod(key.hashCode(), 100) < number("refuse")) {
            reply(exchange, 422, "{\"status\":\"REFUSED\",\"reason\":\"account closed\"}");
            return;
        }
        if (!done.containsKey(key) && chance("pending")) {
            pending.put(key, order);
            reply(exchange, 202, "{\"status\":\"PENDING\"}");
            return;
        }
        boolean lie = chance("lie");
        if (lie && random.nextBoolean()) {
            nonsense(exchange, key);
            return;
        }
        ObjectNode happened = carryOut(order);
        if (chance("twice")) {
            happened = carryOut(order);
        }
        if (lie) {
            nonsense(exchange, key);
        } else if (chance("lose")) {
            count("lost", 1);
            exchange.close();
        } else {
            reply(
                    exchange,
                    201,
                    "{\"key\":%s,\"status\":\"DONE\",\"reference\":%s}"
                            .formatted(JSON.writeValueAsString(key), happened.get("reference")));
        }
    }

    private void status(HttpExchange exchange) throws IOException {
        count("questions", 1);
        String path = exchange.getRequestURI().getRawPath();
        String key = URLDecoder.decode(path.substring(path.lastIndexOf('/') + 1), StandardCharsets.UTF_8);
        JsonNode waits = pending.remove(key);
        if (waits != null) {
            if (chance("pending")) {
                pending.put(key, waits);
                reply(exchange, 200, "{\"status\":\"PENDING\"}");
                return;
            }
            carryOut(waits);
        }
        if (chance("lose")) {
            count("lost", 1);
            exchange.close();
            return;
        }
        ObjectNode happened = done.get(key);
        if (happened != null) {
            reply(exchange, 200, "{\"status\":\"DONE\",\"reference\":%s}".formatted(happened.get("reference")));
        } else if (Math.floorMod(key.hashCode(), 100) < number("refuse")) {
            reply(exchange, 200, "{\"status\":\"REFUSED\"}");
        } else {
            reply(exchange, 404, "{}");
        }
    }

    /** Once per key: the one place where something happens. */
    private synchronized ObjectNode carryOut(JsonNode order) throws IOException {
        String key = order.get("key").asText();
        ObjectNode before = done.get(key);
        if (before != null) {
            return before;
        }
        ObjectNode line = order.deepCopy();
        line.put("reference", "S-" + (done.size() + 1) + "-" + key);
        line.put("at", System.currentTimeMillis());
        ByteBuffer bytes = ByteBuffer.wrap((JSON.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            log.write(bytes);
        }
        log.force(true);
        done.put(key, line);
        return line;
    }

    private void nonsense(HttpExchange exchange, String key) throws IOException {
        count("lies", 1);
        switch (random.nextInt(5)) {
            case 0 -> reply(exchange, 200, "<html>It works!</html>");
            case 1 -> reply(exchange, 200, "{\"key\":\"another-" + key + "\",\"status\":\"DONE\",\"reference\":\"X\"}");
            case 2 -> reply(exchange, 200, "{\"key\":\"" + key + "\",\"status\":\"DO");
            case 3 -> reply(exchange, 200, "{\"key\":\"" + key + "\",\"status\":\"PERHAPS\"}");
            default -> reply(exchange, 200, "x".repeat(100_000));
        }
    }

    private void reply(HttpExchange exchange, int status, String body) throws IOException {
        try {
            long delay = number("delay");
            if (delay > 0) {
                Thread.sleep(delay);
            }
            synchronized (held) {
                while ("true".equals(settings.get("hold"))) {
                    held.wait();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        answer(exchange, status, body);
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    /** Shows how often what happened, or changes how bad a partner it is. */
    private void control(HttpExchange exchange) throws IOException {
        URI asked = exchange.getRequestURI();
        if (exchange.getRequestMethod().equals("POST") && asked.getQuery() != null) {
            for (String pair : asked.getQuery().split("&")) {
                String[] parts = pair.split("=", 2);
                set(parts[0], parts.length > 1 ? parts[1] : "true");
            }
        }
        Map<String, Integer> shown = new LinkedHashMap<>();
        new TreeMap<>(counts).forEach((name, count) -> shown.put(name, count.get()));
        shown.put("done", done.size());
        shown.put("pending", pending.size());
        answer(exchange, 200, JSON.writeValueAsString(shown));
    }

    private boolean signed(HttpExchange exchange, byte[] body) {
        String timestamp = exchange.getRequestHeaders().getFirst("X-Jabr-Timestamp");
        String signature = exchange.getRequestHeaders().getFirst("X-Jabr-Signature");
        if (timestamp == null || signature == null) {
            return false;
        }
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update((timestamp + ".").getBytes(StandardCharsets.UTF_8));
            byte[] expected =
                    ("sha256=" + HexFormat.of().formatHex(mac.doFinal(body))).getBytes(StandardCharsets.UTF_8);
            boolean old = !settings.containsKey("anytime")
                    && Math.abs(System.currentTimeMillis() / 1000 - Long.parseLong(timestamp)) > TOLERATED_SECONDS;
            return !old && MessageDigest.isEqual(expected, signature.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException | NumberFormatException e) {
            return false;
        }
    }

    private boolean chance(String what) {
        boolean now = random.nextInt(100) < number(what);
        if (now) {
            count(what, 1);
        }
        return now;
    }

    private long number(String what) {
        return Long.parseLong(settings.getOrDefault(what, "0"));
    }

    private void count(String what, int by) {
        counts.computeIfAbsent(what, one -> new AtomicInteger()).addAndGet(by);
    }
}
