package org.jabr.hooks;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jabr.outside.Endpoint;
import org.jabr.outside.Turnstile;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Who is told what happened, and who may tell: {@code jabr.webhooks.*}.
 *
 * @param out who is told
 * @param in who may tell, by the name in {@code /hooks/NAME}
 * @param within how far the time of a notice may be from ours
 * @param longestBody of a notice
 * @param inRate notices per second that each source may send
 * @param keep how long news that were told and notices that were heard are remembered
 * @param timeout for one call in all
 * @param lease how long a claim on news is held
 * @param every how often it is looked for what is to be told
 * @param batch how many news are claimed in one commit
 * @param outRate calls per second to each receiver
 * @param retries when to try again after each attempt that failed; then a person is asked
 * @param breakerCalls of so many calls the breaker takes the share
 * @param breakerShare percent of calls without an answer that open the breaker
 * @param breakerWait how long an open breaker leaves the receiver alone
 */
@ConfigurationProperties("jabr.webhooks")
record HookTerms(
        @DefaultValue List<Out> out,
        @DefaultValue Map<String, In> in,
        @DefaultValue("PT5M") Duration within,
        @DefaultValue("64KB") DataSize longestBody,
        @DefaultValue("20") int inRate,
        @DefaultValue("P90D") Duration keep,
        @DefaultValue("PT10S") Duration timeout,
        @DefaultValue("PT5M") Duration lease,
        @DefaultValue("PT2S") Duration every,
        @DefaultValue("20") int batch,
        @DefaultValue("20") int outRate,

        @DefaultValue({"PT5S", "PT30S", "PT5M", "PT1H", "PT6H"})
        List<Duration> retries,

        @DefaultValue("20") int breakerCalls,
        @DefaultValue("60") int breakerShare,
        @DefaultValue("PT30S") Duration breakerWait) {

    static final String SETTING = "jabr.webhooks";

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");

    /** What one call can take must fit well into a lease. */
    private static final int CALLS_IN_A_LEASE = 10;

    HookTerms {
        out = List.copyOf(out);
        in = Map.copyOf(in);
        retries = List.copyOf(retries);
    }

    /**
     * Who is told.
     *
     * @param types what it wants to hear; empty for all
     */
    record Out(
            @DefaultValue("") String name,
            @DefaultValue("") String url,
            @DefaultValue("") String secret,
            @DefaultValue("false") boolean allowPrivate,
            @DefaultValue Set<String> types) {

        Out {
            types = Set.copyOf(types);
        }

        Endpoint endpoint() {
            return new Endpoint(url, secret, allowPrivate);
        }

        @Override
        public String toString() {
            return "[receiver " + name + "]";
        }
    }

    /**
     * Who may tell.
     *
     * @param previousSecret the one before; empty for none. Both hold while the other side changes over
     */
    record In(
            @DefaultValue("") String secret,
            @DefaultValue("") String previousSecret) {

        @Override
        public String toString() {
            return "[source]";
        }
    }

    Turnstile.Terms turnstile(String name) {
        return new Turnstile.Terms(name, outRate, Duration.ofSeconds(2), breakerCalls, breakerShare, breakerWait);
    }

    /** What is wrong with the terms, as a sentence for who runs the house; null where nothing is. */
    @Nullable
    String mistake() {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < out.size(); i++) {
            Out one = out.get(i);
            String setting = SETTING + ".out[" + i + "]";
            if (!NAME.matcher(one.name()).matches() || !names.add(one.name())) {
                return setting + ".name must be its own, of small letters, digits and hyphens, at most 40.";
            }
            String address = one.endpoint().mistake(setting);
            if (address != null) {
                return address;
            }
            if (!NewsType.names().containsAll(one.types())) {
                return setting + ".types must be some of " + NewsType.names() + ".";
            }
        }
        for (Map.Entry<String, In> one : in.entrySet()) {
            String setting = SETTING + ".in." + one.getKey();
            if (!NAME.matcher(one.getKey()).matches()) {
                return setting + " must have a name of small letters, digits and hyphens, at most 40.";
            }
            if (one.getValue().secret().isBlank()) {
                return setting + ".secret is missing: without it nobody can tell who calls.";
            }
        }
        if (not(within) || inRate < 1 || longestBody.toBytes() < 1 || longestBody.toMegabytes() > 16) {
            return SETTING + ".within, in-rate and longest-body must be above zero, the body at most 16MB.";
        }
        if (keep.compareTo(within.multipliedBy(4)) < 0) {
            return SETTING + ".keep must be at least four times within: else a notice could be told again.";
        }
        if (not(timeout) || timeout.multipliedBy(CALLS_IN_A_LEASE).compareTo(lease) > 0) {
            return SETTING + ".timeout must be above zero and at most a tenth of lease.";
        }
        if (batch < 1 || outRate < 1 || retries.isEmpty() || retries.stream().anyMatch(HookTerms::not)) {
            return SETTING + ".batch, out-rate and retries must be above zero.";
        }
        if (not(breakerWait) || breakerCalls < 1 || breakerShare < 1 || breakerShare > 100) {
            return SETTING
                    + ".breaker-wait, breaker-calls and breaker-share must be above zero, the share at most 100.";
        }
        return null;
    }

    private static boolean not(Duration time) {
        return time.isNegative() || time.isZero();
    }
}
