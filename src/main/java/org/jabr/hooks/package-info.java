/** Tells other systems what happened, and hears what they have to tell. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {"rules", "customers", "outside", "worklist", "post", "remedies", "cases", "intake"})
package org.jabr.hooks;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
