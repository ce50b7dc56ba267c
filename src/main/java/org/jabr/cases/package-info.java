/** What went wrong for a customer, what was promised, decided and said, and where the recovery stands. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {"rules", "people", "releases", "customers", "post", "treasury", "catalogue", "remedies"})
package org.jabr.cases;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
