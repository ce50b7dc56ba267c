package org.jabr.remedies;

import jakarta.annotation.PreDestroy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jabr.customers.Customers;
import org.jabr.outside.Turnstile;
import org.jabr.remedies.OutsideGateway.Answer;
import org.jabr.remedies.OutsideGateway.Outcome;
import org.jabr.remedies.SendingLedger.Claim;
import org.jabr.remedies.SendingLedger.Result;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Brings what is reserved to the outside gateway, in threads of its own: claims a batch in one commit, calls outside of any
 * transaction, takes what came of it in another. What never left the house is sent; about everything else the gateway is
 * asked first, and only what it has never seen is sent again, with the same key. Without a gateway it does nothing.
 */
@Component
class Sender {

    private static final Logger LOG = LoggerFactory.getLogger(Sender.class);

    /** A question changes nothing, so it may be asked at once again where the answer was lost. */
    private static final int QUESTIONS = 3;

    private static final int TRIES_TO_TAKE = 3;
    private static final int LONGEST_SECONDS = 20;

    private final Optional<OutsideGateway> gateway;
    private final SendingLedger ledger;
    private final Customers customers;
    private final GatewayTerms terms;
    private final Turnstile turnstile;
    private final ExecutorService calls;
    private final ExecutorService rounds;
    private final AtomicBoolean busy = new AtomicBoolean();
    private final AtomicBoolean closing = new AtomicBoolean();

    Sender(
            Optional<OutsideGateway> gateway,
            SendingLedger ledger,
            Customers customers,
            GatewayTerms terms,
            Turnstile effectsTurnstile) {
        this.gateway = gateway;
        this.ledger = ledger;
        this.customers = customers;
        this.terms = terms;
        this.turnstile = effectsTurnstile;
        AtomicInteger count = new AtomicInteger();
        this.calls = Executors.newFixedThreadPool(
                terms.threads(), work -> new Thread(work, "effects-" + count.incrementAndGet()));
        this.rounds = Executors.newSingleThreadExecutor(work -> new Thread(work, "effects"));
    }

    @Scheduled(
            initialDelayString = "${jabr.gateways.effects.every:PT1S}",
            fixedDelayString = "${jabr.gateways.effects.every:PT1S}")
    void look() {
        if (gateway.isPresent() && !closing.get() && busy.compareAndSet(false, true)) {
            rounds.execute(this::work);
        }
    }

    private void work() {
        try {
            while (!closing.get() && round() > 0) {
                // As long as there is something to send and somebody to send it to.
            }
        } catch (RuntimeException e) {
            LOG.warn("Effects could not be sent for now: {}", e.toString());
        } finally {
            busy.set(false);
        }
    }

    /** @return how many effects got an answer */
    int round() {
        int most = Math.min(terms.batch(), turnstile.free());
        List<Claim> claims = most == 0 ? List.of() : ledger.claim(most);
        List<Future<Result>> running = claims.stream()
                .map(claim -> calls.submit(() -> carryOut(claim)))
                .toList();
        List<Result> results = new ArrayList<>();
        for (int i = 0; i < running.size(); i++) {
            results.add(result(claims.get(i), running.get(i)));
        }
        take(results);
        return (int) results.stream().filter(result -> result.answer() != null).count();
    }

    private static Result result(Claim claim, Future<Result> running) {
        try {
            return running.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while effects were under way", e);
        } catch (ExecutionException e) {
            // Somewhere on the way out: whether it left the house is not known.
            LOG.warn("Effect {} failed on its way: {}", claim.effect().key(), String.valueOf(e.getCause()));
            return new Result(claim, Answer.unknown("INTERNAL"), false);
        }
    }

    private Result carryOut(Claim claim) {
        String key = claim.effect().key();
        if (claim.first()) {
            return new Result(claim, send(claim), false);
        }
        Optional<Answer> status = Optional.empty();
        for (int i = 0; i < QUESTIONS && status.map(Answer::outcome).orElse(Outcome.UNKNOWN) == Outcome.UNKNOWN; i++) {
            Optional<Answer> asked = call(claim, way -> way.status(key));
            if (asked.isEmpty()) {
                break;
            }
            status = asked;
        }
        if (status.map(Answer::outcome).orElse(Outcome.UNKNOWN) == Outcome.NEVER_SEEN) {
            Answer sent = send(claim);
            return new Result(claim, sent, sent != null);
        }
        return new Result(claim, status.orElse(null), false);
    }

    private @Nullable Answer send(Claim claim) {
        String customer = customers.get(claim.effect().customerId()).externalRef();
        return call(claim, way -> way.send(claim.effect(), customer)).orElse(null);
    }

    /** One call where one may go out; the lease is looked at last, because waiting takes time, and being stopped too. */
    private Optional<Answer> call(Claim claim, Function<OutsideGateway, Answer> what) {
        if (closing.get() || !ledger.timeForACall(claim) || !turnstile.enter()) {
            return Optional.empty();
        }
        if (!ledger.timeForACall(claim)) {
            turnstile.stepBack();
            return Optional.empty();
        }
        long began = System.nanoTime();
        Answer answer = Answer.unknown("INTERNAL");
        try {
            answer = what.apply(gateway.orElseThrow());
        } finally {
            // Not to know what came of it is a failure of the gateway, whatever it said.
            turnstile.leave(answer.outcome() == Outcome.UNKNOWN ? answer.code() : null, System.nanoTime() - began);
        }
        return Optional.of(answer);
    }

    /** Good news in one commit; what opens work for a person each in one of its own, so that none waits for another. */
    private void take(List<Result> results) {
        List<Result> calm = results.stream().filter(Sender::calm).toList();
        if (!calm.isEmpty()) {
            try {
                ledger.take(calm);
            } catch (RuntimeException e) {
                LOG.info("Results are taken one by one: {}", e.toString());
                calm.forEach(this::takeAlone);
            }
        }
        results.stream().filter(result -> !calm(result)).forEach(this::takeAlone);
    }

    private static boolean calm(Result result) {
        Answer answer = result.answer();
        return answer == null || answer.outcome() == Outcome.DONE || answer.outcome() == Outcome.PENDING;
    }

    /** Where it cannot be written down the lease runs out, and the gateway is asked. */
    private void takeAlone(Result result) {
        for (int i = 1; i <= TRIES_TO_TAKE; i++) {
            try {
                ledger.take(List.of(result));
                return;
            } catch (RuntimeException e) {
                LOG.warn(
                        "The result of effect {} could not be taken: {}",
                        result.claim().effect().key(),
                        e.toString());
            }
        }
    }

    /** Calls that are out are waited for; what was claimed and not sent is given back. */
    @PreDestroy
    void close() throws InterruptedException {
        closing.set(true);
        rounds.shutdown();
        if (!rounds.awaitTermination(LONGEST_SECONDS, TimeUnit.SECONDS)) {
            LOG.warn("Effects were still under way when the house closed; the gateway is asked about them later");
        }
        calls.shutdown();
    }
}
