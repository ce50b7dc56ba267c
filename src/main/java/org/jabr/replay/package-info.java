/** Decides past cases again: replay, counterfactual, backtest, findings from history. */
@NullMarked
@ApplicationModule(allowedDependencies = {"rules", "people", "releases", "cases"})
package org.jabr.replay;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
