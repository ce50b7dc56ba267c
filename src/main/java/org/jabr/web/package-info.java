/** Pages and REST: what people and other programs see of the house. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "rules",
            "people",
            "journal",
            "releases",
            "customers",
            "outside",
            "post",
            "worklist",
            "treasury",
            "catalogue",
            "remedies",
            "cases",
            "finance",
            "guard",
            "surveys",
            "team",
            "process",
            "intake",
            "hooks",
            "replay",
            "insight",
            "audit",
            "review",
            "anchors",
            "alike",
            "privacy"
        })
package org.jabr.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
