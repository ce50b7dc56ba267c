package org.jabr.post;

import java.time.Duration;
import java.util.List;

/**
 * With how much patience letters are carried.
 *
 * @param timeout for one step of the way out
 * @param lease how long a claim on a letter is held; well above what one letter can take
 * @param batch how many letters are claimed in one commit
 * @param retries when to try again after each attempt that failed; then a person is asked
 */
record Patience(Duration timeout, Duration lease, int batch, List<Duration> retries) {

    /** When to look again where nobody answers. */
    Duration pause() {
        return retries.isEmpty() ? timeout : retries.get(0);
    }

    /** Whether something is wrong with the numbers. */
    boolean senseless() {
        return timeout.isNegative()
                || timeout.isZero()
                || batch < 1
                || retries.stream().anyMatch(time -> time.isNegative() || time.isZero());
    }

    /** What one letter can take must fit well into a lease. */
    boolean tooShort() {
        return timeout.multipliedBy(10).compareTo(lease) > 0;
    }
}
