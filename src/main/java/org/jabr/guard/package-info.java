/** Notices unusual giving and claiming, and has those who lead look at it; it refuses nothing. */
@NullMarked
@ApplicationModule(allowedDependencies = {"rules", "people", "releases", "customers", "worklist", "remedies", "cases"})
package org.jabr.guard;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
