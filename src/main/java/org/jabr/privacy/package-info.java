/** What is known about customers no longer than it may be: erased when they ask or when its time is over, kept while it must be. */
@NullMarked
@ApplicationModule(allowedDependencies = {"rules", "people", "journal", "releases", "customers", "cases"})
package org.jabr.privacy;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
