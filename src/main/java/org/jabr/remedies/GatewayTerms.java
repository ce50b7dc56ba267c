package org.jabr.remedies;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jabr.outside.Endpoint;
import org.jabr.outside.Turnstile;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the outside gateway for payments and fulfilment is reached, and with how much patience: {@code
 * jabr.gateways.effects.*}.
 *
 * @param url where it is; empty for none
 * @param secret both sides sign with it
 * @param timeout for one call in all: finding the address, connecting, asking, reading the answer
 * @param lease how long a claim on an effect is held; never less than {@link #CALLS_IN_A_LEASE} timeouts
 * @param every how often it is looked for what is due
 * @param batch how many effects are claimed in one commit
 * @param threads how many calls run at once
 * @param rate calls per second
 * @param retries when to ask again after each outcome that nobody knows; then a person is asked
 * @param pendingFor how long the gateway may say that it is at it; then a person is asked
 * @param breakerCalls of so many calls the breaker takes the share
 * @param breakerShare percent of calls without an answer that open the breaker
 * @param breakerWait how long an open breaker leaves the gateway alone
 */
@ConfigurationProperties("jabr.gateways.effects")
record GatewayTerms(
        @DefaultValue("") String url,
        @DefaultValue("") String secret,
        @DefaultValue("PT5S") Duration timeout,
        @DefaultValue("PT30S") Duration lease,
        @DefaultValue("false") boolean allowPrivate,
        @DefaultValue("PT1S") Duration every,
        @DefaultValue("32") int batch,
        @DefaultValue("4") int threads,
        @DefaultValue("50") int rate,
        @DefaultValue({"PT5S", "PT30S", "PT5M", "PT1H"}) List<Duration> retries,
        @DefaultValue("P3D") Duration pendingFor,
        @DefaultValue("40") int breakerCalls,
        @DefaultValue("60") int breakerShare,
        @DefaultValue("PT10S") Duration breakerWait) {

    /** Three questions, one send, and air to write down what came of it. */
    static final int CALLS_IN_A_LEASE = 5;

    GatewayTerms {
        retries = List.copyOf(retries);
        Duration least = timeout.multipliedBy(CALLS_IN_A_LEASE);
        lease = lease.compareTo(least) < 0 ? least : lease;
    }

    boolean outside() {
        return !url.isBlank();
    }

    URI home() {
        return endpoint().home();
    }

    Endpoint endpoint() {
        return new Endpoint(url, secret, allowPrivate);
    }

    Turnstile.Terms turnstile() {
        return new Turnstile.Terms("effects", rate, timeout, breakerCalls, breakerShare, breakerWait);
    }

    /** What is wrong with the terms, as a sentence for who runs the house; null where nothing is. */
    @Nullable
    String mistake() {
        String address = endpoint().mistake("jabr.gateways.effects");
        if (address != null) {
            return address;
        }
        if (not(timeout)) {
            return "jabr.gateways.effects.timeout must be above zero.";
        }
        if (batch < 1
                || threads < 1
                || rate < 1
                || retries.isEmpty()
                || retries.stream().anyMatch(GatewayTerms::not)) {
            return "jabr.gateways.effects.batch, threads, rate and retries must be above zero.";
        }
        if (not(pendingFor) || not(breakerWait) || breakerCalls < 1 || breakerShare < 1 || breakerShare > 100) {
            return "jabr.gateways.effects.pending-for, breaker-wait, breaker-calls and breaker-share must be above zero, the share at most 100.";
        }
        return null;
    }

    private static boolean not(Duration time) {
        return time.isNegative() || time.isZero();
    }
}
