package org.jabr.treasury;

import java.time.OffsetDateTime;
import java.util.Set;
import org.jabr.rules.Authority;
import org.jspecify.annotations.Nullable;

/**
 * What the rules, and whoever leads, say about one pot now.
 *
 * @param budget the row of the rules that it comes from
 * @param limit how much it may give, in minor units; null where it holds what was put into it, such as a stock
 * @param since from when on what was given counts; null where all of it does
 * @param before the pot of the period before; null where there is none
 * @param carryPercent how much of what that one has left is added
 * @param warnPercent below which share of the limit people are warned
 * @param stops the authorities of grants that wait for somebody where the pot does not reach
 * @param asks who is asked then
 */
public record Terms(
        PotName pot,
        String budget,
        @Nullable Long limit,
        @Nullable OffsetDateTime since,
        @Nullable PotName before,
        int carryPercent,
        int warnPercent,
        Set<Authority> stops,
        Authority asks) {}
