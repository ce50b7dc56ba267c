package org.jabr.remedies;

import org.jabr.catalogue.ItemWish;
import org.jabr.rules.Authority;
import org.jabr.rules.CaseId;
import org.jabr.rules.Money;
import org.jabr.rules.Remedy;
import org.jspecify.annotations.Nullable;

/**
 * A decided remedy, handed over to be carried out.
 *
 * @param team the desk whose budget it counts against
 * @param owed by law, so that no budget stops it
 * @param asked whether somebody of {@code authority} must approve first
 * @param item what it is about: what was bought, or what the catalogue has for it
 * @param decidedBy who decided; where it is asked for, another person approves
 * @param about what is known of the case, so that an item can be chosen; null where none is
 */
public record RemedyOrder(
        CaseId caseId,
        String caseReference,
        long customerId,
        String team,
        long decisionId,
        String moment,
        Remedy remedy,
        @Nullable Money money,
        @Nullable String item,
        boolean owed,
        boolean asked,
        Authority authority,
        String decidedBy,
        ItemWish.@Nullable About about) {

    /** One for which nothing is chosen. */
    public RemedyOrder(
            CaseId caseId,
            String caseReference,
            long customerId,
            String team,
            long decisionId,
            String moment,
            Remedy remedy,
            @Nullable Money money,
            @Nullable String item,
            boolean owed,
            boolean asked,
            Authority authority,
            String decidedBy) {
        this(
                caseId,
                caseReference,
                customerId,
                team,
                decisionId,
                moment,
                remedy,
                money,
                item,
                owed,
                asked,
                authority,
                decidedBy,
                null);
    }

    /** The same with another item. */
    RemedyOrder of(@Nullable String chosen) {
        return new RemedyOrder(
                caseId,
                caseReference,
                customerId,
                team,
                decisionId,
                moment,
                remedy,
                money,
                chosen,
                owed,
                asked,
                authority,
                decidedBy,
                about);
    }

    /** The same, waiting for somebody. */
    RemedyOrder ask(Authority whom) {
        return new RemedyOrder(
                caseId,
                caseReference,
                customerId,
                team,
                decisionId,
                moment,
                remedy,
                money,
                item,
                owed,
                true,
                Authority.strictest(authority, whom),
                decidedBy,
                about);
    }

    String key() {
        return decisionId + "-" + remedy.name();
    }
}
