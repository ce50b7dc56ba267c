package org.jabr.customers;

import java.util.List;

/**
 * Why a customer cannot be erased now: something that is still owed to them, or under way.
 *
 * @param kind such as {@code OPEN_CASE}
 * @param about reference of the case
 */
public record Obstacle(String kind, String about) {

    /** What a room knows of. */
    @FunctionalInterface
    public interface Source {
        List<Obstacle> obstacles(long customerId);
    }
}
