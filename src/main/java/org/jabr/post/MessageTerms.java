package org.jabr.post;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jabr.outside.Endpoint;
import org.jabr.outside.Turnstile;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The gateway for text messages and whatever else is no e-mail, and with how much patience it is used: {@code
 * jabr.gateways.messages.*}.
 *
 * @param url where messages are posted to; empty for none
 * @param secret both sides sign with it
 * @param allowPrivate whether it may be at a private address
 * @param channels whose letters leave by it
 * @param timeout for one call in all
 * @param lease how long a claim on a letter is held
 * @param every how often it is looked for what is to leave
 * @param batch how many letters are claimed in one commit
 * @param rate letters per second
 * @param retries when to try again after each attempt that failed; then a person is asked
 * @param breakerCalls of so many calls the breaker takes the share
 * @param breakerShare percent of calls without an answer that open the breaker
 * @param breakerWait how long an open breaker leaves the gateway alone
 */
@ConfigurationProperties("jabr.gateways.messages")
record MessageTerms(
        @DefaultValue("") String url,
        @DefaultValue("") String secret,
        @DefaultValue("false") boolean allowPrivate,
        @DefaultValue({"SMS", "CHAT"}) Set<String> channels,
        @DefaultValue("PT10S") Duration timeout,
        @DefaultValue("PT5M") Duration lease,
        @DefaultValue("PT2S") Duration every,
        @DefaultValue("20") int batch,
        @DefaultValue("10") int rate,
        @DefaultValue({"PT30S", "PT5M", "PT1H", "PT6H"}) List<Duration> retries,
        @DefaultValue("20") int breakerCalls,
        @DefaultValue("60") int breakerShare,
        @DefaultValue("PT30S") Duration breakerWait) {

    static final String SETTING = "jabr.gateways.messages";

    /** What else than e-mail a letter can leave by. */
    private static final Set<String> POSSIBLE = Set.of("SMS", "CHAT", "PHONE", "LETTER");

    MessageTerms {
        channels = Set.copyOf(channels);
        retries = List.copyOf(retries);
    }

    Endpoint endpoint() {
        return new Endpoint(url, secret, allowPrivate);
    }

    Patience patience() {
        return new Patience(timeout, lease, batch, retries);
    }

    Turnstile.Terms turnstile() {
        return new Turnstile.Terms("messages", rate, Duration.ofSeconds(2), breakerCalls, breakerShare, breakerWait);
    }

    /** What is wrong with the terms, as a sentence for who runs the house; null where nothing is. */
    @Nullable
    String mistake() {
        String address = endpoint().mistake(SETTING);
        if (address != null) {
            return address;
        }
        if (channels.isEmpty() || !POSSIBLE.containsAll(channels)) {
            return SETTING + ".channels must name some of SMS, CHAT, PHONE, LETTER; e-mail has a gateway of its own.";
        }
        if (patience().tooShort()) {
            return "%s.timeout (%s) must be at most a tenth of %s.lease (%s)."
                    .formatted(SETTING, timeout, SETTING, lease);
        }
        if (patience().senseless() || rate < 1) {
            return SETTING + ".timeout, batch, rate and retries must be above zero.";
        }
        if (breakerWait.isNegative()
                || breakerWait.isZero()
                || breakerCalls < 1
                || breakerShare < 1
                || breakerShare > 100) {
            return SETTING
                    + ".breaker-wait, breaker-calls and breaker-share must be above zero, the share at most 100.";
        }
        return null;
    }
}
