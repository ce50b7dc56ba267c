package org.jabr.post;

import jakarta.annotation.PreDestroy;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jabr.customers.Customer;
import org.jabr.customers.Customers;
import org.jabr.customers.PersonalText;
import org.jabr.outside.Turnstile;
import org.jabr.post.Carrier.Answer;
import org.jabr.post.Carrier.Mail;
import org.jabr.post.Carrier.Outcome;
import org.jabr.post.DeliveryLedger.Claim;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings letters to one carrier, in a thread of its own. Where nobody answers the others wait without using up a try, and
 * leave at the configured rate once somebody does.
 */
class PostRound {

    private static final Logger LOG = LoggerFactory.getLogger(PostRound.class);
    private static final int LONGEST_SECONDS = 30;

    private final Way way;
    private final DeliveryLedger ledger;
    private final Customers customers;
    private final Writing writing;
    private final Turnstile turnstile;
    private final ExecutorService rounds;
    private final AtomicBoolean busy = new AtomicBoolean();
    private final AtomicBoolean closing = new AtomicBoolean();

    PostRound(Way way, DeliveryLedger ledger, Customers customers, Writing writing, Turnstile turnstile) {
        this.way = way;
        this.ledger = ledger;
        this.customers = customers;
        this.writing = writing;
        this.turnstile = turnstile;
        this.rounds = Executors.newSingleThreadExecutor(work -> new Thread(work, "letters-" + way.name()));
    }

    /**
     * One way out.
     *
     * @param name {@code email} or {@code messages}
     * @param host that the letters are brought to
     * @param channels whose letters leave by it
     */
    record Way(String name, String host, Carrier carrier, Collection<String> channels, Patience patience) {}

    Way way() {
        return way;
    }

    Turnstile.Health health() {
        return turnstile.health();
    }

    void look() {
        if (!closing.get() && busy.compareAndSet(false, true)) {
            rounds.execute(this::work);
        }
    }

    private void work() {
        try {
            while (!closing.get() && round()) {
                // As long as there is something to bring and somebody who takes it.
            }
        } catch (RuntimeException e) {
            LOG.warn("Letters could not be brought for now: {}", e.toString());
        } finally {
            busy.set(false);
        }
    }

    /** @return whether to look again at once */
    boolean round() {
        int most = turnstile.allowed(way.patience().batch());
        List<Claim> claims = most == 0 ? List.of() : ledger.claim(way.channels(), way.patience(), most);
        boolean reachable = true;
        for (Claim claim : claims) {
            if (!reachable || closing.get() || !ledger.timeLeft(claim) || !turnstile.enter()) {
                ledger.giveBack(claim);
            } else if (!ledger.timeLeft(claim)) {
                turnstile.stepBack();
                ledger.giveBack(claim);
            } else {
                Answer answer = send(claim);
                ledger.take(claim, answer);
                reachable = answer.outcome() != Outcome.UNREACHABLE;
            }
        }
        return reachable && !claims.isEmpty();
    }

    private Answer send(Claim claim) {
        long began = System.nanoTime();
        Answer answer = new Answer(Outcome.LATER, "INTERNAL");
        try {
            answer = carry(claim.delivery());
        } catch (RuntimeException e) {
            LOG.warn("{} failed on its way: {}", claim.delivery().name(), e.toString());
        } finally {
            turnstile.leave(answer.ill(), System.nanoTime() - began);
        }
        return answer;
    }

    private Answer carry(Delivery delivery) {
        Customer customer = customers.get(delivery.customerId());
        if (!way.carrier().knows(delivery.channel(), customer)) {
            return new Answer(Outcome.REFUSED, Delivery.NO_ADDRESS);
        }
        PersonalText to = delivery.channel().equals(PostDesk.EMAIL) ? customer.email() : customer.phone();
        return way.carrier()
                .send(new Mail(
                        delivery.name(),
                        delivery.channel(),
                        to,
                        customer.externalRef(),
                        writing.text(delivery.contactId())));
    }

    /** A letter that is being handed over is waited for. */
    @PreDestroy
    void close() throws InterruptedException {
        closing.set(true);
        rounds.shutdown();
        if (!rounds.awaitTermination(LONGEST_SECONDS, TimeUnit.SECONDS)) {
            LOG.warn("Letters were still under way when the house closed; they are handed over again later");
        }
    }
}
