package org.jabr.rules;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns the files of a release into a rulebook. Failures are returned as findings, never thrown. */
public interface RulebookCompiler {

    /**
     * @param release id that the rulebook will carry
     * @param files all files of the release by path, such as {@code rules/resolve.dmn}
     */
    Compilation compile(String release, Map<String, String> files);

    /** What became of a compilation; the rulebook is null exactly when a finding blocks. */
    record Compilation(@Nullable Rulebook rulebook, List<Finding> findings) {

        public Compilation {
            findings = List.copyOf(findings);
        }
    }
}
