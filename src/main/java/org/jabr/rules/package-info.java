/** Facts in, explained decision out: the vocabulary of the rules, the pure combination, shared ids and money. */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package org.jabr.rules;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
