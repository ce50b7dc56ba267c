package org.jabr.post;

import java.time.Duration;
import java.util.List;
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
        @DefaultValue({"PT30S", "PT5M", "PT1H", "PT6H"}) List<Duration> retries) {

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

    boolean outside() {
        return !host.isBlank();
    }

    /** What is wrong with the terms, as a sentence for who runs the house; null where nothing is. */
    @Nullable
    String mistake() {
        if (SmtpGateway.address(from) == null) {
            return "jabr.gateways.email.from must be the address that letters come from.";
        }
        if (timeout.isNegative() || timeout.isZero() || timeout.multipliedBy(10).compareTo(lease) > 0) {
            return "jabr.gateways.email.timeout (%s) must be above zero and at most a tenth of jabr.gateways.email.lease (%s)."
                    .formatted(timeout, lease);
        }
        if (batch < 1 || rate < 1 || retries.stream().anyMatch(time -> time.isNegative() || time.isZero())) {
            return "jabr.gateways.email.batch, rate and retries must be above zero.";
        }
        return null;
    }
}
