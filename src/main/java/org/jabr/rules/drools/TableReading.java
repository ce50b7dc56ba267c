package org.jabr.rules.drools;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jabr.rules.TableView;
import org.xml.sax.SAXException;

/** Tables as their authors wrote them, also of files that do not compile. */
final class TableReading {

    private TableReading() {}

    static List<TableView> of(Map<String, String> files) {
        List<TableView> tables = new ArrayList<>();
        new TreeMap<>(files).forEach((path, text) -> {
            if (path.startsWith("rules/") && path.endsWith(".dmn")) {
                try {
                    DmnReader.read(path, text).decisions().forEach(decision -> tables.add(table(path, decision)));
                } catch (SAXException | RuntimeException unreadable) {
                    // A draft may hold anything; its findings say what is wrong with the file.
                }
            }
        });
        return tables;
    }

    private static TableView table(String path, DmnFile.Decision decision) {
        String expression = decision.expression();
        if (expression != null) {
            return new TableView(
                    path,
                    decision.id(),
                    decision.label(),
                    "",
                    List.of(new TableView.Column(decision.name(), "", true)),
                    List.of(new TableView.Row(decision.id(), List.of(expression), "")));
        }
        return new TableView(
                path,
                decision.id(),
                decision.label(),
                decision.aggregation() == null
                        ? decision.hitPolicy()
                        : decision.hitPolicy() + " " + decision.aggregation(),
                Stream.concat(
                                decision.inputs().stream()
                                        .map(column -> new TableView.Column(column.name(), column.label(), false)),
                                decision.outputs().stream()
                                        .map(column -> new TableView.Column(column.name(), column.label(), true)))
                        .toList(),
                decision.rows().stream()
                        .map(row -> new TableView.Row(
                                row.id(),
                                Stream.concat(row.inputs().stream(), row.outputs().stream())
                                        .toList(),
                                row.annotation()))
                        .toList());
    }
}
