package org.jabr.web.api;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jabr.rules.Problem;

/** Where a file belongs that comes by its name alone. */
final class ModelerFiles {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,100}");

    /** Folders of new files. */
    private static final Map<String, String> FOLDERS = Map.of(
            ".bpmn", "processes/",
            ".form", "processes/forms/",
            ".en.txt", "processes/letters/",
            ".ar.txt", "processes/letters/",
            ".dmn", "rules/");

    private final Collection<String> known;

    /** @param known paths of the live release */
    ModelerFiles(Collection<String> known) {
        this.known = known;
    }

    /**
     * The path of a file: that of the one file of this name, or else the folder of its kind.
     *
     * @throws Problem {@code DEPLOY-002} where it belongs nowhere
     */
    String path(String fileName) {
        String name = fileName.substring(Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1);
        if (!NAME.matcher(name).matches()) {
            throw new Problem(Problem.Kind.INVALID, "DEPLOY-002", shown(fileName));
        }
        List<String> same =
                known.stream().filter(path -> path.endsWith("/" + name)).toList();
        if (same.size() == 1) {
            return same.get(0);
        }
        Optional<String> folder = FOLDERS.entrySet().stream()
                .filter(kind -> name.endsWith(kind.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
        return folder.map(path -> path + name)
                .orElseThrow(() -> new Problem(Problem.Kind.INVALID, "DEPLOY-002", shown(fileName)));
    }

    private static String shown(String name) {
        return name.length() <= 80 ? name : name.substring(0, 80);
    }
}
