package org.jabr.cases;

import java.util.List;
import org.jabr.customers.Customer;
import org.jabr.remedies.Effect;

/** Everything that is known of one case, for people to read. */
public record CaseFile(
        RecoveryCase recovery,
        Customer customer,
        List<StoredDecision> decisions,
        List<Effect> remedies,
        List<Promise> promises,
        List<CaseClock> clocks,
        List<Contact> contacts,
        List<TimelineEntry> timeline) {}
