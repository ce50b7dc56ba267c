package org.jabr.hooks;

import jakarta.annotation.PreDestroy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jabr.hooks.Outbox.Claim;
import org.jabr.outside.CloudEvent;
import org.jabr.outside.SignedClient.Reply;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Brings news to the receivers, to each in a thread of its own, so that none waits for another one's server. */
@Component
class NewsRound {

    private static final Logger LOG = LoggerFactory.getLogger(NewsRound.class);
    private static final int LONGEST_SECONDS = 30;

    private final Receivers receivers;
    private final Outbox outbox;
    private final HookTerms terms;
    private final Set<String> busy = ConcurrentHashMap.newKeySet();
    private final ExecutorService rounds = Executors.newCachedThreadPool(work -> new Thread(work, "news"));
    private final AtomicBoolean closing = new AtomicBoolean();

    NewsRound(Receivers receivers, Outbox outbox, HookTerms terms) {
        this.receivers = receivers;
        this.outbox = outbox;
        this.terms = terms;
    }

    @Scheduled(initialDelayString = "${jabr.webhooks.every:PT2S}", fixedDelayString = "${jabr.webhooks.every:PT2S}")
    void look() {
        for (Receiver receiver : receivers.all()) {
            if (!closing.get() && busy.add(receiver.name())) {
                rounds.execute(() -> work(receiver));
            }
        }
    }

    @Scheduled(initialDelayString = "PT1H", fixedDelayString = "PT1H")
    void forget() {
        outbox.forget();
    }

    private void work(Receiver receiver) {
        try {
            while (!closing.get() && round(receiver)) {
                // As long as there is something to tell and somebody who hears it.
            }
        } catch (RuntimeException e) {
            LOG.warn("{} could not be told for now: {}", receiver.name(), e.toString());
        } finally {
            busy.remove(receiver.name());
        }
    }

    /** @return whether to look again at once */
    boolean round(Receiver receiver) {
        int most = receiver.turnstile().allowed(terms.batch());
        List<Claim> claims = most == 0 ? List.of() : outbox.claim(receiver.name(), most);
        boolean reachable = true;
        for (Claim claim : claims) {
            if (!reachable
                    || closing.get()
                    || !outbox.timeLeft(claim)
                    || !receiver.turnstile().enter()) {
                outbox.giveBack(claim);
            } else if (!outbox.timeLeft(claim)) {
                receiver.turnstile().stepBack();
                outbox.giveBack(claim);
            } else {
                Reply reply = send(receiver, claim);
                outbox.take(claim, reply);
                reachable = !Outbox.unreachable(reply);
            }
        }
        return reachable && !claims.isEmpty();
    }

    private static Reply send(Receiver receiver, Claim claim) {
        long began = System.nanoTime();
        @Nullable String code = "INTERNAL";
        try {
            Reply reply = receiver.client()
                    .post(
                            "",
                            CloudEvent.CONTENT_TYPE,
                            claim.body().getBytes(StandardCharsets.UTF_8),
                            Map.of("Idempotency-Key", claim.eventId()));
            // Whoever refuses what it is told works.
            code = reply.status() / 100 == 4 ? null : Outbox.code(reply);
            return reply;
        } finally {
            receiver.turnstile().leave(code, System.nanoTime() - began);
        }
    }

    /** Calls that are out are waited for. */
    @PreDestroy
    void close() throws InterruptedException {
        closing.set(true);
        rounds.shutdown();
        if (!rounds.awaitTermination(LONGEST_SECONDS, TimeUnit.SECONDS)) {
            LOG.warn("News were still under way when the house closed; they are told again later");
        }
    }
}
