package org.jabr.web.desk;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jabr.cases.Cases;
import org.jabr.customers.Customers;
import org.jabr.worklist.WorkCells;
import org.jabr.worklist.Worklist;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What somebody looks for in the worklist, by one word: a case, a customer as the company's systems name them, what an
 * item is about, or else the name of a step in any language. The first of these that is found counts.
 */
@Component
public class WorkFinder {

    private static final int MOST_CASES = 200;

    private final Cases cases;
    private final Customers customers;
    private final Worklist worklist;
    private final ReleaseWords words;

    WorkFinder(Cases cases, Customers customers, Worklist worklist, ReleaseWords words) {
        this.cases = cases;
        this.customers = customers;
        this.worklist = worklist;
        this.words = words;
    }

    /** What the word turned out to be. */
    public enum By {
        CASE,
        CUSTOMER,
        SUBJECT,
        STEP
    }

    /** @param reference of the case @param cases ids of the customer's cases @param names of steps */
    public record Found(
            By by,
            @Nullable String reference,
            @Nullable List<Long> cases,
            @Nullable String subject,
            @Nullable List<String> names) {}

    /** @param text without spaces around it, not empty */
    public Found find(String text) {
        String reference = text.toUpperCase(Locale.ROOT);
        if (worklist.knowsCase(reference)) {
            return new Found(By.CASE, reference, null, null, null);
        }
        Optional<List<Long>> theirs = customers.find(text).map(customer -> cases.ofCustomer(customer.id()).stream()
                .limit(MOST_CASES)
                .map(recovery -> recovery.id().value())
                .toList());
        if (theirs.isPresent() && !theirs.get().isEmpty()) {
            return new Found(By.CUSTOMER, null, theirs.get(), null, null);
        }
        if (worklist.knowsSubject(text)) {
            return new Found(By.SUBJECT, null, null, text, null);
        }
        String part = text.toLowerCase(Locale.ROOT);
        List<String> names = worklist.cells().cells().stream()
                .filter(cell -> said(cell)
                        .anyMatch(said -> said.toLowerCase(Locale.ROOT).contains(part)))
                .map(WorkCells.Cell::name)
                .distinct()
                .toList();
        return new Found(By.STEP, null, null, null, names);
    }

    private Stream<String> said(WorkCells.Cell cell) {
        return Stream.of(cell.name(), words.step(cell.release(), cell.element(), cell.name()));
    }
}
