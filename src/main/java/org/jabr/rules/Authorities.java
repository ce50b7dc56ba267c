package org.jabr.rules;

import java.math.BigDecimal;
import java.util.List;

/** The authority table of one release. */
@FunctionalInterface
public interface Authorities {

    /**
     * Who may grant this.
     *
     * @param amountPU the amount in policy units, 0 where there is none
     * @param windowTotalPU goodwill of the customer with that of this decision up to this remedy, in policy units
     */
    Named name(
            String remedy,
            Remedy.RemedyClass remedyClass,
            boolean statutory,
            BigDecimal amountPU,
            BigDecimal windowTotalPU);

    /** The strictest authority of the matching rows, and those strictest rows. */
    record Named(Authority authority, List<RuleRef> because) {

        public Named {
            because = List.copyOf(because);
        }
    }
}
