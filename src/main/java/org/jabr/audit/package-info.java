/** Append-only journal with proofs, dossier, samples, erasure. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "rules",
            "people",
            "releases",
            "customers",
            "worklist",
            "treasury",
            "catalogue",
            "remedies",
            "cases",
            "guard",
            "surveys",
            "process",
            "intake",
            "replay"
        })
package org.jabr.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
