/** Carries out a granted remedy exactly once: catalogue, ledger of effects, gateways. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {"rules", "people", "releases", "customers", "outside", "worklist", "treasury"})
package org.jabr.remedies;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
