/** Who works here: accounts, roles, teams, skills, absence. */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package org.jabr.people;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
