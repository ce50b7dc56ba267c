package org.jabr.outside;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lets calls through to another system: not more per second than agreed, and none for a while where it does not answer.
 * What waits meanwhile uses up none of its tries.
 */
public class Turnstile {

    private final Terms terms;
    private final CircuitBreaker breaker;
    private final RateLimiter rate;
    private final Clock clock;

    private record Failure(String code, OffsetDateTime at) {}

    private volatile @Nullable Failure failure;
    private volatile @Nullable OffsetDateTime answeredAt;

    public Turnstile(Terms terms, Clock clock) {
        this.terms = terms;
        this.clock = clock;
        this.breaker = CircuitBreaker.of(
                terms.name(),
                CircuitBreakerConfig.custom()
                        .slidingWindowSize(terms.breakerCalls())
                        .minimumNumberOfCalls(Math.max(1, terms.breakerCalls() / 2))
                        .failureRateThreshold(terms.breakerShare())
                        .waitDurationInOpenState(terms.breakerWait())
                        .permittedNumberOfCallsInHalfOpenState(2)
                        .automaticTransitionFromOpenToHalfOpenEnabled(false)
                        .build());
        this.rate = RateLimiter.of(
                terms.name(),
                RateLimiterConfig.custom()
                        .limitForPeriod(terms.rate())
                        .limitRefreshPeriod(Duration.ofSeconds(1))
                        .timeoutDuration(terms.patience())
                        .build());
    }

    /**
     * How much another system bears.
     *
     * @param rate calls per second
     * @param patience how long a call waits for its turn
     * @param breakerCalls of so many calls the breaker takes the share
     * @param breakerShare percent of calls without an answer that open the breaker
     * @param breakerWait how long an open breaker leaves the other system alone
     */
    public record Terms(
            String name, int rate, Duration patience, int breakerCalls, int breakerShare, Duration breakerWait) {}

    /**
     * How it stands, as this node sees it.
     *
     * @param breaker {@code CLOSED}, {@code OPEN} or {@code HALF_OPEN}
     * @param failing percent of the last calls without an answer; below zero while there were too few
     * @param rate calls per second at most
     * @param code of the last call without an answer since the node started; null for none
     */
    public record Health(
            String breaker,
            double failing,
            int rate,
            @Nullable String code,
            @Nullable OffsetDateTime codeAt,
            @Nullable OffsetDateTime answeredAt) {}

    /** How many calls may go out now. */
    public int free() {
        return switch (breaker.getState()) {
            // The first call after the wait finds out by itself.
            case OPEN, FORCED_OPEN -> breaker.tryAcquirePermission() ? givenBack() : 0;
            case HALF_OPEN -> Math.min(1, rate.getMetrics().getAvailablePermissions());
            default -> Math.max(0, rate.getMetrics().getAvailablePermissions());
        };
    }

    /** How many of so many calls may be tried now, each of which waits for its turn; one by one where it is not known. */
    public int allowed(int most) {
        return switch (breaker.getState()) {
            case OPEN, FORCED_OPEN, HALF_OPEN -> free();
            default -> most;
        };
    }

    private int givenBack() {
        breaker.releasePermission();
        return 1;
    }

    /** Waits for its turn, at most as long as agreed. @return false where no call may go out */
    public boolean enter() {
        return rate.acquirePermission() && breaker.tryAcquirePermission();
    }

    /** The call did not go out after all. */
    public void stepBack() {
        breaker.releasePermission();
    }

    /** @param code why the other system has not answered; null where it has, whatever it said */
    public void leave(@Nullable String code, long nanos) {
        if (code == null) {
            answeredAt = OffsetDateTime.now(clock);
            breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
        } else {
            failure = new Failure(code, OffsetDateTime.now(clock));
            breaker.onError(nanos, TimeUnit.NANOSECONDS, new IllegalStateException(code));
        }
    }

    public Health health() {
        Failure last = failure;
        return new Health(
                breaker.getState().name(),
                breaker.getMetrics().getFailureRate(),
                terms.rate(),
                last == null ? null : last.code,
                last == null ? null : last.at,
                answeredAt);
    }
}
