package org.jabr.process.camunda;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.DmnEngineConfiguration;
import org.jabr.process.Diagrams;
import org.jabr.rules.CaseFacts;
import org.jabr.rules.Consulted;
import org.jabr.rules.Finding;
import org.jabr.rules.Guardrails;
import org.jabr.rules.Heard;
import org.jabr.rules.Moment;
import org.jabr.rules.Objection;
import org.jabr.rules.PlainGuardrails;
import org.jabr.rules.RuleRef;
import org.jabr.rules.Rulebook;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** What two implementations of the same rules say about the same cases. Each row and guardrail is told of once. */
final class Comparison {

    private static final String GUARDRAILS = "rules/guardrails.drl";
    private static final String DIFFERENT = "OPINION-001";
    private static final String NOT_READ = "OPINION-002";

    private final Rulebook rulebook;
    private final Map<String, Optional<PlainTable>> tables = new HashMap<>();
    private final Optional<PlainGuardrails> guardrails;
    private final List<Finding> findings = new ArrayList<>();
    private final Set<String> told = new HashSet<>();
    private final Set<Object> compared = new HashSet<>();

    Comparison(SortedMap<String, String> files, Rulebook rulebook) {
        this.rulebook = rulebook;
        DmnEngine engine =
                DmnEngineConfiguration.createDefaultDmnEngineConfiguration().buildEngine();
        files.forEach((path, text) -> {
            if (path.endsWith(".dmn")) {
                tables(engine, path, text);
            }
        });
        this.guardrails = guardrails(files.getOrDefault(GUARDRAILS, ""));
    }

    List<Finding> findings() {
        return findings;
    }

    /** Asks both about a case. */
    void compare(Moment moment, CaseFacts facts) {
        for (Consulted consulted : rulebook.consulted(moment, facts)) {
            // Many cases look alike to a table; one look is enough.
            if (compared.add(consulted)) {
                tables.getOrDefault(key(consulted.file(), consulted.table()), Optional.empty())
                        .ifPresent(table -> compare(table, consulted));
            }
        }
        guardrails.ifPresent(plain -> rulebook.heard(moment, facts).forEach(heard -> compare(plain, heard)));
    }

    private void compare(PlainTable table, Consulted consulted) {
        Set<String> engine =
                consulted.matching().stream().map(RuleRef::id).collect(Collectors.toCollection(LinkedHashSet::new));
        try {
            Set<String> other = table.matching(consulted.inputs());
            Set<String> apart = apart(engine, other);
            apart.forEach(row -> tell(
                    consulted.file(),
                    row,
                    List.of(row, said(engine.contains(row)), said(other.contains(row))),
                    consulted.inputs()));
        } catch (RuntimeException e) {
            notRead(consulted.file(), consulted.table(), String.valueOf(e.getMessage()));
        }
    }

    private void compare(PlainGuardrails plain, Heard heard) {
        try (Guardrails.Hearing hearing = plain.open(heard.facts(), heard.currency())) {
            Set<Objection> engine = new LinkedHashSet<>(heard.objections());
            Set<Objection> other = new LinkedHashSet<>(hearing.object(heard.remedies()));
            for (Objection one : apart(engine, other)) {
                tell(
                        GUARDRAILS,
                        one.reason(),
                        List.of(one.reason(), said(engine.contains(one)), said(other.contains(one))),
                        witness(heard, one));
            }
        } catch (RuntimeException e) {
            notRead(GUARDRAILS, "", String.valueOf(e.getMessage()));
        }
    }

    private static <T> Set<T> apart(Set<T> one, Set<T> other) {
        Set<T> apart = new LinkedHashSet<>(one);
        apart.addAll(other);
        apart.removeIf(part -> one.contains(part) && other.contains(part));
        return apart;
    }

    private static String said(boolean applies) {
        return applies ? "+" : "-";
    }

    private void tell(String file, String place, List<Object> values, Map<String, Object> witness) {
        if (told.add(key(file, place))) {
            findings.add(new Finding(DIFFERENT, true, file, place, values, witness));
        }
    }

    private void notRead(String file, String place, String why) {
        if (told.add(key(file, place) + NOT_READ)) {
            findings.add(new Finding(NOT_READ, false, file, place, List.of(place.isEmpty() ? file : place, why)));
        }
    }

    private void tables(DmnEngine engine, String path, String text) {
        try {
            Document document = Diagrams.read(text);
            NodeList found = document.getElementsByTagNameNS("*", "decisionTable");
            for (int i = 0; i < found.getLength(); i++) {
                Element table = (Element) found.item(i);
                String id = ((Element) table.getParentNode()).getAttribute("id");
                tables.put(key(path, id), table(engine, path, id, table));
            }
        } catch (SAXException e) {
            notRead(path, "", String.valueOf(e.getMessage()));
        }
    }

    private Optional<PlainTable> table(DmnEngine engine, String path, String id, Element table) {
        try {
            return Optional.of(new PlainTable(engine, table));
        } catch (RuntimeException e) {
            notRead(path, id, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private Optional<PlainGuardrails> guardrails(String drl) {
        try {
            return Optional.of(new PlainGuardrails(drl));
        } catch (IllegalArgumentException e) {
            notRead(GUARDRAILS, "", String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    /** The remedy that they disagree about, with the facts, by name. */
    private static Map<String, Object> witness(Heard heard, Objection objection) {
        Map<String, Object> witness = new LinkedHashMap<>();
        heard.facts().forEach(fact -> values(fact, witness));
        heard.remedies().stream()
                .filter(remedy -> remedy.remedy().equals(objection.remedy()))
                .findFirst()
                .ifPresent(remedy -> values(remedy, witness));
        return witness;
    }

    private static void values(Object fact, Map<String, Object> witness) {
        for (RecordComponent part : fact.getClass().getRecordComponents()) {
            try {
                Object value = part.getAccessor().invoke(fact);
                if (value != null) {
                    witness.put(
                            part.getName(), value instanceof List<?> ? new TreeSet<>(names(value)).toString() : value);
                }
            } catch (IllegalAccessException | InvocationTargetException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static List<String> names(Object list) {
        return ((List<?>) list).stream().map(String::valueOf).toList();
    }

    private static String key(String file, String place) {
        return file + " " + place;
    }
}
