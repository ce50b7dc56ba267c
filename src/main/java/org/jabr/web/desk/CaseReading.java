package org.jabr.web.desk;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jabr.cases.CaseFile;
import org.jabr.cases.RecoveryCase;
import org.jabr.cases.Stage;
import org.jabr.cases.TimelineEntry;
import org.jabr.process.Diagrams;
import org.jabr.process.Recovery;
import org.jabr.remedies.Effect;
import org.jabr.web.Reader;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Puts what happened in a case into words. */
@Component
public class CaseReading {

    private static final List<Stage> USUAL = List.of(
            Stage.RECEIVED,
            Stage.ACKNOWLEDGED,
            Stage.DECIDED,
            Stage.RESOLVED,
            Stage.EXCEEDED,
            Stage.FOLLOW_UP,
            Stage.CLOSED);

    private final CatalogueReading catalogue;
    private final ReleaseWords words;
    private final Reader reader;

    CaseReading(CatalogueReading catalogue, ReleaseWords words, Reader reader) {
        this.catalogue = catalogue;
        this.words = words;
        this.reader = reader;
    }

    /** @param state {@code done}, {@code here} or {@code ahead} */
    public record Step(String stage, String state) {}

    /** @param chosen why it is this item of the catalogue; null where it is nothing of it */
    public record Remedy(
            Effect effect,
            String name,
            String moment,
            String kind,
            String tone,
            String by,
            CatalogueReading.@Nullable Why chosen) {}

    /** @param by who did it; null where nobody is to be named */
    public record Event(
            Instant at, String sentence, @Nullable String by) {}

    /** @param state {@code done}, {@code active} or {@code failed} */
    public record Passed(String element, String name, String state) {}

    /** The stages as steps, with where the case stands. */
    public List<Step> steps(RecoveryCase recovery) {
        Stage stage = recovery.stage();
        List<Stage> stages = new ArrayList<>(USUAL);
        if (stage == Stage.ESCALATED) {
            stages.add(stages.size() - 1, Stage.ESCALATED);
        }
        if (stage == Stage.WITHDRAWN) {
            return List.of(new Step(Stage.RECEIVED.name(), "done"), new Step(Stage.WITHDRAWN.name(), "here"));
        }
        int here = stages.indexOf(stage);
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < stages.size(); i++) {
            steps.add(new Step(stages.get(i).name(), i < here ? "done" : i == here ? "here" : "ahead"));
        }
        return steps;
    }

    public List<Remedy> remedies(CaseFile file) {
        String release = file.recovery().release();
        return file.remedies().stream()
                .map(effect -> new Remedy(
                        effect,
                        name(release, effect),
                        words.named(release, "moment.", effect.moment()),
                        words.word(release, effect.kind()),
                        EffectReading.tone(effect.state()),
                        by(effect),
                        catalogue.why(effect)))
                .toList();
    }

    private String name(String release, Effect effect) {
        return effect.undo()
                ? reader.words("effects.undo", words.word(release, effect.kind()))
                : words.word(release, effect.remedy());
    }

    private String by(Effect effect) {
        String by = effect.decidedBy() == null ? effect.askedBy() : effect.decidedBy();
        return by == null ? "" : words.who(by);
    }

    /** The newest first. */
    public List<Event> timeline(CaseFile file) {
        Map<String, String> remedies = file.remedies().stream()
                .collect(Collectors.toMap(
                        Effect::key, effect -> name(file.recovery().release(), effect)));
        List<Event> events = new ArrayList<>();
        for (TimelineEntry entry : file.timeline()) {
            events.add(
                    0,
                    new Event(
                            entry.at().toInstant(),
                            sentence(file.recovery().release(), entry, remedies),
                            words.who(entry.by())));
        }
        return events;
    }

    private String sentence(String release, TimelineEntry entry, Map<String, String> remedies) {
        Map<String, Object> values = entry.values();
        Function<String, String> value = name -> String.valueOf(values.getOrDefault(name, ""));
        return switch (entry.kind()) {
            case "RECEIVED", "CONTACTED" ->
                reader.words("timeline." + entry.kind(), words.word(release, value.apply("channel")));
            case "STAGE" -> reader.words("timeline.STAGE", reader.words("stage." + value.apply("stage")));
            case "DECIDED" -> reader.words("timeline.DECIDED", words.named(release, "moment.", value.apply("moment")));
            case "APPROVED", "APPROVAL_REFUSED" ->
                reader.words(
                        "timeline." + entry.kind(),
                        remedies.getOrDefault(value.apply("remedy"), value.apply("remedy")));
            case "APPROVAL_RAISED" ->
                reader.words(
                        "timeline.APPROVAL_RAISED",
                        remedies.getOrDefault(value.apply("remedy"), value.apply("remedy")),
                        value.apply("to"));
            case "BUDGET_USED_UP" ->
                reader.words(
                        "timeline.BUDGET_USED_UP",
                        remedies.getOrDefault(value.apply("remedy"), value.apply("remedy")),
                        value.apply("to"));
            case "NO_ITEM" ->
                reader.words(
                        "timeline.NO_ITEM",
                        remedies.getOrDefault(value.apply("remedy"), value.apply("remedy")),
                        value.apply("to"));
            case "OTHER_ITEM" ->
                reader.words(
                        "timeline.OTHER_ITEM",
                        remedies.getOrDefault(value.apply("remedy"), value.apply("remedy")),
                        catalogue.name(value.apply("item")));
            case "APPROVAL_DELEGATED", "APPROVAL_FREED" ->
                reader.words("timeline." + entry.kind(), words.who(value.apply("from")), words.who(value.apply("to")));
            case "PROMISE_MISSED" ->
                reader.words("timeline.PROMISE_MISSED", reader.words("promise." + value.apply("promise")));
            case "LETTER" ->
                reader.words(
                        "timeline.LETTER",
                        words.named(release, "letter.", value.apply("letter")),
                        words.word(release, value.apply("channel")));
            case "ESCALATED" ->
                reader.words("timeline.ESCALATED", words.named(release, "escalated.", value.apply("why")));
            case "SURVEY_ASKED" ->
                value.apply("survey").equals("NONE")
                        ? reader.words("timeline.SURVEY_OPENED")
                        : reader.words("timeline.SURVEY_ASKED", words.word(release, value.apply("survey")));
            case "SURVEY_ANSWERED" -> reader.words("timeline.SURVEY_ANSWERED", answers(release, values));
            case "CHOSEN" -> reader.words("timeline.CHOSEN");
            case "RULE_PROPOSED" -> reader.words("timeline.RULE_PROPOSED", value.apply("draft"));
            case "OTHER_CHANNEL" ->
                reader.words(
                        "timeline.OTHER_CHANNEL",
                        words.word(release, value.apply("channel")),
                        words.word(release, value.apply("usual")));
            case "MERGED", "MERGED_HERE", "SPLIT", "SPLIT_OFF", "FOLLOWS", "FOLLOWED", "KEPT_APART" ->
                reader.words("timeline." + entry.kind(), value.apply("other"));
            case "MIGRATED" -> reader.words("timeline.MIGRATED", value.apply("from"), value.apply("to"));
            default -> words.named(release, "timeline.", entry.kind());
        };
    }

    private String answers(String release, Map<String, Object> values) {
        return values.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(answer -> words.word(release, answer.getKey().replaceFirst("^answers\\.", "")) + ": "
                        + words.value(release, answer.getValue()))
                .collect(Collectors.joining(" · "));
    }

    /** The steps that the case took or waits at, as text, in the order in which it came to them. */
    public List<Passed> passed(RecoveryCase recovery, Recovery.Path path) {
        Map<String, String> names = names(path.bpmn());
        Map<String, Passed> passed = new LinkedHashMap<>();
        mark(passed, recovery, names, path.done(), "done");
        mark(passed, recovery, names, path.active(), "active");
        mark(passed, recovery, names, path.failed(), "failed");
        return List.copyOf(passed.values());
    }

    private void mark(
            Map<String, Passed> passed,
            RecoveryCase recovery,
            Map<String, String> names,
            List<String> elements,
            String state) {
        for (String element : elements) {
            Optional.ofNullable(names.get(element)).ifPresent(name -> {
                passed.remove(element);
                passed.put(element, new Passed(element, words.step(recovery.release(), element, name), state));
            });
        }
    }

    /** What an element of the diagram is called. */
    public String element(RecoveryCase recovery, Recovery.Path path, String element) {
        return words.step(recovery.release(), element, names(path.bpmn()).getOrDefault(element, element));
    }

    /** What the named elements of the diagram are called, by their ids. */
    public Map<String, String> elements(RecoveryCase recovery, Recovery.Path path) {
        Map<String, String> called = new HashMap<>();
        names(path.bpmn()).forEach((id, name) -> called.put(id, words.step(recovery.release(), id, name)));
        return called;
    }

    /** Names of the diagram's nodes, without flows. */
    private static Map<String, String> names(String bpmn) {
        Map<String, String> names = new HashMap<>();
        if (bpmn.isBlank()) {
            return names;
        }
        try {
            Document diagram = Diagrams.read(bpmn);
            NodeList elements = diagram.getElementsByTagNameNS(Diagrams.BPMN, "*");
            for (int i = 0; i < elements.getLength(); i++) {
                Element element = (Element) elements.item(i);
                if (!element.getLocalName().equals("sequenceFlow")
                        && !element.getAttribute("name").isBlank()) {
                    names.put(element.getAttribute("id"), element.getAttribute("name"));
                }
            }
        } catch (SAXException unreadable) {
            // A diagram that cannot be read has no names; the checks of releases say so.
        }
        return names;
    }
}
