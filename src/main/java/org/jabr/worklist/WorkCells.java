package org.jabr.worklist;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jabr.rules.Authority;

/** How many items there are of every sort: all counts of the list follow from this without looking at an item. */
public record WorkCells(List<Cell> cells) {

    public WorkCells {
        cells = List.copyOf(cells);
    }

    /**
     * Items that are alike in everything that the list can be narrowed by.
     *
     * @param element one of the diagram's elements that such an item stands for
     * @param release a release that knows the words
     */
    public record Cell(
            WorkItem.Stand stand,
            String key,
            String queue,
            WorkItem.Kind kind,
            String language,
            String skill,
            Authority authority,
            String name,
            String element,
            String release,
            long count) {}

    /** A word of the rules, a release that knows it, and how many items it stands on. */
    public record Named(String name, String release, long count) {}

    /** How many items the filter finds, as far as cells can tell: see {@link Worklist.Filter#countable()}. */
    public long count(Worklist.Filter filter) {
        return matching(filter).stream().mapToLong(Cell::count).sum();
    }

    /** Everything of one sort that open items ask for, by name. */
    public List<Named> open(Function<Cell, String> sort) {
        Map<String, List<Cell>> sorts = cells.stream()
                .filter(cell -> cell.stand() != WorkItem.Stand.DONE)
                .filter(cell -> !sort.apply(cell).isEmpty())
                .collect(Collectors.groupingBy(sort, TreeMap::new, Collectors.toList()));
        return sorts.entrySet().stream()
                .map(entry -> new Named(
                        entry.getKey(),
                        entry.getValue().get(entry.getValue().size() - 1).release(),
                        entry.getValue().stream().mapToLong(Cell::count).sum()))
                .toList();
    }

    List<Cell> matching(Worklist.Filter filter) {
        return cells.stream().filter(filter::matches).toList();
    }
}
