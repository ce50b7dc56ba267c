package org.jabr.guard;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jabr.customers.PersonalText;
import org.jabr.rules.Authority;
import org.jabr.rules.CaseId;
import org.jspecify.annotations.Nullable;

/**
 * Something about giving or claiming that somebody should look at. It says what was seen, never that somebody did wrong.
 *
 * @param rule the line of the rules that found it
 * @param subject whom it is about, such as {@code agent/LOGIN} or {@code customer/ID}
 * @param authority who may judge it at least
 * @param size how large it is
 * @param release whose rules found it
 * @param caseId of the newest effect that it was seen in
 * @param from begin of the window that was looked at
 * @param concerned who must neither see nor judge it
 * @param numbers what was measured, by name
 * @param evidence keys of the effects that it was seen in
 * @param judgements what those who lead made of it, in order
 */
public record GuardFinding(
        long id,
        String rule,
        Sign sign,
        String subject,
        State state,
        String severity,
        Authority authority,
        BigDecimal size,
        String release,
        CaseId caseId,
        String caseReference,
        OffsetDateTime from,
        OffsetDateTime until,
        OffsetDateTime foundAt,
        Set<String> concerned,
        Map<String, BigDecimal> numbers,
        List<String> evidence,
        List<Judged> judgements) {

    /** Where a finding stands. */
    public enum State {
        OPEN,
        /** A supervisor handed it on to a manager. */
        ESCALATED,
        JUDGED
    }

    /** What somebody makes of it. */
    public enum Judgement {
        /** There is nothing to it. */
        NOTHING,
        /** Somebody talks to whom it is about. */
        TALK,
        /** Somebody above decides: a manager, and where a manager says so, whoever is above the house's rules. */
        ESCALATE
    }

    public record Judged(Judgement judgement, PersonalText reason, String by, OffsetDateTime at) {}

    /** Somebody judged a finding; heard in the same transaction. */
    public record News(long finding, String rule, Judgement judgement, String by) {}

    public boolean open() {
        return state != State.JUDGED;
    }

    /** The one customer whom it is about; null where there is none, or more. */
    public @Nullable Long customer() {
        String[] parts = subject.split("/");
        return switch (parts[0]) {
            case "customer" -> Long.valueOf(parts[1]);
            case "agent" -> parts.length > 2 ? Long.valueOf(parts[2]) : null;
            default -> null;
        };
    }
}
