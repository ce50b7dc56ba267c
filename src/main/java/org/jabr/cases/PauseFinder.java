package org.jabr.cases;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jabr.rules.Decider;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Finds pauses that look as if they only saved a deadline: a question to whoever leads the team, never a verdict. */
@Service
public class PauseFinder {

    /** How many pauses one look goes through. */
    private static final int LOOK = 200;

    private final CaseClocks clocks;
    private final Cases cases;
    private final Contacts contacts;
    private final Calendars calendars;
    private final ClockRules rules;

    PauseFinder(CaseClocks clocks, Cases cases, Contacts contacts, Calendars calendars, ClockRules rules) {
        this.clocks = clocks;
        this.cases = cases;
        this.contacts = contacts;
        this.calendars = calendars;
        this.rules = rules;
    }

    /**
     * A pause that somebody should ask about.
     *
     * @param ended when the clock went on or stopped; null while it stands still
     * @param remaining working time that was left when it was paused
     */
    public record Found(
            RecoveryCase recovery,
            CaseClock clock,
            ClockEvent pause,
            @Nullable OffsetDateTime ended,
            Duration remaining,
            Set<PauseSign> signs) {}

    /**
     * One look at pauses, the newest first.
     *
     * @param next where the next look begins; 0 where there are no older pauses
     */
    public record Look(List<Found> found, int pauses, long next) {}

    /** @param before where the look begins, as {@link Look#next} said; 0 for the newest */
    @Transactional(readOnly = true)
    public Look look(long before) {
        List<CaseClocks.Paused> pauses = clocks.pauses(before, LOOK);
        Map<Long, ClockHistory> histories = clocks.histories(
                pauses.stream().map(paused -> paused.clock().id()).distinct().toList());
        Map<Long, RecoveryCase> known = new HashMap<>();
        List<Found> found = new ArrayList<>();
        for (CaseClocks.Paused paused : pauses) {
            RecoveryCase recovery = known.computeIfAbsent(paused.caseId().value(), id -> cases.get(paused.caseId()));
            ClockHistory history = histories.get(paused.clock().id());
            if (history != null) {
                find(recovery, paused, history).ifPresent(found::add);
            }
        }
        long next = pauses.size() < LOOK ? 0 : pauses.get(LOOK - 1).event().id();
        return new Look(found, pauses.size(), next);
    }

    private Optional<Found> find(RecoveryCase recovery, CaseClocks.Paused paused, ClockHistory history) {
        Map<PauseSign, ClockRules.Sign> rows = rules.signs(recovery.release());
        ClockEvent pause = paused.event();
        Optional<ClockState> then = history.asOf(pause.at(), calendars);
        if (rows.isEmpty() || then.isEmpty()) {
            return Optional.empty();
        }
        Duration remaining = then.get().remaining();
        OffsetDateTime ended = end(history, pause);
        Set<PauseSign> signs = EnumSet.noneOf(PauseSign.class);
        rows.forEach((sign, row) -> {
            boolean holds =
                    switch (sign) {
                        case NEAR_DEADLINE -> within(remaining, row);
                        case BY_OWNER -> within(remaining, row) && pause.by().equals(recovery.owner());
                        case MANY_SHORT -> shortPauses(history, row) >= row.times();
                        case NO_CONTACT -> pause.untilContact() && told(recovery, pause, ended, row) == 0;
                        case CUSTOMER_ANSWERED -> pause.untilContact() && answered(recovery, pause, ended, row);
                    };
            if (holds) {
                signs.add(sign);
            }
        });
        return signs.isEmpty()
                ? Optional.empty()
                : Optional.of(new Found(recovery, paused.clock(), pause, ended, remaining, signs));
    }

    private static boolean within(Duration remaining, ClockRules.Sign row) {
        return !remaining.isNegative() && remaining.compareTo(Duration.ofMinutes(row.minutes())) <= 0;
    }

    private static @Nullable OffsetDateTime end(ClockHistory history, ClockEvent pause) {
        return history.events().stream()
                .filter(event -> event.id() > pause.id())
                .filter(event -> event.kind() == ClockEvent.Kind.RESUMED || event.kind() == ClockEvent.Kind.STOPPED)
                .map(ClockEvent::at)
                .findFirst()
                .orElse(null);
    }

    private static long shortPauses(ClockHistory history, ClockRules.Sign row) {
        return history.events().stream()
                .filter(event -> event.kind() == ClockEvent.Kind.PAUSED)
                .filter(event -> {
                    OffsetDateTime ended = end(history, event);
                    return ended != null && Duration.between(event.at(), ended).toMinutes() <= row.minutes();
                })
                .count();
    }

    /** How often a person told the customer something, from shortly before the pause until it ended. */
    private long told(RecoveryCase recovery, ClockEvent pause, @Nullable OffsetDateTime ended, ClockRules.Sign row) {
        OffsetDateTime from = pause.at().minusMinutes(row.minutes());
        return contacts.ofCase(recovery.id()).stream()
                .filter(PauseFinder::byAPerson)
                .filter(contact -> !contact.at().isBefore(from))
                .filter(contact -> ended == null || !contact.at().isAfter(ended))
                .count();
    }

    /** Whether the customer had the last word when it was paused, or wrote while it stood still. */
    private boolean answered(
            RecoveryCase recovery, ClockEvent pause, @Nullable OffsetDateTime ended, ClockRules.Sign row) {
        // The report itself is no answer, and a letter that goes out by itself is none of ours.
        List<Contact> said = contacts.ofCase(recovery.id()).stream()
                .skip(1)
                .filter(contact -> contact.direction() == Contact.Direction.IN || byAPerson(contact))
                .toList();
        boolean lastWord = said.stream()
                .filter(contact -> contact.at().isBefore(pause.at()))
                .reduce((first, second) -> second)
                .map(contact -> contact.direction() == Contact.Direction.IN)
                .orElse(false);
        return lastWord
                || said.stream()
                        .filter(contact -> contact.direction() == Contact.Direction.IN)
                        .filter(contact -> contact.at().isAfter(pause.at()))
                        .anyMatch(contact -> ended == null
                                || contact.at().plusMinutes(row.minutes()).isBefore(ended));
    }

    private static boolean byAPerson(Contact contact) {
        return contact.direction() == Contact.Direction.OUT && !contact.by().equals(Decider.RULES.login());
    }
}
