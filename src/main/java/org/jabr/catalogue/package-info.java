/** What there is to give besides money, and which of it suits whom. */
@NullMarked
@ApplicationModule(allowedDependencies = {"rules", "people", "releases", "treasury"})
package org.jabr.catalogue;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
