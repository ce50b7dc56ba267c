/** Compiles and runs DMN tables and DRL guardrails; the only home of Drools and its DMN engine. */
@NullMarked
@ApplicationModule(allowedDependencies = {"rules"})
package org.jabr.rules.drools;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
