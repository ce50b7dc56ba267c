package org.jabr.post;

import java.net.URI;
import java.time.Clock;
import java.util.List;
import org.jabr.customers.Customers;
import org.jabr.outside.GatewayRefused;
import org.jabr.outside.SignedClient;
import org.jabr.outside.Turnstile;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The ways out for letters, each where it is configured. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({PostTerms.class, MessageTerms.class})
class PostSetup {

    static final String EMAIL = "email";
    static final String MESSAGES = "messages";

    private static final String MAIL_SERVER = "!'${jabr.gateways.email.host:}'.isBlank()";
    private static final String MESSAGE_GATEWAY = "!'${jabr.gateways.messages.url:}'.isBlank()";

    @Bean
    @ConditionalOnExpression(MAIL_SERVER)
    SmtpGateway mailGateway(PostTerms terms) {
        refuse(terms.mistake(), "jabr.gateways.email.host");
        return new SmtpGateway(terms);
    }

    @Bean
    @ConditionalOnExpression(MAIL_SERVER)
    PostRound emailRound(
            SmtpGateway gateway,
            PostTerms terms,
            DeliveryLedger ledger,
            Customers customers,
            Writing writing,
            Clock clock) {
        PostRound.Way way = new PostRound.Way(EMAIL, terms.host(), gateway, List.of(PostDesk.EMAIL), terms.patience());
        return new PostRound(way, ledger, customers, writing, new Turnstile(terms.turnstile(), clock));
    }

    @Bean
    @ConditionalOnExpression(MESSAGE_GATEWAY)
    MessageGateway messageGateway(
            MessageTerms terms,
            @Value("${jabr.public-url:http://localhost:${server.port:8080}}") URI source,
            Clock clock) {
        refuse(terms.mistake(), MessageTerms.SETTING + ".url");
        SignedClient client = new SignedClient(
                terms.endpoint().home(),
                terms.secret(),
                terms.timeout(),
                terms.endpoint().addresses(MessageTerms.SETTING),
                clock);
        return new MessageGateway(terms, client, source, clock);
    }

    @Bean
    @ConditionalOnExpression(MESSAGE_GATEWAY)
    PostRound messagesRound(
            MessageGateway gateway,
            MessageTerms terms,
            DeliveryLedger ledger,
            Customers customers,
            Writing writing,
            Clock clock) {
        PostRound.Way way =
                new PostRound.Way(MESSAGES, terms.endpoint().host(), gateway, terms.channels(), terms.patience());
        return new PostRound(way, ledger, customers, writing, new Turnstile(terms.turnstile(), clock));
    }

    private static void refuse(@Nullable String mistake, String setting) {
        if (mistake != null) {
            throw new GatewayRefused(mistake, "Mend the setting, or leave " + setting + " empty.");
        }
    }
}
