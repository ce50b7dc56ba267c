/** Speaks with other systems: signed, with checked addresses only, within a time, and no more than they bear. */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package org.jabr.outside;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
