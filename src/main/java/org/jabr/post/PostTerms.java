package org.jabr.post;

import java.time.Duration;
import java.util.List;
import org.jabr.outside.Turnstile;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The mail server, and with how much patience it is used: {@code jabr.gateways.email.*}.
 *
 * @param host empty for none
 * @param from address that letters come from and answers go to
 * @param timeout for connecting, and for each answer of the server
 * @param lease how long a claim on a letter is held; well above what one letter can take
 * @param every how often it is looked for what is to leave
 * @param batch how many letters are claimed in one commit
 * @param rate letters per second
 * @param retries when to try again after each attempt that failed; then a person is asked
 * @param breakerCalls of so many calls the breaker takes the share
 * @param breakerShare percent of calls without an answer that open the breaker
 * @param breakerWait how long an open breaker leaves the mail server alone
 */
@ConfigurationProperties("jabr.gateways.email")
record PostTerms(
        @DefaultValue("") String host,
        @DefaultValue("587") int port,
        @DefaultValue("") String username,
        @DefaultValue("") String password,
        @DefaultValue("") String from,
        @DefaultValue("STARTTLS") Security security,
        @DefaultValue("PT10S") Duration timeout,
        @DefaultValue("PT5M") Duration lease,
        @DefaultValue("PT2S") Duration every,
        @DefaultValue("20") int batch,
        @DefaultValue("10") int rate,
        @DefaultValue({"PT30S", "PT5M", "PT1H", "PT6H"}) List<Duration> retries,
        @DefaultValue("20") int breakerCalls,
        @DefaultValue("60") int breakerShare,
        @DefaultValue("PT30S") Duration breakerWait) {

    /** How the connection is protected. */
    enum Security {
        /** Refused where the server offers no protection. */
        STARTTLS,
        TLS,
        /** For a server on the same machine only. */
        NONE
    }

    PostTerms {
        retries = List.copyOf(retries);
    }

    Patience patience() {
        return new Patience(timeout, lease, batch, retries);
    }

    Turnstile.Terms turnstile() {
        return new Turnstile.Terms("email", rate, Duration.ofSeconds(2), breakerCalls, breakerShare, breakerWait);
    }

    /** What is wrong with the terms, as a sentence for who runs the house; null where nothing is. */
    @Nullable
    String mistake() {
        if (SmtpGateway.address(from) == null) {
            return "jabr.gateways.email.from must be the address that letters come from.";
        }
        if (patience().tooShort()) {
            return "jabr.gateways.email.timeout (%s) must be at most a tenth of jabr.gateways.email.lease (%s)."
                    .formatted(timeout, lease);
        }
        if (patience().senseless() || rate < 1) {
            return "jabr.gateways.email.timeout, batch, rate and retries must be above zero.";
        }
        if (breakerWait.isNegative()
                || breakerWait.isZero()
                || breakerCalls < 1
                || breakerShare < 1
                || breakerShare > 100) {
            return "jabr.gateways.email.breaker-wait, breaker-calls and breaker-share must be above zero, the share at most 100.";
        }
        return null;
    }
}
