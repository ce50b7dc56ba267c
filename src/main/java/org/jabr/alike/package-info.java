/** Like cases alike: whether cases that should come out alike did, and whether anybody's doings stand out; it judges nobody. */
@NullMarked
@ApplicationModule(allowedDependencies = {"rules", "releases", "cases"})
package org.jabr.alike;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
