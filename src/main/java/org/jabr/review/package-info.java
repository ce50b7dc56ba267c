/** Looks at a sample of past decisions: drawn so that anybody can draw it again, judged by a checklist, followed up. */
@NullMarked
@ApplicationModule(allowedDependencies = {"rules", "people", "journal", "releases", "customers", "cases", "audit"})
package org.jabr.review;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
