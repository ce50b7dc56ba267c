package org.jabr.post;

import java.util.List;
import org.springframework.boot.test.context.TestComponent;

/** Lets tests of other rooms bring letters, step by step. */
@TestComponent
public class PostRounds {

    private final PostRound round;
    private final DeliveryLedger ledger;

    PostRounds(PostRound round, DeliveryLedger ledger) {
        this.round = round;
        this.ledger = ledger;
    }

    /** Brings what is due until nothing is, or nobody answers. */
    public void bring() {
        while (round.round()) {
            // As long as there is something to bring.
        }
    }

    /** A worker that has claimed what is due and not come back yet. */
    public Worker claim() {
        List<DeliveryLedger.Claim> claims = ledger.claim();
        return () -> claims.forEach(
                claim -> ledger.take(claim, new MailGateway.Answer(MailGateway.Outcome.REFUSED, "LETTER_REFUSED")));
    }

    /** Comes back. */
    public interface Worker {

        void comesBack();
    }
}
