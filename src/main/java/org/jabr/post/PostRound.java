package org.jabr.post;

import io.github.resilience4j.ratelimiter.RateLimiter;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jabr.customers.Customers;
import org.jabr.customers.PersonalText;
import org.jabr.post.DeliveryLedger.Claim;
import org.jabr.post.MailGateway.Answer;
import org.jabr.post.MailGateway.Mail;
import org.jabr.post.MailGateway.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Brings letters to the mail server, in a thread of its own. Where nobody answers, the others wait without using up a try. */
@Component
class PostRound {

    private static final Logger LOG = LoggerFactory.getLogger(PostRound.class);
    private static final int LONGEST_SECONDS = 30;

    private final Optional<MailGateway> gateway;
    private final DeliveryLedger ledger;
    private final Customers customers;
    private final Writing writing;
    private final PostTerms terms;
    private final RateLimiter rate;
    private final ExecutorService rounds = Executors.newSingleThreadExecutor(work -> new Thread(work, "letters"));
    private final AtomicBoolean busy = new AtomicBoolean();
    private final AtomicBoolean closing = new AtomicBoolean();

    PostRound(
            Optional<MailGateway> gateway,
            DeliveryLedger ledger,
            Customers customers,
            Writing writing,
            PostTerms terms,
            RateLimiter lettersPerSecond) {
        this.gateway = gateway;
        this.ledger = ledger;
        this.customers = customers;
        this.writing = writing;
        this.terms = terms;
        this.rate = lettersPerSecond;
    }

    @Scheduled(
            initialDelayString = "${jabr.gateways.email.every:PT2S}",
            fixedDelayString = "${jabr.gateways.email.every:PT2S}")
    void look() {
        if (gateway.isPresent() && !closing.get() && busy.compareAndSet(false, true)) {
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
        List<Claim> claims = ledger.claim();
        boolean reachable = true;
        for (Claim claim : claims) {
            if (!reachable || closing.get()) {
                ledger.giveBack(
                        claim,
                        terms.retries().isEmpty()
                                ? Duration.ZERO
                                : terms.retries().get(0));
            } else if (!ledger.timeLeft(claim) || !rate.acquirePermission() || !ledger.timeLeft(claim)) {
                ledger.giveBack(claim, Duration.ZERO);
            } else {
                Answer answer = send(claim);
                ledger.take(claim, answer);
                reachable = answer.outcome() != Outcome.UNREACHABLE;
            }
        }
        return reachable && !claims.isEmpty();
    }

    private Answer send(Claim claim) {
        PersonalText address = customers.get(claim.delivery().customerId()).email();
        if (address == null) {
            return new Answer(Outcome.REFUSED, Delivery.NO_ADDRESS);
        }
        return gateway.orElseThrow()
                .send(new Mail(
                        "letter-" + claim.delivery().id(),
                        address.value(),
                        writing.text(claim.delivery().contactId())));
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
