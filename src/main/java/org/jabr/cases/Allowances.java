package org.jabr.cases;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jabr.releases.Releases;
import org.jabr.remedies.Effects;
import org.jabr.rules.Decider;
import org.jabr.rules.Money;
import org.jabr.rules.Rulebook;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What people and desks granted lately, and what they still may, by the limits of the live release. */
@Service
public class Allowances {

    private final Means means;
    private final Effects effects;
    private final Releases releases;
    private final Clock clock;

    Allowances(Means means, Effects effects, Releases releases, Clock clock) {
        this.means = means;
        this.effects = effects;
        this.releases = releases;
        this.clock = clock;
    }

    /**
     * A person's allowance or a desk's budget in one currency.
     *
     * @param days within which grants count
     */
    public record Allowance(Money limit, Money used, Money left, long days) {}

    /** The currencies in which any of these people granted something that still counts. */
    @Transactional(readOnly = true)
    public SortedSet<String> currencies(Collection<String> logins) {
        OffsetDateTime now = OffsetDateTime.now(clock);
        return new TreeSet<>(effects.currenciesGrantedBy(logins, now.minusDays(means.allowanceDays(rulebook()))));
    }

    /** This person's allowance in each of these currencies that has a limit. */
    @Transactional(readOnly = true)
    public List<Allowance> of(Decider who, Collection<String> currencies) {
        OffsetDateTime now = OffsetDateTime.now(clock);
        Rulebook rulebook = rulebook();
        return currencies.stream()
                .map(currency -> means.allowance(currency, now, rulebook, who))
                .flatMap(Optional::stream)
                .toList();
    }

    /** The goodwill budget of a desk in each currency in which it gave something that still counts. */
    @Transactional(readOnly = true)
    public List<Allowance> ofDesk(String desk) {
        OffsetDateTime now = OffsetDateTime.now(clock);
        Rulebook rulebook = rulebook();
        return effects.currenciesOf(desk, now.minusDays(means.teamDays(rulebook))).stream()
                .map(currency -> means.team(desk, currency, now, rulebook))
                .flatMap(Optional::stream)
                .toList();
    }

    private Rulebook rulebook() {
        return releases.rulebook(releases.live().id());
    }
}
