package org.jabr.privacy;

import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jabr.customers.Customer;
import org.jabr.customers.Customers;
import org.jabr.customers.Forgetting;
import org.jabr.customers.Obstacle;
import org.jabr.journal.Journal;
import org.jabr.rules.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Erases customers, by four eyes: one person takes down that it is asked for, another one carries it out or refuses. What
 * must be kept is held, and a held customer is erased by nobody.
 */
@Service
public class PrivacyDesk {

    private final Erasures erasures;
    private final PrivacyRules rules;
    private final Customers customers;
    private final Forgetting forgetting;
    private final List<Obstacle.Source> sources;
    private final Journal journal;
    private final Clock clock;

    PrivacyDesk(
            Erasures erasures,
            PrivacyRules rules,
            Customers customers,
            Forgetting forgetting,
            List<Obstacle.Source> sources,
            Journal journal,
            Clock clock) {
        this.erasures = erasures;
        this.rules = rules;
        this.customers = customers;
        this.forgetting = forgetting;
        this.sources = List.copyOf(sources);
        this.journal = journal;
        this.clock = clock;
    }

    /**
     * Takes down that a customer's data is to be erased.
     *
     * @param ground one of {@link PrivacyRules#grounds}
     * @return its id
     * @throws Problem {@code PRIVACY-001} no such customer, {@code PRIVACY-002} no such ground, {@code PRIVACY-003} asked
     *     for already, {@code CUSTOMER-002} erased already
     */
    @Transactional
    public long ask(String customerRef, String ground, String by) {
        Customer customer = customer(customerRef);
        chosen(rules.grounds(), ground);
        customers.hold(customer.id());
        erasures.openOf(customer.id()).ifPresent(open -> {
            throw new Problem(Problem.Kind.CONFLICT, "PRIVACY-003", customerRef, open.id());
        });
        LocalDate due = today().plusDays(rules.answerDays().orElse(0));
        long id = erasures.add(customer.id(), ground, Erasure.State.ASKED, by, OffsetDateTime.now(clock), due);
        tell(id, by);
        return id;
    }

    /** What keeps a customer from being erased now. */
    public List<Obstacle> obstacles(long customerId) {
        return sources.stream()
                .flatMap(source -> source.obstacles(customerId).stream())
                .toList();
    }

    /**
     * Erases the customer, for good.
     *
     * @throws Problem {@code PRIVACY-004} no such erasure, {@code PRIVACY-005} decided already, {@code PRIVACY-006} by the
     *     one who asked, {@code PRIVACY-007} a hold stands, {@code PRIVACY-008} something is under way
     */
    @Transactional
    public void erase(long id, String by) {
        Erasure erasure = open(id, by);
        forget(erasure.customerId());
        decide(erasure, Erasure.State.DONE, null, by);
    }

    /**
     * Says why it is not done.
     *
     * @param refusal one of {@link PrivacyRules#refusals}
     * @throws Problem {@code PRIVACY-002}, and {@code PRIVACY-004} to {@code PRIVACY-006} as {@link #erase}
     */
    @Transactional
    public void refuse(long id, String refusal, String by) {
        Erasure erasure = open(id, by);
        chosen(rules.refusals(), refusal);
        decide(erasure, Erasure.State.REFUSED, refusal, by);
    }

    /** Erases a customer whose time is over. @return false where the customer has to be kept for now */
    @Transactional
    boolean expire(long customerId, String by) {
        forgetting.hold(customerId);
        if (erasures.openOf(customerId).isPresent()
                || held(customerId)
                || !obstacles(customerId).isEmpty()) {
            return false;
        }
        forgetting.customer(customerId);
        tell(
                erasures.add(
                        customerId, PrivacyRules.RETENTION, Erasure.State.DONE, by, OffsetDateTime.now(clock), today()),
                by);
        return true;
    }

    boolean held(long customerId) {
        return erasures.holdsOf(customerId).stream().anyMatch(hold -> hold.holds(today()));
    }

    /** @throws Problem {@code PRIVACY-004} */
    public Erasure get(long id) {
        return erasures.find(id).orElseThrow(() -> new Problem(Problem.Kind.NOT_FOUND, "PRIVACY-004", id));
    }

    /** The newest first. @param state null for all @param before the last one seen; null for the first page */
    public List<Erasure> erasures(Erasure.@Nullable State state, @Nullable Long before, int most) {
        return erasures.list(state, before == null ? Long.MAX_VALUE : before, most);
    }

    /** @throws Problem {@code PRIVACY-010} */
    public Hold hold(long id) {
        return erasures.hold(id).orElseThrow(() -> new Problem(Problem.Kind.NOT_FOUND, "PRIVACY-010", id));
    }

    /** The newest first. @param before the last one seen; null for the first page */
    public List<Hold> holds(@Nullable Long before, int most) {
        return erasures.holds(before == null ? Long.MAX_VALUE : before, most);
    }

    public List<Hold> holdsOf(long customerId) {
        return erasures.holdsOf(customerId);
    }

    /**
     * Holds a customer's data.
     *
     * @param ground one of {@link PrivacyRules#holds}
     * @param until the last day; null where only a person ends it
     * @throws Problem {@code PRIVACY-001}, {@code PRIVACY-002}, {@code PRIVACY-009} a day that is over,
     *     {@code CUSTOMER-002} erased already
     */
    @Transactional
    public long place(String customerRef, String ground, @Nullable LocalDate until, String by) {
        Customer customer = customer(customerRef);
        chosen(rules.holds(), ground);
        if (until != null && until.isBefore(today())) {
            throw new Problem(Problem.Kind.INVALID, "PRIVACY-009");
        }
        customers.hold(customer.id());
        long id = erasures.place(customer.id(), ground, until, by, OffsetDateTime.now(clock));
        tell("hold.placed", id, by);
        return id;
    }

    /** @throws Problem {@code PRIVACY-010} no such hold, or lifted already */
    @Transactional
    public void lift(long id, String by) {
        if (!erasures.lift(id, by, OffsetDateTime.now(clock))) {
            throw new Problem(Problem.Kind.CONFLICT, "PRIVACY-010", id);
        }
        tell("hold.lifted", id, by);
    }

    public LocalDate today() {
        return OffsetDateTime.now(clock).withOffsetSameInstant(ZoneOffset.UTC).toLocalDate();
    }

    private Erasure open(long id, String by) {
        Erasure erasure = get(id);
        if (erasure.state() != Erasure.State.ASKED) {
            throw new Problem(Problem.Kind.CONFLICT, "PRIVACY-005", id);
        }
        if (erasure.askedBy().equals(by)) {
            throw new Problem(Problem.Kind.FORBIDDEN, "PRIVACY-006", id);
        }
        return erasure;
    }

    private void forget(long customerId) {
        // Held first: a case that is being opened or a hold that is being placed is seen then, or comes too late.
        forgetting.hold(customerId);
        if (held(customerId)) {
            throw new Problem(Problem.Kind.CONFLICT, "PRIVACY-007");
        }
        List<Obstacle> obstacles = obstacles(customerId);
        if (!obstacles.isEmpty()) {
            throw new Problem(
                    Problem.Kind.CONFLICT,
                    "PRIVACY-008",
                    String.join(
                            ", ",
                            obstacles.stream().map(Obstacle::about).distinct().toList()));
        }
        forgetting.customer(customerId);
    }

    private void decide(Erasure erasure, Erasure.State state, @Nullable String refusal, String by) {
        if (!erasures.decide(erasure.id(), state, refusal, by, OffsetDateTime.now(clock))) {
            throw new Problem(Problem.Kind.CONFLICT, "PRIVACY-005", erasure.id());
        }
        tell(erasure.id(), by);
    }

    private void tell(long id, String by) {
        Erasure erasure = get(id);
        Map<String, Object> content = new TreeMap<>();
        content.put("erasure", id);
        content.put("ground", Objects.requireNonNullElse(erasure.refusal(), erasure.ground()));
        journal.append(
                "erasure." + erasure.state().name().toLowerCase(Locale.ROOT),
                "customer-" + erasure.customerId(),
                by,
                content);
    }

    private void tell(String kind, long id, String by) {
        Hold hold = erasures.hold(id).orElseThrow();
        journal.append(
                kind, "customer-" + hold.customerId(), by, new TreeMap<>(Map.of("hold", id, "ground", hold.ground())));
    }

    private Customer customer(String ref) {
        return customers
                .find(ref.strip())
                .filter(known -> known.erasedAt() == null)
                .orElseThrow(() -> new Problem(Problem.Kind.INVALID, "PRIVACY-001"));
    }

    private static void chosen(List<PrivacyRules.Ground> grounds, String name) {
        if (grounds.stream().noneMatch(ground -> ground.name().equals(name))) {
            throw new Problem(Problem.Kind.INVALID, "PRIVACY-002");
        }
    }
}
