package org.jabr.hooks;

import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jabr.outside.GatewayRefused;
import org.jabr.outside.SignedClient;
import org.jabr.outside.Turnstile;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/** Who is told what happened; the house does not start with terms that make no sense. */
@Component
@EnableConfigurationProperties(HookTerms.class)
class Receivers {

    private final List<Receiver> all = new ArrayList<>();

    Receivers(HookTerms terms, Clock clock) {
        String mistake = terms.mistake();
        if (mistake != null) {
            throw new GatewayRefused(mistake, "Mend the setting, or leave it away.");
        }
        for (int i = 0; i < terms.out().size(); i++) {
            HookTerms.Out one = terms.out().get(i);
            SignedClient client = new SignedClient(
                    one.endpoint().home(),
                    one.secret(),
                    terms.timeout(),
                    one.endpoint().addresses(HookTerms.SETTING + ".out[" + i + "]"),
                    clock);
            all.add(new Receiver(
                    one.name(),
                    one.endpoint().host(),
                    one.types(),
                    client,
                    new Turnstile(terms.turnstile("hook-" + one.name()), clock)));
        }
    }

    List<Receiver> all() {
        return all;
    }

    @PreDestroy
    void close() throws IOException {
        for (Receiver one : all) {
            one.close();
        }
    }
}
