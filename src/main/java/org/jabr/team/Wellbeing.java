package org.jabr.team;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jabr.cases.Calendars;
import org.jabr.people.Breaks;
import org.jabr.releases.Releases;
import org.jabr.rules.Decider;
import org.jabr.rules.Decision;
import org.jabr.rules.Moment;
import org.jabr.rules.Problem;
import org.jabr.rules.RuleRef;
import org.jabr.worklist.Worklist;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What would do somebody good, as the rules say: an offer to them, a hint to who leads them, never a measure of them. */
@Service
public class Wellbeing {

    private static final Moment WELLBEING = new Moment("wellbeing");
    private static final int WEEK = 7;

    private final LiveRules rules;
    private final DoneWork done;
    private final Breaks breaks;
    private final Worklist worklist;
    private final Calendars calendars;
    private final Releases releases;
    private final Clock clock;

    Wellbeing(
            LiveRules rules,
            DoneWork done,
            Breaks breaks,
            Worklist worklist,
            Calendars calendars,
            Releases releases,
            Clock clock) {
        this.rules = rules;
        this.done = done;
        this.breaks = breaks;
        this.worklist = worklist;
        this.calendars = calendars;
        this.releases = releases;
        this.clock = clock;
    }

    /** What the rules may advise. */
    public enum Kind {
        NONE,
        BREAK,
        LIGHTER,
        TALK
    }

    /**
     * What the rules know of a person.
     *
     * @param hardInARow how many hard pieces of work they completed last, since their last break
     * @param afterHours how many pieces they completed outside of business hours in the last seven days
     * @param minutesSinceBreak since their last break, or since the first thing they completed today
     * @param openLoad how many items lie with them
     */
    public record Facts(long hardInARow, long afterHours, long minutesSinceBreak, long openLoad) {}

    /**
     * What would do this person good.
     *
     * @param breakMinutes how long a break may be; 0 where the release says nothing about breaks
     * @param breakUntil until when they have one now; null where they have none
     * @param because rules of the release
     */
    public record Advice(
            Facts facts,
            Kind kind,
            int breakMinutes,
            @Nullable OffsetDateTime breakUntil,
            String release,
            List<RuleRef> because) {}

    /** What would do this person good right now. */
    @Transactional(readOnly = true)
    public Advice of(String login) {
        Facts facts = facts(login);
        OffsetDateTime until = breaks.now(login).orElse(null);
        return rules.ask(
                        WELLBEING,
                        Map.of(),
                        Map.of(
                                "hardInARow",
                                facts.hardInARow(),
                                "afterHours",
                                facts.afterHours(),
                                "minutesSinceBreak",
                                facts.minutesSinceBreak(),
                                "openLoad",
                                facts.openLoad()))
                .map(decision -> advice(decision, facts, until))
                .orElse(new Advice(facts, Kind.NONE, 0, until, "", List.of()));
    }

    private static Advice advice(Decision decision, Facts facts, @Nullable OffsetDateTime until) {
        String word = decision.text("advice");
        Long minutes = decision.number("breakMinutes");
        return new Advice(
                facts,
                Arrays.stream(Kind.values())
                        .filter(kind -> kind.name().equals(word))
                        .findFirst()
                        .orElse(Kind.NONE),
                minutes == null ? 0 : minutes.intValue(),
                until,
                decision.release(),
                decision.setting("advice").map(setting -> setting.because()).orElse(List.of()));
    }

    /**
     * A break begins now, as long as the rules say.
     *
     * @throws Problem {@code TEAM-001} where the release says nothing about breaks
     */
    @Transactional
    public OffsetDateTime takeBreak(Decider who) {
        int minutes = of(who.login()).breakMinutes();
        if (minutes <= 0) {
            throw new Problem(Problem.Kind.CONFLICT, "TEAM-001");
        }
        OffsetDateTime until = OffsetDateTime.now(clock).plusMinutes(minutes);
        breaks.begin(who.login(), until);
        return until;
    }

    /** They are back. */
    @Transactional
    public void back(Decider who) {
        breaks.end(who.login());
    }

    /** How many hard pieces of work this person completed last, since their last break. */
    int hardInARow(String login) {
        return done.hardInARow(login, counted(login));
    }

    private Facts facts(String login) {
        OffsetDateTime now = OffsetDateTime.now(clock);
        return new Facts(
                hardInARow(login),
                done.afterHours(login, now.minusDays(WEEK)),
                minutesSinceBreak(login, now),
                worklist.mine(login));
    }

    private long minutesSinceBreak(String login, OffsetDateTime now) {
        OffsetDateTime today = LocalDate.ofInstant(now.toInstant(), zone())
                .atStartOfDay(zone())
                .toOffsetDateTime();
        OffsetDateTime first = done.first(login, today);
        if (first == null) {
            return 0;
        }
        OffsetDateTime since =
                breaks.last(login).filter(last -> last.isAfter(first)).orElse(first);
        return Math.max(0, Duration.between(since, now).toMinutes());
    }

    /** What happened before the last break, or before the week, counts no more. */
    private OffsetDateTime counted(String login) {
        OffsetDateTime week = OffsetDateTime.now(clock).minusDays(WEEK);
        return breaks.last(login).filter(last -> last.isAfter(week)).orElse(week);
    }

    private ZoneId zone() {
        try {
            Optional<String> live = releases.findLive().map(release -> release.id());
            return live.isEmpty() ? ZoneOffset.UTC : calendars.zone(live.get());
        } catch (Problem noCalendar) {
            return ZoneOffset.UTC;
        }
    }
}
