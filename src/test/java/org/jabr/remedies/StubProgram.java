package org.jabr.remedies;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A running {@link StubGateway} in a process of its own, for tests of other rooms too. */
public final class StubProgram implements AutoCloseable {

    public static final String SECRET = "a secret";

    private final Programs programs = new Programs();
    private final Path log;
    private final String url;

    /** @param settings as its arguments, such as {@code --delay=20} */
    public StubProgram(Path log, String... settings) {
        this.log = log;
        List<String> args = new ArrayList<>(List.of("--port=0", "--log=" + log, "--secret=" + SECRET));
        args.addAll(List.of(settings));
        this.url = "http://localhost:"
                + programs.start(StubGateway.class, args).says("PORT ").substring("PORT ".length());
    }

    public String url() {
        return url;
    }

    /** Changes how bad a partner it is, as {@code lose=30&delay=20}. @return how often what happened */
    public String control(String settings) {
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(url + "/control?" + settings))
                                    .POST(HttpRequest.BodyPublishers.noBody())
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What really happened, in order. */
    public List<ObjectNode> happened() {
        return StubGateway.lines(log);
    }

    @Override
    public void close() {
        programs.close();
    }
}
