package org.jabr.rules.drools;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.kie.api.io.Resource;
import org.kie.dmn.api.core.DMNContext;
import org.kie.dmn.api.core.DMNRuntime;
import org.kie.dmn.api.core.event.AfterEvaluateDecisionTableEvent;
import org.kie.dmn.api.core.event.DMNRuntimeEventListener;
import org.kie.dmn.core.internal.utils.DMNRuntimeBuilder;
import org.kie.internal.io.ResourceFactory;

/** One table alone in the real engine, its columns asked for directly: what an analysis says can be tried on it. */
final class ProbeTable {

    private final DmnFile.Decision table;
    private final DMNRuntime runtime;
    private List<String> matches = List.of();
    private List<String> selected = List.of();

    ProbeTable(DmnFile.Decision table) {
        this.table = table;
        Resource model = ResourceFactory.newReaderResource(new StringReader(xml(table)));
        this.runtime = DMNRuntimeBuilder.fromDefaults()
                .buildConfiguration()
                .fromResources(List.of(model))
                .getOrElseThrow(IllegalStateException::new);
        if (runtime.getModels().get(0).hasErrors()) {
            throw new IllegalStateException(
                    runtime.getModels().get(0).getMessages().toString());
        }
        runtime.addListener(new DMNRuntimeEventListener() {
            @Override
            public void afterEvaluateDecisionTable(AfterEvaluateDecisionTableEvent event) {
                matches = ids(event.getMatches());
                selected = ids(event.getSelected());
            }
        });
    }

    /** The rows that match, whatever the hit policy makes of them. */
    List<String> matching(Map<String, Object> seen) {
        ask(seen);
        return matches;
    }

    /** The rows that the hit policy picks. */
    List<String> selected(Map<String, Object> seen) {
        ask(seen);
        return selected;
    }

    private void ask(Map<String, Object> seen) {
        matches = List.of();
        selected = List.of();
        DMNContext context = runtime.newContext();
        for (int i = 0; i < table.inputs().size(); i++) {
            context.set("column" + i, seen.get(table.inputs().get(i).name()));
        }
        runtime.evaluateAll(runtime.getModels().get(0), context);
    }

    private List<String> ids(List<Integer> rows) {
        List<String> ids = new ArrayList<>();
        rows.forEach(row -> ids.add(table.rows().get(row - 1).id()));
        return ids;
    }

    private static String xml(DmnFile.Decision table) {
        StringBuilder xml = new StringBuilder(
                "<definitions xmlns=\"" + DmnReader.DMN_1_3 + "\" id=\"probe\" name=\"probe\" namespace=\"probe\">");
        StringBuilder needs = new StringBuilder();
        StringBuilder columns = new StringBuilder();
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < table.inputs().size(); i++) {
            DmnFile.Column column = table.inputs().get(i);
            places.putIfAbsent(column.name(), i);
            xml.append(
                    "<inputData id=\"i%d\" name=\"column%d\"><variable id=\"v%d\" name=\"column%d\" typeRef=\"%s\"/></inputData>"
                            .formatted(i, i, i, i, column.type()));
            needs.append("<informationRequirement id=\"n%d\"><requiredInput href=\"#i%d\"/></informationRequirement>"
                    .formatted(i, i));
            String allowed = column.values().isBlank()
                    ? ""
                    : "<inputValues id=\"a%d\"><text>%s</text></inputValues>".formatted(i, escaped(column.values()));
            columns.append(
                    "<input id=\"c%d\"><inputExpression id=\"e%d\" typeRef=\"%s\"><text>column%d</text></inputExpression>%s</input>"
                            .formatted(i, i, column.type(), i, allowed));
        }
        xml.append("<decision id=\"d\" name=\"d\"><variable id=\"dv\" name=\"d\"/>")
                .append(needs)
                .append("<decisionTable id=\"t\" hitPolicy=\"%s\">"
                        .formatted(table.collects() ? "COLLECT" : table.hitPolicy()))
                .append(columns)
                .append("<output id=\"o\" typeRef=\"string\"/>");
        for (int row = 0; row < table.rows().size(); row++) {
            xml.append("<rule id=\"r%d\">".formatted(row));
            for (int i = 0; i < table.inputs().size(); i++) {
                xml.append("<inputEntry id=\"r%dc%d\"><text>%s</text></inputEntry>"
                        .formatted(
                                row, i, escaped(table.rows().get(row).inputs().get(i))));
            }
            String output = String.join(" ", table.rows().get(row).outputs()).replace("\"", "'");
            xml.append("<outputEntry id=\"r%do\"><text>\"%s\"</text></outputEntry></rule>"
                    .formatted(row, escaped(output)));
        }
        return xml.append("</decisionTable></decision></definitions>").toString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
