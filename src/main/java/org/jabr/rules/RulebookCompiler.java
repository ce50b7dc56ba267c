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

    /** The tables of a release as their authors wrote them, in the order of its files; what cannot be read is left out. */
    default List<TableView> tables(Map<String, String> files) {
        return List.of();
    }

    /** What became of a compilation; the rulebook is null exactly when a finding blocks. */
    record Compilation(@Nullable Rulebook rulebook, List<Finding> findings) {

        public Compilation {
            findings = List.copyOf(findings);
        }
    }
}
