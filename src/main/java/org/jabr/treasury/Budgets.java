package org.jabr.treasury;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jabr.releases.Releases;
import org.jabr.rules.Authority;
import org.jabr.rules.CurrencyTerms;
import org.jabr.rules.Decider;
import org.jabr.rules.Money;
import org.jabr.rules.Problem;
import org.jabr.rules.Rulebook;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * The budgets as the live release sets them and those who lead changed them for a time. They are the house's and not a
 * case's, so that a case of an older release gives out of the same pots by the same limits.
 */
@Service
public class Budgets implements BudgetTerms {

    /** The unit of what is counted. */
    public static final String PIECES = "pieces";

    private static final int RELEASES = 8;

    private final Releases releases;
    private final BudgetRules rules;
    private final BudgetChanges changes;
    private final Pots pots;
    private final ConcurrentMap<String, List<BudgetRules.Row>> known = new ConcurrentHashMap<>();

    Budgets(Releases releases, BudgetRules rules, BudgetChanges changes, Pots pots) {
        this.releases = releases;
        this.rules = rules;
        this.changes = changes;
        this.pots = pots;
    }

    /** Whose a pot is. */
    private record Owner(
            PotName.Kind kind, String subject, @Nullable Authority authority) {

        boolean of(BudgetRules.Row row) {
            return row.pot() == kind
                    && !subject.isEmpty()
                    && (row.who().isEmpty()
                            || row.who().equals(subject)
                            || authority != null && row.who().equals(authority.name()));
        }
    }

    @Override
    public List<Terms> of(Grant grant, OffsetDateTime now) {
        Optional<Rulebook> live = live();
        if (live.isEmpty()) {
            return List.of();
        }
        String currency = grant.money().currency();
        List<Owner> owners = new ArrayList<>(List.of(
                new Owner(PotName.Kind.TEAM, grant.team(), null),
                new Owner(PotName.Kind.WINDOW, String.valueOf(grant.customerId()), null),
                new Owner(PotName.Kind.STOCK, grant.remedy(), null)));
        if (grant.by().authority() != Authority.RULES) {
            owners.add(new Owner(
                    PotName.Kind.ALLOWANCE, grant.by().login(), grant.by().authority()));
        }
        List<Terms> all = new ArrayList<>();
        for (Owner owner : owners) {
            // The first row for all remedies and the first for this one: both must reach.
            for (String remedy : List.of("", grant.remedy())) {
                rows(live.get()).stream()
                        .filter(owner::of)
                        .filter(row -> row.remedy().equals(remedy))
                        .findFirst()
                        .filter(row -> row.countsFor(grant.remedy(), grant.remedyClass()))
                        .flatMap(row -> terms(live.get(), row, owner, currency, now))
                        .filter(terms ->
                                terms.limit() != null || pots.find(terms.pot()).isPresent())
                        .ifPresent(all::add);
            }
        }
        String item = grant.item();
        if (item != null) {
            Optional.of(store(live.get(), PotName.store(item, grant.remedy())))
                    .filter(terms -> pots.find(terms.pot()).isPresent())
                    .ifPresent(all::add);
        }
        return all;
    }

    /** What holds for the store of one thing: what the rules say of the stock of its remedy. */
    Optional<Terms> store(PotName pot) {
        return live().map(live -> store(live, pot));
    }

    private Terms store(Rulebook live, PotName pot) {
        return rows(live).stream()
                .filter(row -> row.pot() == PotName.Kind.STOCK && row.remedy().equals(pot.remedy()))
                .findFirst()
                .map(row ->
                        new Terms(pot, row.budget(), null, null, null, 0, row.warnPercent(), row.stops(), row.asks()))
                .orElseGet(() -> new Terms(pot, "", null, null, null, 0, 0, Set.of(), Authority.MANAGER));
    }

    /** What a desk may give out of goodwill, whatever the remedy; empty where the rules set no limit. */
    public Optional<Terms> team(String desk, String currency, OffsetDateTime now) {
        return find(new Owner(PotName.Kind.TEAM, desk, null), currency, now);
    }

    /** What a customer may get out of goodwill. */
    public Optional<Terms> window(long customer, String currency, OffsetDateTime now) {
        return find(new Owner(PotName.Kind.WINDOW, String.valueOf(customer), null), currency, now);
    }

    /** What a person may grant by themselves. */
    public Optional<Terms> allowance(Decider who, String currency, OffsetDateTime now) {
        return who.authority() == Authority.RULES
                ? Optional.empty()
                : find(new Owner(PotName.Kind.ALLOWANCE, who.login(), who.authority()), currency, now);
    }

    private Optional<Terms> find(Owner owner, String currency, OffsetDateTime now) {
        return live().flatMap(live -> rows(live).stream()
                .filter(owner::of)
                .filter(row -> row.remedy().isEmpty())
                .findFirst()
                .flatMap(row -> terms(live, row, owner, currency, now)));
    }

    /** The terms of what lies in store, for each thing that the rules keep count of. */
    public List<Terms> stocks(OffsetDateTime now) {
        return live().map(live -> rows(live).stream()
                        .filter(row -> row.pot() == PotName.Kind.STOCK)
                        .flatMap(
                                row -> terms(live, row, new Owner(row.pot(), row.remedy(), null), PIECES, now).stream())
                        .toList())
                .orElse(List.of());
    }

    /** What the rules say of a pot that there is, or that could be. */
    Optional<Terms> of(PotName pot, @Nullable Authority authority, OffsetDateTime now) {
        if (pot.kind() == PotName.Kind.STOCK && !pot.remedy().isEmpty()) {
            return store(pot);
        }
        Owner owner = new Owner(pot.kind(), pot.subject(), authority);
        return live().flatMap(live -> rows(live).stream()
                .filter(owner::of)
                .filter(row -> row.remedy().equals(pot.kind() == PotName.Kind.STOCK ? pot.subject() : pot.remedy()))
                .findFirst()
                .flatMap(row -> terms(live, row, owner, pot.unit(), now)));
    }

    /** From which change on another person must agree; empty where none must. */
    Optional<Long> secondPerson(Terms terms) {
        return live().flatMap(live -> rows(live).stream()
                .filter(row -> row.budget().equals(terms.budget()))
                .map(BudgetRules.Row::secondPersonUnits)
                .filter(Objects::nonNull)
                .findFirst()
                .flatMap(units -> amount(live, terms.pot().unit(), units)));
    }

    /** Until when a change of a pot holds that is made now. */
    @Nullable
    OffsetDateTime until(Terms terms, OffsetDateTime now) {
        if (terms.limit() == null) {
            return null;
        }
        OffsetDateTime since = terms.since();
        if (since != null) {
            return now.plus(Duration.between(since, now));
        }
        return live().flatMap(live -> rows(live).stream()
                        .filter(row -> row.budget().equals(terms.budget()))
                        .findFirst())
                .map(row -> Period.of(row.period(), now).end())
                .orElse(null);
    }

    private Optional<Terms> terms(
            Rulebook live, BudgetRules.Row row, Owner owner, String currency, OffsetDateTime now) {
        if (row.pot() == PotName.Kind.STOCK) {
            PotName pot = new PotName(row.pot(), row.remedy(), "", PIECES, "");
            return Optional.of(
                    new Terms(pot, row.budget(), null, null, null, 0, row.warnPercent(), row.stops(), row.asks()));
        }
        Table table = Table.of(row.pot(), owner.authority());
        Map<String, Object> usual = parameters(live, table.name());
        Object units = row.units() != null ? row.units() : usual.get(table.units());
        if (units == null) {
            return Optional.empty();
        }
        boolean calendar = !row.period().isEmpty() && !row.period().startsWith("P");
        Period period = calendar ? Period.of(row.period(), now) : null;
        PotName pot =
                new PotName(row.pot(), owner.subject(), row.remedy(), currency, period == null ? "" : period.code());
        PotName before = period == null
                ? null
                : new PotName(
                        row.pot(),
                        owner.subject(),
                        row.remedy(),
                        currency,
                        period.before().code());
        OffsetDateTime since = calendar ? null : since(row, usual.get(table.days()), now);
        return amount(live, currency, new BigDecimal(String.valueOf(units)))
                .map(limit -> new Terms(
                        pot,
                        row.budget(),
                        Math.max(0, limit + changes.inForce(pot.code(), now)),
                        since,
                        before,
                        row.carryPercent(),
                        row.warnPercent(),
                        row.stops(),
                        row.asks()));
    }

    private static @Nullable OffsetDateTime since(BudgetRules.Row row, @Nullable Object usualDays, OffsetDateTime now) {
        if (!row.period().isEmpty()) {
            return now.minus(java.time.Period.parse(row.period()));
        }
        return usualDays == null ? null : now.minusDays(new BigDecimal(String.valueOf(usualDays)).longValueExact());
    }

    /** Where the usual size of a budget stands. */
    private record Table(String name, String units, String days) {

        static Table of(PotName.Kind pot, @Nullable Authority authority) {
            return switch (pot) {
                case TEAM -> new Table("team-budget", "teamUnits", "teamDays");
                case WINDOW -> new Table("customer-window", "units", "days");
                default ->
                    new Table(
                            "allowances",
                            (authority == null ? Authority.AGENT : authority)
                                            .name()
                                            .toLowerCase(Locale.ROOT) + "Units",
                            "allowanceDays");
            };
        }
    }

    /** Limits are in policy units: as many as the price level of the currency makes of them. */
    private static Optional<Long> amount(Rulebook live, String currency, BigDecimal units) {
        if (currency.equals(PIECES)) {
            return Optional.of(units.longValue());
        }
        return live.currencies().stream()
                .filter(terms -> terms.code().equals(currency))
                .findFirst()
                .map(CurrencyTerms::factor)
                .map(factor -> Money.rounded(factor.multiply(units), currency).minor());
    }

    private List<BudgetRules.Row> rows(Rulebook live) {
        if (known.size() > RELEASES) {
            known.clear();
        }
        return known.computeIfAbsent(live.release(), rules::rows);
    }

    private Optional<Rulebook> live() {
        return releases.findLive().map(live -> releases.rulebook(live.id()));
    }

    /** A release without the table sets no such limit. */
    private static Map<String, Object> parameters(Rulebook live, String table) {
        try {
            return live.parameters(table);
        } catch (Problem noSuchTable) {
            return Map.of();
        }
    }
}
