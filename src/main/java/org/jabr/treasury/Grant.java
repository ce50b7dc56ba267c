package org.jabr.treasury;

import java.time.OffsetDateTime;
import org.jabr.rules.Authority;
import org.jabr.rules.CaseId;
import org.jabr.rules.Decider;
import org.jabr.rules.Money;
import org.jabr.rules.Remedy;
import org.jspecify.annotations.Nullable;

/**
 * Something that is to be granted. What takes a thing out of a store may be worth nothing in money.
 *
 * @param key of the effect
 * @param team the desk that grants it
 * @param authority with which it is granted: what it stops at is said of authorities
 * @param by who grants it; whose allowance counts, where it is a person
 * @param owed by law: no budget stops it, but it counts
 * @param at from when on it counts
 * @param item the thing of the catalogue that is given; null where it is none
 */
public record Grant(
        String key,
        CaseId caseId,
        String caseReference,
        long customerId,
        String team,
        String remedy,
        Remedy.RemedyClass remedyClass,
        Money money,
        Authority authority,
        Decider by,
        boolean owed,
        OffsetDateTime at,
        @Nullable String item) {

    /** One that gives no thing of the catalogue. */
    public Grant(
            String key,
            CaseId caseId,
            String caseReference,
            long customerId,
            String team,
            String remedy,
            Remedy.RemedyClass remedyClass,
            Money money,
            Authority authority,
            Decider by,
            boolean owed,
            OffsetDateTime at) {
        this(key, caseId, caseReference, customerId, team, remedy, remedyClass, money, authority, by, owed, at, null);
    }
}
