package org.jabr.customers;

import java.time.LocalDate;
import org.jabr.rules.Money;
import org.jspecify.annotations.Nullable;

/**
 * One purchase.
 *
 * @param identity what makes it the same purchase when it is imported again: its own id, or its content and its
 *     ordinal among equal rows of one file
 */
public record Purchase(
        String customerRef,
        String identity,
        LocalDate boughtOn,
        Money amount,
        @Nullable String item) {}
