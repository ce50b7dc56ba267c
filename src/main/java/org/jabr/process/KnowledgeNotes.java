package org.jabr.process;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jabr.cases.RecoveryCase;
import org.jabr.releases.Check;
import org.jabr.releases.Releases;
import org.jabr.releases.RuleSheet;
import org.jabr.rules.Finding;
import org.springframework.stereotype.Component;

/**
 * What analysts want people to know about a type of failure, {@code processes/notes/<note>.<language>.txt}, and where
 * each note is shown, {@code rules/knowledge.csv}; both of the case's own release.
 */
@Component
public class KnowledgeNotes implements Check {

    private static final String FOLDER = "processes/notes/";
    private static final String TYPES = "rules/tables/failure-types.dmn";
    static final RuleSheet SHEET =
            new RuleSheet("rules/knowledge.csv", "NOTE", List.of("note", "failure-type", "step"));
    private static final int KEPT = 16;
    private static final Pattern TEXT = Pattern.compile("processes/notes/([a-z0-9][a-z0-9-]{0,59})\\.(en|ar)\\.txt");

    private final Releases releases;
    private final Map<String, Shelf> read = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Shelf> eldest) {
            return size() > KEPT;
        }
    };

    KnowledgeNotes(Releases releases) {
        this.releases = releases;
    }

    /** @param language of this text: the asked one, or another where nobody wrote it in that */
    public record Note(String name, String language, NoteText text) {}

    /** @param line of the file */
    private record Attached(String note, String type, String step) {

        boolean fits(String failureType, String element) {
            return (type.isEmpty() || type.equals(failureType)) && (step.isEmpty() || step.equals(element));
        }
    }

    /** The notes of a release. */
    private record Shelf(List<Attached> attached, Map<String, Note> notes) {}

    /**
     * The notes for one case, in the order of the file, each once.
     *
     * @param element the step somebody is at; empty where they look at the case as a whole, or no diagram asks for the work
     * @param language of the reader
     */
    public List<Note> of(RecoveryCase recovery, String element, String language) {
        Shelf shelf = shelf(recovery.release());
        return shelf.attached().stream()
                .filter(one -> one.fits(recovery.failureType(), element))
                .map(Attached::note)
                .distinct()
                .flatMap(name -> note(shelf, name, language).stream())
                .toList();
    }

    private static Optional<Note> note(Shelf shelf, String name, String language) {
        return Stream.concat(Stream.of(language), Letters.LANGUAGES.stream())
                .flatMap(one -> Stream.ofNullable(shelf.notes().get(path(name, one))))
                .findFirst();
    }

    private static String path(String name, String language) {
        return FOLDER + name + "." + language + ".txt";
    }

    private synchronized Shelf shelf(String release) {
        return read.computeIfAbsent(release, id -> {
            SortedMap<String, String> files = releases.files(id);
            Map<String, Note> notes = new LinkedHashMap<>();
            files.forEach((path, text) -> {
                Matcher named = TEXT.matcher(path);
                if (named.matches()) {
                    notes.put(path, new Note(named.group(1), named.group(2), NoteText.read(text)));
                }
            });
            return new Shelf(
                    SHEET.read(files.getOrDefault(SHEET.file(), "")).orElse(List.of()).stream()
                            .map(KnowledgeNotes::attached)
                            .toList(),
                    notes);
        });
    }

    @Override
    public List<Finding> check(SortedMap<String, String> files) {
        return findings(files);
    }

    static List<Finding> findings(SortedMap<String, String> files) {
        List<Finding> findings = new ArrayList<>();
        TreeSet<String> written = new TreeSet<>();
        files.forEach((path, text) -> {
            if (path.startsWith(FOLDER) && path.endsWith(".txt")) {
                written.add(path);
                if (!TEXT.matcher(path).matches() || !NoteText.read(text).whole()) {
                    findings.add(new Finding("NOTE-005", true, path, "", List.of(NoteText.LONGEST)));
                }
            }
        });
        findings.addAll(SHEET.check(files, lines -> lines.stream()
                .flatMap(line -> findings(line, files, written).stream())
                .toList()));
        written.forEach(path -> findings.add(new Finding("NOTE-004", false, path, "", List.of())));
        return findings;
    }

    /** @param unused texts that no line before named */
    private static List<Finding> findings(
            RuleSheet.Line line, SortedMap<String, String> files, TreeSet<String> unused) {
        List<Finding> findings = new ArrayList<>();
        Attached attached = attached(line);
        for (String language : Letters.LANGUAGES) {
            String path = path(attached.note(), language);
            unused.remove(path);
            if (!files.containsKey(path)) {
                findings.add(SHEET.finding("002", line, attached.note(), path));
            }
        }
        if (!attached.type().isEmpty() && !files.getOrDefault(TYPES, "").contains("\"" + attached.type() + "\"")) {
            findings.add(SHEET.finding("003", line, attached.type()));
        }
        if (!attached.step().isEmpty()
                && files.entrySet().stream()
                        .noneMatch(file -> file.getKey().endsWith(".bpmn")
                                && file.getValue().contains("id=\"" + attached.step() + "\""))) {
            findings.add(SHEET.finding("006", line, attached.step()));
        }
        return findings;
    }

    private static Attached attached(RuleSheet.Line line) {
        return new Attached(line.text("note"), line.text("failure-type"), line.text("step"));
    }
}
