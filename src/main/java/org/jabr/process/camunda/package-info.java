/** Delegates, listeners, deployment; the only home of Camunda. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "rules",
            "people",
            "releases",
            "customers",
            "worklist",
            "remedies",
            "cases",
            "surveys",
            "process"
        })
package org.jabr.process.camunda;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
