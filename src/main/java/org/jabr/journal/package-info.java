/** Facts that are only ever added, sealed so that an outsider can prove that none was changed. */
@NullMarked
@ApplicationModule(allowedDependencies = {"rules"})
package org.jabr.journal;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
