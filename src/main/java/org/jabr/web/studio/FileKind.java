package org.jabr.web.studio;

import java.util.Arrays;

/** What a file of a draft is, in the order in which the studio shows them; its path tells. */
enum FileKind {
    PROCESS("processes/[^/]+\\.bpmn"),
    FORM("processes/forms/[^/]+\\.form"),
    LETTER("processes/letters/[^/]+\\.(en|ar)\\.txt"),
    NOTE("processes/notes/[^/]+\\.(en|ar)\\.txt"),
    TABLE("rules/.+\\.dmn"),
    GUARDRAILS("rules/.+\\.drl"),
    CONTRACTS("rules/contracts\\.csv"),
    SCENARIOS("rules/scenarios/.+"),
    WORDS("rules/(words|phrases|knowledge)\\.csv"),
    MAPPING("rules/mappings/.+"),
    CALENDAR("rules/calendars/.+"),
    OTHER(".*");

    private final String paths;

    FileKind(String paths) {
        this.paths = paths;
    }

    static FileKind of(String path) {
        return Arrays.stream(values())
                .filter(kind -> path.matches(kind.paths))
                .findFirst()
                .orElse(OTHER);
    }
}
