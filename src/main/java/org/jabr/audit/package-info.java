/** What auditors ask: what happened, why, whether it still holds, and whether it was right. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "rules",
            "people",
            "journal",
            "releases",
            "customers",
            "post",
            "worklist",
            "treasury",
            "catalogue",
            "post",
            "remedies",
            "cases",
            "guard",
            "surveys",
            "process",
            "intake",
            "replay"
        })
package org.jabr.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
