package org.jabr.replay;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jabr.cases.DecisionDocument;
import org.jabr.releases.Releases;
import org.jabr.rules.CaseFacts;
import org.jabr.rules.Decision;
import org.jabr.rules.DecisionFailed;
import org.jabr.rules.Moment;
import org.jabr.rules.Problem;
import org.jabr.rules.Rulebook;
import org.jabr.rules.RulebookCompiler;
import org.jabr.rules.Scenario;
import org.jabr.rules.Scenarios;
import org.jabr.testing.RealRules;

/**
 * The rules of a release as they once were, with decisions that they made then: {@code src/test/resources/replay/ID} holds
 * the files ({@code rules/...}), {@code frozen.json} (hash and engine) and a file of decisions for each moment, one a line.
 */
record FrozenSet(Path folder) {

    static final Path FOLDER = Path.of("src/test/resources/replay");

    private static final String RULES = "rules";
    private static final String DECISIONS = "decisions";
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(SerializationFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    /** What is known of the release. @param engine that made the answers */
    record About(String release, String contentHash, String engine) {}

    /** A decision: its facts, and what came out of them. */
    record Frozen(String id, String moment, Map<String, Object> facts, Map<String, Object> answer) {}

    static List<FrozenSet> all() {
        try (Stream<Path> folders = Files.list(FOLDER)) {
            return folders.filter(Files::isDirectory)
                    .sorted()
                    .map(FrozenSet::new)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String id() {
        return folder.getFileName().toString();
    }

    About about() {
        return read(text(folder.resolve("frozen.json")), new TypeReference<>() {});
    }

    SortedMap<String, String> files() {
        SortedMap<String, String> files = new TreeMap<>();
        for (Path path : within(folder.resolve(RULES))) {
            files.put(folder.relativize(path).toString().replace('\\', '/'), text(path));
        }
        return files;
    }

    RulebookCompiler.Compilation compiled() {
        return RealRules.compiler().compile(id(), files());
    }

    List<Frozen> decisions() {
        List<Frozen> decisions = new ArrayList<>();
        for (Path path : within(folder.resolve(DECISIONS))) {
            text(path).lines().forEach(line -> decisions.add(read(line, new TypeReference<>() {})));
        }
        return decisions;
    }

    /** Decides once more; in the form in which answers are frozen. */
    static Map<String, Object> answer(Rulebook rulebook, Frozen frozen) {
        Decision decision = rulebook.decide(new Moment(frozen.moment()), rulebook.read(frozen.facts()));
        return read(write(DecisionDocument.resultOf(decision)), new TypeReference<>() {});
    }

    /** What is not as it was. */
    static List<Replayed.Difference> differences(Rulebook rulebook, Frozen frozen) {
        return Differences.between(frozen.answer(), answer(rulebook, frozen));
    }

    /** Freezes the rules as they are now, with a decision for each scenario that comes to one. */
    static FrozenSet add() {
        SortedMap<String, String> files = RealRules.files();
        String hash = Releases.contentHash(files);
        FrozenSet set = new FrozenSet(FOLDER.resolve("r-" + hash.substring(0, 12)));
        if (Files.exists(set.folder)) {
            throw new IllegalStateException("these rules are frozen already: " + set.folder);
        }
        files.forEach((path, text) -> put(set.folder.resolve(path), text));
        set.freeze(fromScenarios(files));
        return set;
    }

    /** Keeps the facts and takes over what comes out of them now. */
    void renew() {
        freeze(decisions());
    }

    private void freeze(List<Frozen> decisions) {
        Rulebook rulebook = compiled().rulebook();
        if (rulebook == null) {
            throw new IllegalStateException("the rules of " + id() + " do not compile");
        }
        Map<String, List<Frozen>> byMoment = decisions.stream()
                .map(one -> new Frozen(one.id(), one.moment(), one.facts(), answer(rulebook, one)))
                .collect(Collectors.groupingBy(Frozen::moment, TreeMap::new, Collectors.toList()));
        byMoment.forEach((moment, ofMoment) -> put(
                folder.resolve(DECISIONS).resolve(moment + ".jsonl"),
                ofMoment.stream().map(one -> write(one) + "\n").collect(Collectors.joining())));
        put(
                folder.resolve("frozen.json"),
                write(new About(id(), Releases.contentHash(files()), rulebook.engine())) + "\n");
    }

    private static List<Frozen> fromScenarios(SortedMap<String, String> files) {
        Rulebook rulebook = RealRules.rulebook();
        Scenarios scenarios =
                new Scenarios(read(files.get("rules/scenarios/base-case.json"), new TypeReference<>() {}));
        List<Frozen> decisions = new ArrayList<>();
        files.forEach((path, text) -> {
            if (path.startsWith("rules/scenarios/") && path.endsWith(".csv")) {
                Scenarios.read(text).stream()
                        .filter(scenario -> !scenario.moment().startsWith("table "))
                        .forEach(scenario -> decided(scenario, scenarios, rulebook, decisions));
            }
        });
        return decisions;
    }

    private static void decided(Scenario scenario, Scenarios scenarios, Rulebook rulebook, List<Frozen> decisions) {
        try {
            CaseFacts facts = scenarios.facts(scenario, rulebook);
            rulebook.decide(new Moment(scenario.moment()), facts);
            decisions.add(
                    new Frozen(scenario.id(), scenario.moment(), new LinkedHashMap<>(facts.document()), Map.of()));
        } catch (Problem | DecisionFailed none) {
            // A scenario of what is refused has no answer that could be kept.
        }
    }

    private static List<Path> within(Path folder) {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void put(Path path, String text) {
        try {
            Files.createDirectories(path.getParent());
            Files.writeString(path, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <T> T read(String text, TypeReference<T> type) {
        try {
            return JSON.readValue(text, type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String write(Object document) {
        try {
            return JSON.writeValueAsString(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
