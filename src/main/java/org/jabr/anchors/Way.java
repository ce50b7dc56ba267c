package org.jabr.anchors;

import org.jabr.journal.Seal;
import org.jspecify.annotations.Nullable;

/** A way out for seals. To bring one twice does no harm, so whoever is not sure brings it again. */
interface Way {

    String name();

    /** Where it leads, as it is shown to those who run the house. */
    String leads();

    /** @return why it was not taken, as a code; null where it was */
    @Nullable
    String bring(Seal seal);
}
