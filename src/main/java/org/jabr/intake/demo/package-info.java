/** Fills a demo with a shop that never was: through the same doors as real input, once, in the background. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "rules",
            "people",
            "releases",
            "customers",
            "worklist",
            "catalogue",
            "remedies",
            "cases",
            "surveys",
            "process",
            "intake"
        })
package org.jabr.intake.demo;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
