package org.jabr.post;

import java.util.List;
import org.springframework.boot.test.context.TestComponent;

/** Lets tests of other rooms bring letters, step by step. */
@TestComponent
public class PostRounds {

    private final List<PostRound> rounds;
    private final DeliveryLedger ledger;

    PostRounds(List<PostRound> rounds, DeliveryLedger ledger) {
        this.rounds = rounds;
        this.ledger = ledger;
    }

    /** Brings what is due until nothing is, or nobody answers. */
    public void bring() {
        for (PostRound round : rounds) {
            while (round.round()) {
                // As long as there is something to bring.
            }
        }
    }

    /** A worker that has claimed what is due and not come back yet. */
    public Worker claim() {
        List<DeliveryLedger.Claim> claims = rounds.stream()
                .flatMap(round ->
                        ledger.claim(round.way().channels(), round.way().patience(), 20).stream())
                .toList();
        return () -> claims.forEach(
                claim -> ledger.take(claim, new Carrier.Answer(Carrier.Outcome.REFUSED, "LETTER_REFUSED")));
    }

    /** Comes back. */
    public interface Worker {

        void comesBack();
    }
}
