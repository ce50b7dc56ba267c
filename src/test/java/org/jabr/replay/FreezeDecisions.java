package org.jabr.replay;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Not a test but what one does on purpose, never by the way: freezes the rules of today with decisions of theirs
 * ({@code -Djabr.freeze=add}), or takes over what comes out of all frozen facts now ({@code -Djabr.freeze=renew}).
 */
class FreezeDecisions {

    @Test
    @EnabledIfSystemProperty(named = "jabr.freeze", matches = "add|renew")
    void freezes() {
        List<FrozenSet> sets =
                System.getProperty("jabr.freeze").equals("add") ? List.of(FrozenSet.add()) : FrozenSet.all();
        sets.forEach(FrozenSet::renew);
        sets.forEach(set -> System.out.println(set.id() + ": " + set.decisions().size() + " decisions by "
                + set.about().engine()));
    }
}
