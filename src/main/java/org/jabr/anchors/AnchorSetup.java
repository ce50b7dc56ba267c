package org.jabr.anchors;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jabr.outside.Endpoint;
import org.jabr.outside.GatewayRefused;
import org.jabr.outside.SignedClient;
import org.jabr.post.HouseMail;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The ways out for seals, each where it is configured. What cannot work stops the house at its start. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AnchorTerms.class)
class AnchorSetup {

    /** @param all in the order in which pages show them */
    record Ways(List<Way> all) {

        Ways {
            all = List.copyOf(all);
        }
    }

    @Bean
    Ways anchorWays(
            AnchorTerms terms,
            HouseMail mail,
            @Value("${jabr.public-url:http://localhost:${server.port:8080}}") URI source,
            ObjectMapper json,
            Clock clock) {
        refuse(terms.mistake());
        List<Way> ways = new ArrayList<>();
        if (!terms.file().isBlank()) {
            ways.add(new FileWay(Path.of(terms.file())));
        }
        if (!terms.mail().isEmpty()) {
            refuse(
                    !mail.leaves()
                            ? AnchorTerms.SETTING + ".mail needs a mail server: jabr.gateways.email.host."
                            : terms.mail().stream().allMatch(HouseMail::isAddress)
                                    ? null
                                    : AnchorTerms.SETTING + ".mail must be mail addresses.");
            ways.add(new MailWay(mail, terms.mail()));
        }
        if (!terms.webhook().url().isBlank()) {
            Endpoint endpoint = terms.webhook().endpoint();
            SignedClient client = new SignedClient(
                    endpoint.home(),
                    endpoint.secret(),
                    terms.timeout(),
                    endpoint.addresses(AnchorTerms.SETTING + ".webhook"),
                    clock);
            ways.add(new WebhookWay(client, source, endpoint.host(), json));
        }
        return new Ways(ways);
    }

    private static void refuse(@Nullable String mistake) {
        if (mistake != null) {
            throw new GatewayRefused(mistake, "Mend the setting, or leave it empty.");
        }
    }
}
