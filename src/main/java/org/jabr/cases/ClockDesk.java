package org.jabr.cases;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jabr.customers.PersonalText;
import org.jabr.rules.CaseId;
import org.jabr.rules.Decider;
import org.jabr.rules.Decision;
import org.jabr.rules.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Everything that can be done with the clocks of a case. Each method is one transaction, or part of the caller's. */
@Service
public class ClockDesk {

    private static final String ANSWERED = "CUSTOMER_ANSWERED";

    private final CaseClocks clocks;
    private final Cases cases;
    private final Calendars calendars;
    private final ClockRules rules;
    private final Timeline timeline;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    ClockDesk(
            CaseClocks clocks,
            Cases cases,
            Calendars calendars,
            ClockRules rules,
            Timeline timeline,
            ApplicationEventPublisher events,
            Clock clock) {
        this.clocks = clocks;
        this.cases = cases;
        this.calendars = calendars;
        this.rules = rules;
        this.timeline = timeline;
        this.events = events;
        this.clock = clock;
    }

    /**
     * A clock with its past.
     *
     * @param state how it stood at the moment that was asked for
     * @param events what had happened until then
     * @param reasons codes of the reasons for which it may be paused now
     */
    public record Story(CaseClock clock, ClockState state, List<ClockEvent> events, List<String> reasons) {}

    /** The clocks of a case as they stand now. @throws Problem {@code CASE-001} */
    @Transactional(readOnly = true)
    public List<Story> stories(String reference) {
        return stories(reference, now());
    }

    /** The clocks of a case as they stood at a past moment; those that had not started are left out. */
    @Transactional(readOnly = true)
    public List<Story> stories(String reference, OffsetDateTime asOf) {
        RecoveryCase recovery = cases.get(reference);
        List<CaseClock> all = clocks.ofCase(recovery.id());
        Map<Long, ClockHistory> histories =
                clocks.histories(all.stream().map(CaseClock::id).toList());
        List<Story> stories = new ArrayList<>();
        for (CaseClock one : all) {
            ClockHistory history = histories.getOrDefault(one.id(), new ClockHistory(List.of()));
            history.asOf(asOf, calendars)
                    .ifPresent(state -> stories.add(new Story(
                            one,
                            state,
                            history.events().stream()
                                    .filter(event -> !event.at().isAfter(asOf))
                                    .toList(),
                            one.stoppedAt() == null ? allowed(recovery, one) : List.of())));
        }
        return stories;
    }

    /**
     * A clock stands still from now on.
     *
     * @param reason code of the release's reasons
     * @throws Problem {@code CLOCK-001} no such clock, {@code CLOCK-002} it has stopped, {@code CLOCK-003} it is paused
     *     already, {@code CLOCK-004} it may not be paused for that reason
     */
    @Transactional
    public void pause(String reference, long id, String reason, @Nullable PersonalText note, Decider by) {
        RecoveryCase recovery = held(reference);
        CaseClock running = running(recovery, id);
        if (running.pausedAt() != null) {
            throw new Problem(Problem.Kind.CONFLICT, "CLOCK-003");
        }
        ClockRules.Reason why = rules.reason(recovery.release(), reason)
                .filter(one -> one.allows(running, regime(recovery)))
                .orElseThrow(() -> new Problem(Problem.Kind.INVALID, "CLOCK-004"));
        OffsetDateTime now = now();
        clocks.add(new ClockEvent(
                0, id, ClockEvent.Kind.PAUSED, now, by.login(), why.code(), note, why.untilContact(), null));
        clocks.update(with(running, running.calendar(), running.dueAt(), now, null));
        note(recovery, "CLOCK_PAUSED", Map.of("clock", running.kind(), "reason", why.code()), by.login());
    }

    /**
     * A clock goes on; it is due later by the working time that it stood still.
     *
     * @throws Problem {@code CLOCK-001} no such clock, {@code CLOCK-002} it has stopped, {@code CLOCK-005} it is not
     *     paused
     */
    @Transactional
    public void resume(String reference, long id, Decider by) {
        RecoveryCase recovery = held(reference);
        CaseClock paused = running(recovery, id);
        if (paused.pausedAt() == null) {
            throw new Problem(Problem.Kind.CONFLICT, "CLOCK-005");
        }
        resume(recovery, paused, null, by.login());
    }

    /** Whatever the channel: clocks that only waited for the customer go on when the customer is in touch. */
    @EventListener
    void contacted(RecoveryCase.Contacted event) {
        CaseId caseId = event.recovery().id();
        for (CaseClock one : clocks.held(caseId)) {
            if (one.pausedAt() != null && one.stoppedAt() == null && waitsForContact(one)) {
                resume(cases.get(caseId), one, ANSWERED, event.contact().by());
            }
        }
    }

    /** To be called before a case is changed in a way that may move its deadlines. */
    void hold(CaseId caseId) {
        events.publishEvent(new CaseClock.Changing(caseId));
    }

    private RecoveryCase held(String reference) {
        CaseId id = cases.get(reference).id();
        hold(id);
        cases.hold(id);
        return cases.get(id);
    }

    /** The clocks that a new case begins with. */
    void start(RecoveryCase recovery, Decision level) {
        String by = Decider.RULES.login();
        for (Target target : targets(level)) {
            clocks.start(
                    recovery.id(), target.kind(), target.statutory(), terms(target, level.asOf()), level.asOf(), by);
        }
    }

    /** Whoever resolves a case stops its clocks; what comes after is not counted. */
    void stop(RecoveryCase recovery, String by) {
        OffsetDateTime now = now();
        for (CaseClock one : clocks.held(recovery.id())) {
            if (one.stoppedAt() == null) {
                clocks.add(new ClockEvent(0, one.id(), ClockEvent.Kind.STOPPED, now, by, null, null, false, null));
                ClockState state = state(one, now);
                clocks.update(with(one, one.calendar(), state.dueAt(), one.pausedAt(), now));
            }
        }
    }

    /** The recovery did not hold: our own clock begins again, unless it never stopped. */
    void restart(RecoveryCase recovery, Decision level) {
        boolean runs = clocks.held(recovery.id()).stream()
                .anyMatch(one -> one.stoppedAt() == null && one.kind().equals(CaseClock.RESOLVE));
        if (runs) {
            return;
        }
        Target target = targets(level).get(0);
        ClockEvent.Terms terms = terms(target, level.asOf());
        clocks.start(recovery.id(), target.kind(), false, terms, level.asOf(), Decider.RULES.login());
        due(recovery, terms.dueAt());
    }

    /**
     * The service level was asked anew, or the release is another: running clocks are reckoned again from all that
     * happened to them, by what holds now. A deadline by law that was not known before begins with the case.
     */
    void recompute(CaseId caseId, Decision level, String by) {
        RecoveryCase recovery = cases.get(caseId);
        if (recovery.stage().ended()) {
            return;
        }
        OffsetDateTime now = now();
        List<CaseClock> all = clocks.held(caseId);
        for (Target target : targets(level)) {
            Optional<CaseClock> running = all.stream()
                    .filter(one -> one.stoppedAt() == null && one.kind().equals(target.kind()))
                    .findFirst();
            if (running.isPresent()) {
                recompute(recovery, running.get(), target, now, by);
            } else if (target.statutory()
                    && all.stream().noneMatch(one -> one.kind().equals(target.kind()))
                    && all.stream().anyMatch(one -> one.stoppedAt() == null)) {
                ClockEvent.Terms terms = terms(target, recovery.receivedAt());
                clocks.start(caseId, target.kind(), true, terms, recovery.receivedAt(), by);
            }
        }
    }

    private void recompute(RecoveryCase recovery, CaseClock one, Target target, OffsetDateTime now, String by) {
        ClockHistory history = clocks.history(one.id());
        ClockEvent.Terms before = history.events().stream()
                .map(ClockEvent::terms)
                .filter(terms -> terms != null)
                .reduce((first, second) -> second)
                .orElse(null);
        ClockEvent.Terms draft = terms(target, one.startedAt());
        OffsetDateTime due = history.due(draft, one.pausedAt() == null ? now : one.pausedAt(), calendars);
        boolean same = before != null
                && draft.release().equals(before.release())
                && draft.calendar().equals(before.calendar())
                && draft.unit() == before.unit()
                && target.amount().equals(before.amount());
        if (same) {
            return;
        }
        clocks.add(new ClockEvent(
                0,
                one.id(),
                ClockEvent.Kind.RECOMPUTED,
                now,
                by,
                null,
                null,
                false,
                new ClockEvent.Terms(draft.release(), draft.calendar(), draft.amount(), draft.unit(), due)));
        clocks.update(with(one, draft.calendar(), due, one.pausedAt(), null));
        if (one.kind().equals(CaseClock.RESOLVE)) {
            due(recovery, due);
        }
    }

    private void resume(RecoveryCase recovery, CaseClock paused, @Nullable String reason, String by) {
        OffsetDateTime now = now();
        clocks.add(new ClockEvent(0, paused.id(), ClockEvent.Kind.RESUMED, now, by, reason, null, false, null));
        ClockState state = state(paused, now);
        clocks.update(with(paused, paused.calendar(), state.dueAt(), null, null));
        note(recovery, "CLOCK_RESUMED", Map.of("clock", paused.kind()), by);
        if (paused.kind().equals(CaseClock.RESOLVE)) {
            due(recovery, state.dueAt());
        }
    }

    /** The case is due with its own clock, and its work is due with the case. */
    private void due(RecoveryCase recovery, OffsetDateTime dueAt) {
        RecoveryCase before = cases.get(recovery.id());
        if (before.resolveDueAt().isEqual(dueAt)) {
            return;
        }
        CaseChange change = new CaseChange(before);
        change.resolveDueAt = dueAt;
        cases.update(change.done());
        RecoveryCase after = cases.get(recovery.id());
        events.publishEvent(new CaseClock.Moved(after, before.resolveDueAt(), after.resolveDueAt()));
    }

    private CaseClock running(RecoveryCase recovery, long id) {
        CaseClock one = clocks.held(recovery.id()).stream()
                .filter(each -> each.id() == id)
                .findFirst()
                .orElseThrow(() -> new Problem(Problem.Kind.NOT_FOUND, "CLOCK-001"));
        if (one.stoppedAt() != null) {
            throw new Problem(Problem.Kind.CONFLICT, "CLOCK-002");
        }
        return one;
    }

    private boolean waitsForContact(CaseClock paused) {
        return clocks.history(paused.id()).events().stream()
                .filter(event -> event.kind() == ClockEvent.Kind.PAUSED)
                .reduce((first, second) -> second)
                .map(ClockEvent::untilContact)
                .orElse(false);
    }

    private ClockState state(CaseClock one, OffsetDateTime at) {
        return clocks.history(one.id())
                .asOf(at, calendars)
                .orElseThrow(() -> new IllegalStateException("clock " + one.id() + " has no history"));
    }

    private List<String> allowed(RecoveryCase recovery, CaseClock one) {
        return rules.reasons(recovery.release()).stream()
                .filter(reason -> reason.allows(one, regime(recovery)))
                .map(ClockRules.Reason::code)
                .toList();
    }

    private static String regime(RecoveryCase recovery) {
        return String.valueOf(recovery.given().getOrDefault("failure.regime", ""));
    }

    /** What the service level asks of one clock. */
    private record Target(
            String kind, boolean statutory, String release, String calendar, Long amount, ClockEvent.Unit unit) {}

    /** Our own clock first. */
    private static List<Target> targets(Decision level) {
        String release = level.release();
        List<Target> targets = new ArrayList<>();
        targets.add(new Target(
                CaseClock.RESOLVE,
                false,
                release,
                CaseDesk.required(level, "calendar"),
                CaseDesk.requiredNumber(level, "resolveMinutes"),
                ClockEvent.Unit.MINUTES));
        for (String kind : List.of("response", "final")) {
            Long days = level.number(kind + "Days");
            if (days != null) {
                String unit = CaseDesk.required(level, kind + "Unit");
                targets.add(new Target(kind, true, release, unit, days, ClockEvent.Unit.DAYS));
            }
        }
        return targets;
    }

    private ClockEvent.Terms terms(Target target, OffsetDateTime start) {
        OffsetDateTime due = target.unit() == ClockEvent.Unit.DAYS
                ? calendars.plusDays(target.release(), target.calendar(), start, target.amount())
                : calendars.plusMinutes(target.release(), target.calendar(), start, target.amount());
        return new ClockEvent.Terms(target.release(), target.calendar(), target.amount(), target.unit(), due);
    }

    private static CaseClock with(
            CaseClock one,
            String calendar,
            OffsetDateTime dueAt,
            @Nullable OffsetDateTime pausedAt,
            @Nullable OffsetDateTime stoppedAt) {
        return new CaseClock(
                one.id(), one.kind(), one.statutory(), calendar, one.startedAt(), dueAt, pausedAt, stoppedAt);
    }

    private void note(RecoveryCase recovery, String kind, Map<String, Object> values, String by) {
        timeline.add(recovery.id(), new TimelineEntry(kind, values, by, now()));
        events.publishEvent(new RecoveryCase.Noted(recovery, kind, values, by));
    }

    private OffsetDateTime now() {
        return OffsetDateTime.now(clock);
    }
}
