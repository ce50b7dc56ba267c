/** Brings seals to where this house cannot reach them, so that nobody can rebuild the journal unnoticed. */
@NullMarked
@ApplicationModule(allowedDependencies = {"rules", "journal", "outside", "post"})
package org.jabr.anchors;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
