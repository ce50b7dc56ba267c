/** What analysts publish: drafts, checks, approval, immutable releases, the live one. */
@NullMarked
@ApplicationModule(allowedDependencies = {"rules", "people"})
package org.jabr.releases;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
