package org.jabr.remedies;

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
 * @param decidedBy who decided; where it is asked for, another person approves
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
        String decidedBy) {

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
                decidedBy);
    }

    String key() {
        return decisionId + "-" + remedy.name();
    }
}
