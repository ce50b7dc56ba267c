/** What there is to give, and where it went: accounts in double entry. */
@NullMarked
@ApplicationModule(allowedDependencies = {"rules", "people", "releases"})
package org.jabr.treasury;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
