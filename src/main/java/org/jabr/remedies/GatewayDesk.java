package org.jabr.remedies;

import java.util.Optional;
import org.springframework.stereotype.Service;

/** How the way out of the house stands. */
@Service
public class GatewayDesk {

    private final Optional<OutsideGateway> outside;
    private final Turnstile turnstile;
    private final SendingLedger ledger;

    GatewayDesk(Optional<OutsideGateway> outside, Turnstile turnstile, SendingLedger ledger) {
        this.outside = outside;
        this.turnstile = turnstile;
        this.ledger = ledger;
    }

    public GatewayHealth health() {
        return outside.isPresent()
                ? turnstile.health(ledger.backlog())
                : new GatewayHealth(false, "", "", -1, 0, null, null, null, ledger.backlog());
    }
}
