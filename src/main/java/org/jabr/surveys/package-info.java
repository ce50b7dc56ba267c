/** What the customer says afterwards: questions, links, answers, comments. */
@NullMarked
@ApplicationModule(allowedDependencies = {"rules", "people", "releases", "customers", "cases"})
package org.jabr.surveys;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
