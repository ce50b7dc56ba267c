package org.jabr.web.desk;

import java.util.List;
import org.jabr.cases.Cases;
import org.jabr.cases.RecoveryCase;
import org.jabr.customers.Customer;
import org.jabr.customers.Customers;
import org.jabr.customers.PersonalText;
import org.jabr.rules.Authority;
import org.jabr.rules.Decider;
import org.jabr.rules.RuleRef;
import org.jabr.web.Reader;
import org.jabr.worklist.Routing;
import org.jabr.worklist.WorkItem;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Puts items of the worklist into words. */
@Component
class WorkReading {

    private final Cases cases;
    private final Customers customers;
    private final ReleaseWords words;
    private final Reader reader;

    WorkReading(Cases cases, Customers customers, ReleaseWords words, Reader reader) {
        this.cases = cases;
        this.customers = customers;
        this.words = words;
        this.reader = reader;
    }

    WorkRow row(WorkItem item, Decider by) {
        return row(item, by, null);
    }

    /** @param desk who is there; null where nobody is to be suggested */
    WorkRow row(WorkItem item, Decider by, Routing.@Nullable Desk desk) {
        RecoveryCase recovery = item.caseId() == null ? null : cases.get(item.caseId());
        String assignee = item.assignee();
        boolean mine = by.login().equals(assignee);
        boolean acts = by.authority().satisfies(Authority.AGENT);
        return new WorkRow(
                item,
                words.step(item.release(), item.element(), item.name()),
                recovery,
                recovery == null ? "" : name(customers.get(recovery.customerId())),
                words.word(item.release(), item.queue()),
                item.language().isEmpty() ? "" : words.word(item.release(), item.language()),
                assignee == null ? null : words.who(assignee),
                mine,
                item.state() == WorkItem.State.OPEN && mayDo(item, by),
                item.state() == WorkItem.State.CLAIMED
                        && acts
                        && (mine || by.authority().satisfies(Authority.SUPERVISOR)),
                place(item),
                desk == null || recovery == null || item.stand() != WorkItem.Stand.FREE
                        ? null
                        : desk.suggest(item, recovery.owner())
                                .map(this::suggested)
                                .orElse(null));
    }

    private WorkRow.Suggested suggested(Routing.Suggestion suggestion) {
        return new WorkRow.Suggested(
                suggestion.who().login(),
                suggestion.who().name(reader.language()),
                reader.words("worklist.suggested." + suggestion.because(), suggestion.load()));
    }

    /** Whether this person may complete it at all. */
    static boolean mayDo(WorkItem item, Decider by) {
        return by.authority().satisfies(Authority.AGENT)
                && by.authority().satisfies(item.authority())
                && !by.login().equals(item.notBy());
    }

    static String name(Customer customer) {
        String name = PersonalText.shown(customer.name());
        return name.isBlank() ? customer.externalRef() : name;
    }

    private WorkRow.Place place(WorkItem item) {
        List<WorkRow.Part> parts = item.why().stream()
                .filter(why -> why.minutes() != 0 || why.part().equals("raised"))
                .map(why -> new WorkRow.Part(
                        reader.words("worklist.why." + why.part()),
                        why.minutes(),
                        reader.span(why.minutes()),
                        words.rules(
                                item.release(),
                                why.because().stream().map(RuleRef::new).toList())))
                .toList();
        return new WorkRow.Place(item.dueAt().toInstant(), item.effectiveAt().toInstant(), parts);
    }
}
