package org.jabr.remedies;

import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the way out stands, as this node sees it.
 *
 * @param outside whether a gateway is configured; else effects are booked in the house
 * @param host where it is; empty for none
 * @param breaker {@code CLOSED}, {@code OPEN} or {@code HALF_OPEN}; empty for none
 * @param failing percent of the last calls without an answer; below zero while there were too few
 * @param rate calls per second at most
 * @param code of the last call without an answer since the node started; null for none
 * @param waiting what is to be sent or asked about
 */
public record GatewayHealth(
        boolean outside,
        String host,
        String breaker,
        double failing,
        int rate,
        @Nullable String code,
        @Nullable OffsetDateTime codeAt,
        @Nullable OffsetDateTime answeredAt,
        List<Waiting> waiting) {

    public GatewayHealth {
        waiting = List.copyOf(waiting);
    }

    /** @param oldest when the oldest of them was placed */
    public record Waiting(Effect.State state, int count, OffsetDateTime oldest) {}
}
