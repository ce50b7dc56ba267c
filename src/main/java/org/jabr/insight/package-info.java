/** Measures whether recovery works: experience, business outcome, operations. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "rules",
            "people",
            "releases",
            "customers",
            "worklist",
            "treasury",
            "remedies",
            "cases",
            "surveys",
            "process",
            "intake",
            "replay"
        })
package org.jabr.insight;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
