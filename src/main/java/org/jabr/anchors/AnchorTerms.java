package org.jabr.anchors;

import java.time.Duration;
import java.util.List;
import org.jabr.outside.Endpoint;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where seals are kept elsewhere: {@code jabr.anchors.*}.
 *
 * @param every how often by each way, at most
 * @param file that lines are added to; empty for none
 * @param mail addresses that are written to; none for none
 * @param webhook that is told; empty address for none
 * @param timeout for one call in all
 * @param lease how long a claim is held; well above what one call can take
 * @param retries when to try again after each attempt that failed; the last one counts for all that follow
 */
@ConfigurationProperties("jabr.anchors")
record AnchorTerms(
        @DefaultValue("PT1H") Duration every,
        @DefaultValue("") String file,
        @DefaultValue List<String> mail,
        @DefaultValue Webhook webhook,
        @DefaultValue("PT10S") Duration timeout,
        @DefaultValue("PT5M") Duration lease,

        @DefaultValue({"PT30S", "PT5M", "PT30M", "PT2H"}) List<Duration> retries) {

    static final String SETTING = "jabr.anchors";

    /** What one call can take must fit well into a lease. */
    private static final int CALLS_IN_A_LEASE = 3;

    AnchorTerms {
        mail = List.copyOf(mail);
        retries = List.copyOf(retries);
    }

    /** Who is told, in a signed CloudEvent. */
    record Webhook(
            @DefaultValue("") String url,
            @DefaultValue("") String secret,
            @DefaultValue("false") boolean allowPrivate) {

        Endpoint endpoint() {
            return new Endpoint(url, secret, allowPrivate);
        }

        @Override
        public String toString() {
            return "[webhook]";
        }
    }

    /** How long to wait after so many attempts. */
    Duration wait(int attempts) {
        return retries.get(Math.min(attempts, retries.size()) - 1);
    }

    /** What is wrong with the terms, as a sentence for who runs the house; null where nothing is. */
    @Nullable
    String mistake() {
        if (every.isNegative() || every.isZero() || timeout.isNegative() || timeout.isZero() || retries.isEmpty()) {
            return SETTING + ".every, timeout and retries must be above zero.";
        }
        if (lease.compareTo(timeout.multipliedBy(CALLS_IN_A_LEASE)) < 0) {
            return SETTING + ".lease must be at least " + CALLS_IN_A_LEASE + " times the timeout.";
        }
        return webhook.url().isBlank() ? null : webhook.endpoint().mistake(SETTING + ".webhook");
    }
}
