/** Whether what was promised, granted, executed and settled is the same money, and the books for finance. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {"rules", "people", "releases", "customers", "worklist", "treasury", "remedies", "cases"})
package org.jabr.finance;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
