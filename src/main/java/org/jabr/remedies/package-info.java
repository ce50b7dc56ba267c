/** Carries out a granted remedy exactly once: ledger of effects, gateways. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "rules",
            "people",
            "releases",
            "customers",
            "outside",
            "worklist",
            "treasury",
            "catalogue"
        })
package org.jabr.remedies;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
