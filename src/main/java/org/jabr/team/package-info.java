/** How those who care for customers are cared for: their load, their breaks, what is said to them, what they get next. */
@NullMarked
@ApplicationModule(allowedDependencies = {"rules", "people", "releases", "customers", "worklist", "remedies", "cases"})
package org.jabr.team;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
