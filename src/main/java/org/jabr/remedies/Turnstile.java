package org.jabr.remedies;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jabr.remedies.OutsideGateway.Answer;
import org.jspecify.annotations.Nullable;

/**
 * Lets calls through to the gateway: not more per second than agreed, and none for a while where it does not answer. What
 * waits meanwhile stays reserved and uses up none of its tries.
 */
class Turnstile {

    private final GatewayTerms terms;
    private final CircuitBreaker breaker;
    private final RateLimiter rate;
    private final Clock clock;

    private record Failure(String code, OffsetDateTime at) {}

    private volatile @Nullable Failure failure;
    private volatile @Nullable OffsetDateTime answeredAt;

    Turnstile(GatewayTerms terms, Clock clock) {
        this.terms = terms;
        this.clock = clock;
        this.breaker = CircuitBreaker.of(
                "effects",
                CircuitBreakerConfig.custom()
                        .slidingWindowSize(terms.breakerCalls())
                        .minimumNumberOfCalls(Math.max(1, terms.breakerCalls() / 2))
                        .failureRateThreshold(terms.breakerShare())
                        .waitDurationInOpenState(terms.breakerWait())
                        .permittedNumberOfCallsInHalfOpenState(2)
                        .automaticTransitionFromOpenToHalfOpenEnabled(false)
                        .build());
        this.rate = RateLimiter.of(
                "effects",
                RateLimiterConfig.custom()
                        .limitForPeriod(terms.rate())
                        .limitRefreshPeriod(Duration.ofSeconds(1))
                        .timeoutDuration(terms.timeout())
                        .build());
    }

    /** How many calls may go out now. */
    int free() {
        return switch (breaker.getState()) {
            // The first call after the wait finds out by itself.
            case OPEN, FORCED_OPEN -> breaker.tryAcquirePermission() ? givenBack() : 0;
            case HALF_OPEN -> Math.min(1, rate.getMetrics().getAvailablePermissions());
            default -> Math.max(0, rate.getMetrics().getAvailablePermissions());
        };
    }

    private int givenBack() {
        breaker.releasePermission();
        return 1;
    }

    /** Waits for its turn, at most as long as a call takes. @return false where no call may go out */
    boolean enter() {
        return rate.acquirePermission() && breaker.tryAcquirePermission();
    }

    /** The call did not go out after all. */
    void stepBack() {
        breaker.releasePermission();
    }

    /** What the call brought; not to know what came of it is a failure of the gateway, whatever it said. */
    void leave(Answer answer, long nanos) {
        if (answer.outcome() == OutsideGateway.Outcome.UNKNOWN) {
            failure = new Failure(answer.code(), OffsetDateTime.now(clock));
            breaker.onError(nanos, TimeUnit.NANOSECONDS, new IllegalStateException(answer.code()));
        } else {
            answeredAt = OffsetDateTime.now(clock);
            breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
        }
    }

    GatewayHealth health(List<GatewayHealth.Waiting> waiting) {
        Failure last = failure;
        return new GatewayHealth(
                true,
                terms.outside() ? String.valueOf(terms.home().getHost()) : "",
                breaker.getState().name(),
                breaker.getMetrics().getFailureRate(),
                terms.rate(),
                last == null ? null : last.code,
                last == null ? null : last.at,
                answeredAt,
                waiting);
    }
}
