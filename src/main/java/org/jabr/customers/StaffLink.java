package org.jabr.customers;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who works here is close to a customer.
 *
 * @param customerRef how the company's own systems name the customer
 * @param endedAt since when it is not so any more; null while it is
 */
public record StaffLink(
        long id,
        String login,
        long customerId,
        String customerRef,
        Relation relation,
        String declaredBy,
        OffsetDateTime declaredAt,
        @Nullable String endedBy,
        @Nullable OffsetDateTime endedAt) {

    /** The link was declared or ended; heard in the same transaction. */
    public record Changed(StaffLink link, String by) {}

    /** How close. */
    public enum Relation {
        /** The person's own customer account. */
        SELF,
        /** A relative's, or of somebody of the same household. */
        RELATIVE,
        /** Close in another way, such as a friend's or a business partner's. */
        OTHER
    }
}
