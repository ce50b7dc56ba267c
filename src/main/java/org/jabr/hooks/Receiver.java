package org.jabr.hooks;

import java.io.IOException;
import java.util.Set;
import org.jabr.outside.SignedClient;
import org.jabr.outside.Turnstile;

/**
 * Another system that is told what happened.
 *
 * @param types what it wants to hear; empty for all
 */
record Receiver(String name, String host, Set<String> types, SignedClient client, Turnstile turnstile) {

    boolean wants(NewsType type) {
        return types.isEmpty() || types.contains(type.type());
    }

    void close() throws IOException {
        client.close();
    }
}
