/** Carries out a granted remedy exactly once: catalogue, budgets, ledger, gateways. */
@NullMarked
@ApplicationModule(allowedDependencies = {"rules", "people", "releases", "customers", "worklist"})
package org.jabr.remedies;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
