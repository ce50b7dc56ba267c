/** Pages and REST: what people and other programs see of the house. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "rules",
            "people",
            "releases",
            "customers",
            "post",
            "worklist",
            "treasury",
            "remedies",
            "cases",
            "finance",
            "surveys",
            "team",
            "process",
            "intake",
            "replay",
            "insight",
            "audit"
        })
package org.jabr.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
