/** Who should do what next, and why it is first. */
@NullMarked
@ApplicationModule(allowedDependencies = {"rules", "people", "releases"})
package org.jabr.worklist;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
