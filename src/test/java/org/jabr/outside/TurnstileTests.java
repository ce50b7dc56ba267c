package org.jabr.outside;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TurnstileTests {

    @Test
    void leavesAGatewayAloneThatDoesNotAnswerAndFindsOutWhenItDoes() throws InterruptedException {
        Turnstile turnstile = new Turnstile(terms(1000, Duration.ofMillis(300)), Clock.systemUTC());
        for (int i = 0; i < 4; i++) {
            assertThat(turnstile.enter()).isTrue();
            turnstile.leave("TIMEOUT", 1000);
        }

        assertThat(turnstile.health().breaker()).isEqualTo("OPEN");
        assertThat(turnstile.health().code()).isEqualTo("TIMEOUT");
        assertThat(turnstile.enter()).isFalse();
        assertThat(turnstile.free()).isZero();

        while (turnstile.free() == 0) {
            Thread.sleep(20);
        }
        // One at a time until it is known.
        assertThat(turnstile.free()).isEqualTo(1);
        for (int i = 0; i < 2; i++) {
            assertThat(turnstile.enter()).isTrue();
            turnstile.leave(null, 1000);
        }
        assertThat(turnstile.health().breaker()).isEqualTo("CLOSED");
        assertThat(turnstile.free()).isGreaterThan(1);
    }

    @Test
    void takesEveryAnswerForAnAnswer() {
        Turnstile turnstile = new Turnstile(terms(1000, Duration.ofMinutes(1)), Clock.systemUTC());
        for (int i = 0; i < 20; i++) {
            assertThat(turnstile.enter()).isTrue();
            turnstile.leave(null, 1000);
        }

        assertThat(turnstile.health().breaker()).isEqualTo("CLOSED");
    }

    @Test
    void letsNotMoreThroughThanTheRate() {
        Turnstile turnstile = new Turnstile(terms(10, Duration.ofMinutes(1)), Clock.systemUTC());
        long began = System.nanoTime();
        for (int i = 0; i < 35; i++) {
            assertThat(turnstile.free()).isLessThanOrEqualTo(10);
            assertThat(turnstile.enter()).isTrue();
            turnstile.leave(null, 1000);
        }

        // Thirty-five at ten a second need parts of four seconds, so two whole ones lie between.
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
    }

    private static Turnstile.Terms terms(int rate, Duration wait) {
        return new Turnstile.Terms("test", rate, Duration.ofSeconds(5), 8, 60, wait);
    }
}
