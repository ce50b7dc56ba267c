package org.jabr.remedies;

import java.util.Optional;
import org.jabr.outside.Turnstile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;

/** How the way out of the house stands. */
@Service
public class GatewayDesk {

    private static final Logger LOG = LoggerFactory.getLogger(GatewayDesk.class);

    private final Optional<OutsideGateway> outside;
    private final GatewayTerms terms;
    private final Turnstile turnstile;
    private final SendingLedger ledger;

    GatewayDesk(
            Optional<OutsideGateway> outside, GatewayTerms terms, Turnstile effectsTurnstile, SendingLedger ledger) {
        this.outside = outside;
        this.terms = terms;
        this.turnstile = effectsTurnstile;
        this.ledger = ledger;
    }

    /** Money that waits for a gateway that is not there any more is told, and stays where it is. */
    @EventListener(ApplicationReadyEvent.class)
    void tellsWhatIsStranded() {
        int waiting = outside.isPresent()
                ? 0
                : ledger.backlog().stream()
                        .mapToInt(GatewayHealth.Waiting::count)
                        .sum();
        if (waiting > 0) {
            LOG.warn("{} effects wait for a gateway, and none is configured", waiting);
        }
    }

    public GatewayHealth health() {
        if (outside.isEmpty()) {
            return new GatewayHealth(false, "", "", -1, 0, null, null, null, ledger.backlog());
        }
        Turnstile.Health now = turnstile.health();
        return new GatewayHealth(
                true,
                terms.outside() ? terms.endpoint().host() : "",
                now.breaker(),
                now.failing(),
                now.rate(),
                now.code(),
                now.codeAt(),
                now.answeredAt(),
                ledger.backlog());
    }
}
