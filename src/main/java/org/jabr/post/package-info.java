/** Brings what we write to customers to where they read it, and knows what became of it. */
@NullMarked
@ApplicationModule(allowedDependencies = {"rules", "people", "releases", "customers", "outside"})
package org.jabr.post;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
