package org.jabr.rules.drools;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Which of several matching rows comes first. */
final class RowOrder {

    private RowOrder() {}

    /** The rows in the order in which they win. */
    static List<Integer> of(DmnFile.Decision table) {
        List<Integer> rows = IntStream.range(0, table.rows().size()).boxed().collect(Collectors.toList());
        if (table.hitPolicy().equals("PRIORITY")) {
            rows.sort(Comparator.comparing(row -> priority(table, row), RowOrder::lexically));
        }
        return rows;
    }

    private static List<Integer> priority(DmnFile.Decision table, int row) {
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < table.outputs().size(); i++) {
            List<String> values = Cells.pieces(table.outputs().get(i).values()).stream()
                    .map(String::trim)
                    .toList();
            int place = values.indexOf(table.rows().get(row).outputs().get(i));
            places.add(place < 0 ? Integer.MAX_VALUE : place);
        }
        return places;
    }

    private static int lexically(List<Integer> one, List<Integer> other) {
        for (int i = 0; i < one.size(); i++) {
            int order = Integer.compare(one.get(i), other.get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }
}
