/** Turns what arrives on any channel into cases. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {"rules", "people", "releases", "customers", "remedies", "cases", "finance", "process"})
package org.jabr.intake;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
