package org.jabr.alike;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jabr.cases.Calendars;
import org.jabr.cases.PastDecisions;
import org.jabr.releases.Release;
import org.jabr.releases.Releases;
import org.jabr.rules.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Whether like cases were treated alike. Everything is worked out when somebody asks, from what is stored: a constant
 * number of statements, however many decisions there are.
 */
@Component
public class AlikeDesk {

    private static final Logger LOG = LoggerFactory.getLogger(AlikeDesk.class);

    private static final int MOST_DAYS = 3660;

    private final AlikeRules rules;
    private final Releases releases;
    private final PastDecisions past;
    private final AlikeDeeds deeds;
    private final Calendars calendars;

    AlikeDesk(AlikeRules rules, Releases releases, PastDecisions past, AlikeDeeds deeds, Calendars calendars) {
        this.rules = rules;
        this.releases = releases;
        this.past = past;
        this.deeds = deeds;
        this.calendars = calendars;
    }

    /** How many days back whoever says nothing looks; empty where the live release declares no policy. */
    public Optional<Integer> days() {
        return rules.policy(releases.live().id()).map(policy -> policy.whole("days"));
    }

    /**
     * Compares the decisions of a moment, and what people did.
     *
     * @param moment whose decisions are compared
     * @param from first day, of UTC
     * @param to last day, of UTC
     * @throws Problem {@code ALIKE-011} no such span of days, {@code ALIKE-012} the live release declares no policy,
     *     {@code ALIKE-013} it has no such moment
     */
    public Alike look(String moment, LocalDate from, LocalDate to) {
        long days = ChronoUnit.DAYS.between(from, to);
        if (days < 0 || days > MOST_DAYS || from.getYear() < 1970 || to.getYear() > 9998) {
            throw new Problem(Problem.Kind.INVALID, "ALIKE-011", MOST_DAYS);
        }
        Release release = releases.live();
        AlikePolicy policy = rules.policy(release.id())
                .orElseThrow(() -> new Problem(Problem.Kind.CONFLICT, "ALIKE-012", release.id()));
        if (releases.rulebook(release.id()).moments().stream()
                .noneMatch(one -> one.name().equals(moment))) {
            throw new Problem(Problem.Kind.INVALID, "ALIKE-013", moment);
        }
        return look(release.id(), policy, new Span(moment, from, to));
    }

    private record Span(String moment, LocalDate first, LocalDate last) {

        OffsetDateTime from() {
            return first.atStartOfDay().atOffset(ZoneOffset.UTC);
        }

        OffsetDateTime until() {
            return last.plusDays(1).atStartOfDay().atOffset(ZoneOffset.UTC);
        }
    }

    private Alike look(String release, AlikePolicy policy, Span span) {
        int most = policy.whole("most-decisions");
        int listed = policy.whole("listed");
        List<Compared> decisions = new ArrayList<>();
        Alike.Basis found = read(release, policy, span, decisions);
        List<AlikeDeeds.Answer> answers = deeds.answers(span.from(), span.until(), most);
        Hours hours = new Hours();
        deeds.decided(span.from(), span.until(), most)
                .forEach(one -> hours.look(
                        one.release(),
                        new Alike.Late(
                                "DECISION", String.valueOf(one.id()), one.caseReference(), one.login(), one.at())));
        answers.forEach(one -> hours.look(
                one.release(), new Alike.Late("APPROVAL", one.effect(), one.caseReference(), one.login(), one.at())));
        Comparisons comparisons = new Comparisons(policy, decisions);
        List<Alike.Comparison> tests = comparisons.all();
        return new Alike(
                span.moment(),
                span.first(),
                span.last(),
                release,
                policy,
                found,
                tests,
                comparisons.rare(),
                new TwinSearch(policy, decisions).all(),
                new Patterns(policy).all(decisions, answers, deeds.worked(span.from(), span.until())),
                deeds.fourEyes(span.from(), span.until(), listed),
                hours.late(listed),
                hours.people(),
                hours.unknown);
    }

    private Alike.Basis read(String release, AlikePolicy policy, Span span, List<Compared> decisions) {
        int most = policy.whole("most-decisions");
        Reading reading = new Reading(
                past,
                policy,
                releases.rulebook(release).currencies(),
                deeds.agreed(span.moment(), span.from(), span.until()));
        List<PastDecisions.Past> stored =
                past.newest(new PastDecisions.Filter(span.moment(), null, span.from(), span.until()), most + 1);
        Set<String> cases = new HashSet<>();
        int earlier = 0;
        int erased = 0;
        int unreadable = 0;
        for (PastDecisions.Past one : stored.subList(0, Math.min(most, stored.size()))) {
            // Decisions of one case hang together; counted each by itself they would look like more than they are.
            if (!cases.add(one.caseReference())) {
                earlier++;
                continue;
            }
            try {
                Optional<Compared> compared = reading.read(one);
                compared.ifPresent(decisions::add);
                erased += compared.isEmpty() ? 1 : 0;
            } catch (RuntimeException spoiled) {
                LOG.warn(
                        "Decision {} cannot be compared: {}",
                        one.id(),
                        spoiled.getClass().getSimpleName());
                unreadable++;
            }
        }
        int strata = (int) decisions.stream().map(Compared::stratum).distinct().count();
        return new Alike.Basis(decisions.size(), earlier, erased, unreadable, stored.size() > most, strata);
    }

    /** What was done outside the hours of the release that it was decided by. */
    private final class Hours {

        private final List<Alike.Late> late = new ArrayList<>();
        private final Map<String, int[]> people = new TreeMap<>();
        private final Set<String> without = new HashSet<>();
        private int unknown;

        void look(String release, Alike.Late one) {
            if (without.contains(release)) {
                unknown++;
                return;
            }
            try {
                boolean open = calendars.open(release, one.at());
                int[] counts = people.computeIfAbsent(one.login(), login -> new int[2]);
                counts[1]++;
                if (!open) {
                    counts[0]++;
                    late.add(one);
                }
            } catch (Problem noCalendar) {
                without.add(release);
                unknown++;
            }
        }

        List<Alike.Late> late(int most) {
            return late.stream()
                    .sorted(Comparator.comparing(Alike.Late::at)
                            .reversed()
                            .thenComparing(Alike.Late::what)
                            .thenComparing(Alike.Late::subject))
                    .limit(most)
                    .toList();
        }

        List<Alike.LatePerson> people() {
            return people.entrySet().stream()
                    .filter(one -> one.getValue()[0] > 0)
                    .map(one -> new Alike.LatePerson(one.getKey(), one.getValue()[0], one.getValue()[1]))
                    .sorted(Comparator.comparingInt(Alike.LatePerson::late)
                            .reversed()
                            .thenComparing(Alike.LatePerson::login))
                    .toList();
        }
    }
}
