package org.jabr.outside;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.HttpHostConnectException;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Calls one other system over HTTP. Connects to nothing but addresses of the configured host that were checked; follows no
 * redirect, keeps no cookie, unpacks nothing, tries nothing twice. Each call is signed and ends within its time, and an
 * answer is read up to a limit.
 */
public class SignedClient implements AutoCloseable {

    private static final int LONGEST_ANSWER = 16 * 1024;
    private static final int MOST_CONNECTIONS = 64;

    private final URI home;
    private final String secret;
    private final Duration timeout;
    private final Clock clock;
    private final CloseableHttpClient client;
    private final ScheduledExecutorService watch;

    /** @param timeout for one call in all: finding the address, connecting, asking, reading the answer */
    public SignedClient(URI home, String secret, Duration timeout, CheckedAddresses addresses, Clock clock) {
        this.home = home;
        this.secret = secret;
        this.timeout = timeout;
        this.clock = clock;
        Timeout most = Timeout.of(timeout);
        this.client = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(addresses)
                        .setMaxConnTotal(MOST_CONNECTIONS)
                        .setMaxConnPerRoute(MOST_CONNECTIONS)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(most)
                                .setSocketTimeout(most)
                                .setTimeToLive(Timeout.ofMinutes(1))
                                .build())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(most)
                        .setResponseTimeout(most)
                        .setRedirectsEnabled(false)
                        .build())
                .setUserAgent("Jabr")
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableContentCompression()
                .disableAutomaticRetries()
                .disableAuthCaching()
                .build();
        this.watch = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "calls-watch");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * What came back.
     *
     * @param status of the answer; zero where there is none
     * @param failure why there is no answer: {@code TIMEOUT}, {@code TOO_LONG}, {@code UNREACHABLE} (nobody took the
     *     connection), {@code NO_ADDRESS}, {@code ADDRESS_REFUSED}, {@code TLS} or {@code CONNECTION}; else null
     */
    public record Reply(int status, byte[] body, @Nullable String failure) {

        static Reply none(String failure) {
            return new Reply(0, new byte[0], failure);
        }
    }

    /** @param path behind the address of the other system */
    public Reply get(String path) {
        return call(new HttpGet(home + path), new byte[0]);
    }

    /** @param headers further ones */
    public Reply post(String path, String contentType, byte[] body, Map<String, String> headers) {
        HttpPost request = new HttpPost(home + path);
        headers.forEach(request::setHeader);
        request.setEntity(new ByteArrayEntity(body, ContentType.parse(contentType)));
        return call(request, body);
    }

    private Reply call(HttpUriRequestBase request, byte[] body) {
        String timestamp = Long.toString(clock.instant().getEpochSecond());
        request.setHeader(Signature.TIMESTAMP, timestamp);
        request.setHeader(Signature.HEADER, Signature.of(secret, timestamp, body));
        request.setHeader("Accept", "application/json");
        AtomicBoolean late = new AtomicBoolean();
        // The time-outs of sockets begin anew with every byte; this one does not.
        ScheduledFuture<?> end = watch.schedule(
                () -> {
                    late.set(true);
                    request.abort();
                },
                timeout.toMillis(),
                TimeUnit.MILLISECONDS);
        try {
            return client.execute(request, response -> {
                byte[] answer = read(response);
                if (answer == null) {
                    request.abort();
                    return Reply.none("TOO_LONG");
                }
                return new Reply(response.getCode(), answer, null);
            });
        } catch (IOException | RuntimeException e) {
            return Reply.none(late.get() ? "TIMEOUT" : code(e));
        } finally {
            end.cancel(false);
        }
    }

    private static String code(Exception failure) {
        if (failure instanceof CheckedAddresses.Refused) {
            return "ADDRESS_REFUSED";
        }
        if (failure instanceof java.net.UnknownHostException) {
            return "NO_ADDRESS";
        }
        if (failure instanceof java.net.SocketTimeoutException) {
            return "TIMEOUT";
        }
        if (failure instanceof HttpHostConnectException) {
            return "UNREACHABLE";
        }
        return failure instanceof javax.net.ssl.SSLException ? "TLS" : "CONNECTION";
    }

    private static byte @Nullable [] read(ClassicHttpResponse response) throws IOException {
        HttpEntity entity = response.getEntity();
        if (entity == null) {
            return new byte[0];
        }
        try (InputStream content = entity.getContent()) {
            byte[] read = content.readNBytes(LONGEST_ANSWER + 1);
            return read.length > LONGEST_ANSWER ? null : read;
        }
    }

    @Override
    public void close() throws IOException {
        watch.shutdownNow();
        client.close();
    }
}
