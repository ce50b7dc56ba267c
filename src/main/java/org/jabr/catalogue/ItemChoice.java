package org.jabr.catalogue;

import java.time.OffsetDateTime;
import java.util.List;
import org.jabr.rules.RuleRef;
import org.jspecify.annotations.Nullable;

/**
 * Which item a remedy is.
 *
 * @param effect key of the remedy
 * @param item null where none fits
 * @param points of the rules
 * @param because the rules that gave them
 * @param passed the items that it is not, and why
 * @param by who chose: the rules or a person
 * @param given whether the customer gets it; not while it is only asked for, and not where it came back
 */
public record ItemChoice(
        String effect,
        long customerId,
        Item.Kind kind,
        @Nullable String item,
        String release,
        long points,
        List<RuleRef> because,
        List<Passed> passed,
        String by,
        OffsetDateTime at,
        boolean given) {

    public ItemChoice {
        because = List.copyOf(because);
        passed = List.copyOf(passed);
    }

    /** Why an item is not given. */
    public enum Reason {
        /** Not on this day. */
        DAYS,
        /** Not where the customer is, or nobody knows where that is. */
        REGION,
        LANGUAGE,
        /** It has no cost in the currency of the case. */
        CURRENCY,
        /** It costs more than is granted. */
        COST,
        /** The rules keep it for others. */
        RULES,
        /** None is left. */
        STOCK,
        /** The customer had the very same the last time. */
        AGAIN,
        /** Another one suits better, or a person picked another one. */
        BETTER
    }

    /** An item that was passed over. */
    public record Passed(String item, Reason reason) {}
}
