/** The single customer view: identity, purchases, value, consent, contacts on every channel. */
@NullMarked
@ApplicationModule(allowedDependencies = {"rules", "people", "releases"})
package org.jabr.customers;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
