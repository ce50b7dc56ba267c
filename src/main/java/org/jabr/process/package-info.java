/** Moves a case along its diagram: start, advance, clocks, messages to the customer. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "rules",
            "people",
            "releases",
            "customers",
            "post",
            "worklist",
            "catalogue",
            "remedies",
            "cases",
            "finance",
            "surveys"
        })
package org.jabr.process;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
