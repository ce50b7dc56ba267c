package org.jabr.process.camunda;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.engine.variable.VariableMap;
import org.camunda.bpm.engine.variable.Variables;
import org.jabr.rules.FactField;
import org.jabr.rules.Vocabulary;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * One decision table in the hands of Camunda's DMN engine: the author's own cells, asked with the values that the columns
 * saw, answering with every row whose conditions hold.
 */
final class PlainTable {

    private static final String DMN = "https://www.omg.org/spec/DMN/20191111/MODEL/";
    private static final String ROW = "row";
    private static final String COLUMN = "column";

    private final DmnEngine engine;
    private final DmnDecision decision;
    private final List<String> columns = new ArrayList<>();

    /** @param table the element {@code decisionTable} */
    PlainTable(DmnEngine engine, Element table) {
        this.engine = engine;
        StringBuilder text = new StringBuilder(
                "<definitions xmlns=\"" + DMN
                        + "\" id=\"d\" name=\"d\" namespace=\"x\"><decision id=\"t\" name=\"t\"><decisionTable id=\"dt\" hitPolicy=\"COLLECT\">");
        for (Element input : children(table, "input")) {
            columns.add(text(children(input, "inputExpression").get(0)));
            String name = COLUMN + columns.size();
            text.append("<input id=\"")
                    .append(name)
                    .append("\"><inputExpression id=\"")
                    .append(name)
                    .append("x\"><text>");
            text.append(name).append("</text></inputExpression></input>");
        }
        text.append("<output id=\"o\" name=\"row\" />");
        int n = 0;
        for (Element rule : children(table, "rule")) {
            text.append("<rule id=\"").append(escaped(rule.getAttribute("id"))).append("\">");
            List<Element> entries = children(rule, "inputEntry");
            for (int column = 0; column < entries.size(); column++) {
                String cell = cell(entries.get(column), columns.get(column));
                text.append("<inputEntry id=\"i").append(n++).append("\"><text>");
                text.append(cell.equals("-") ? "" : escaped(cell)).append("</text></inputEntry>");
            }
            text.append("<outputEntry id=\"i").append(n++).append("\"><text>\"");
            text.append(escaped(rule.getAttribute("id"))).append("\"</text></outputEntry></rule>");
        }
        text.append("</decisionTable></decision></definitions>");
        this.decision = engine.parseDecision(
                "t", new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.UTF_8)));
    }

    /** @param inputs what the columns saw, by their expressions */
    Set<String> matching(Map<String, Object> inputs) {
        VariableMap variables = Variables.createVariables();
        inputs.forEach((name, value) -> {
            if (name.matches("[A-Za-z][A-Za-z0-9]*")) {
                variables.putValue(name, value);
            }
        });
        for (int i = 0; i < columns.size(); i++) {
            variables.putValue(COLUMN + (i + 1), inputs.get(columns.get(i)));
        }
        Set<String> rows = new LinkedHashSet<>();
        engine.evaluateDecisionTable(decision, variables)
                .<Object>collectEntries(ROW)
                .forEach(row -> rows.add(String.valueOf(row)));
        return rows;
    }

    static List<Element> children(Element parent, String name) {
        List<Element> children = new ArrayList<>();
        NodeList nodes = parent.getChildNodes();
        for (int i = 0; i < nodes.getLength(); i++) {
            if (nodes.item(i) instanceof Element element && name.equals(element.getLocalName())) {
                children.add(element);
            }
        }
        return children;
    }

    /** What was reported in somebody's own words is compared without case; the columns see it in small letters. */
    private static String cell(Element entry, String column) {
        FactField fact = Vocabulary.field(column);
        boolean words = fact != null && fact.type() == FactField.Type.TEXT;
        return words ? text(entry).toLowerCase(Locale.ROOT) : text(entry);
    }

    private static String text(Element cell) {
        return children(cell, "text").stream()
                .findFirst()
                .map(text -> text.getTextContent().strip())
                .orElse("");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}
