package org.jabr.intake;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.regex.Pattern;
import org.jabr.releases.Check;
import org.jabr.releases.Releases;
import org.jabr.rules.Finding;
import org.jabr.rules.Problem;
import org.springframework.stereotype.Component;

/** The mappings of releases: {@code rules/mappings/NAME.yml}. Analysts add one for columns of their own. */
@Component
class Mappings implements Check {

    private static final String FOLDER = "rules/mappings/";
    private static final String ENDING = ".yml";
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,59}");

    private final Releases releases;

    Mappings(Releases releases) {
        this.releases = releases;
    }

    /**
     * A mapping of the live release for one kind of lines.
     *
     * @throws Problem {@code IMPORT-002} no such mapping, {@code IMPORT-003} it has nothing for this kind,
     *     {@code IMPORT-004} there is something wrong with it
     */
    Mapping of(String name, ImportKind kind) {
        String text = (NAME.matcher(name).matches()
                        ? releases.file(releases.live().id(), FOLDER + name + ENDING)
                        : Optional.<String>empty())
                .orElseThrow(() -> new Problem(Problem.Kind.INVALID, "IMPORT-002", shown(name)));
        MappingFile file = MappingFile.read(text);
        if (!file.mistakes().isEmpty()) {
            MappingFile.Mistake first = file.mistakes().get(0);
            throw new Problem(Problem.Kind.INVALID, "IMPORT-004", name, first.code(), first.place());
        }
        Mapping mapping = file.section(kind);
        if (mapping == null) {
            throw new Problem(Problem.Kind.INVALID, "IMPORT-003", name, kind.word());
        }
        return mapping;
    }

    /** Names of the mappings of the live release, to choose from. */
    List<String> names() {
        return releases.files(releases.live().id()).keySet().stream()
                .filter(path -> path.startsWith(FOLDER) && path.endsWith(ENDING))
                .map(path -> path.substring(FOLDER.length(), path.length() - ENDING.length()))
                .toList();
    }

    /** Whether a mapping of the live release has something for this kind. */
    boolean serves(String name, ImportKind kind) {
        return releases.file(releases.live().id(), FOLDER + name + ENDING)
                .map(text -> MappingFile.read(text).section(kind) != null)
                .orElse(false);
    }

    @Override
    public List<Finding> check(SortedMap<String, String> files) {
        List<Finding> findings = new ArrayList<>();
        for (Map.Entry<String, String> file : files.entrySet()) {
            String path = file.getKey();
            if (path.startsWith(FOLDER) && path.endsWith(ENDING)) {
                MappingFile.read(file.getValue())
                        .mistakes()
                        .forEach(mistake -> findings.add(
                                new Finding(mistake.code(), true, path, mistake.place(), mistake.values())));
            }
        }
        return findings;
    }

    private static String shown(String name) {
        return name.length() <= 60 ? name : name.substring(0, 60);
    }
}
