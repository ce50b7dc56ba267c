package org.jabr.customers;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jabr.releases.Releases;
import org.jabr.rules.CurrencyTerms;
import org.jabr.rules.Money;
import org.jabr.rules.Rulebook;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What customers bought, and the value that follows from it. */
@Service
public class Purchases {

    private static final String PARAMETERS = "lifetime-value";

    private static final String STORE_VALUE = """
            merge into customer_value v using (values (cast(:id as bigint))) s(id) on v.customer_id = s.id
            when matched then update set currency = :currency, total_minor = :total, yearly_minor = :yearly, lifetime_minor = :lifetime,
                percentile = :percentile, purchases = :n, first_on = :first, last_on = :last, computed_at = :at
            when not matched then insert (customer_id, currency, total_minor, yearly_minor, lifetime_minor, percentile, purchases,
                first_on, last_on, computed_at)
                values (:id, :currency, :total, :yearly, :lifetime, :percentile, :n, :first, :last, :at)
            """;

    private final JdbcClient jdbc;
    private final NamedParameterJdbcOperations batches;
    private final Customers customers;
    private final Releases releases;
    private final Clock clock;

    Purchases(
            JdbcClient jdbc,
            NamedParameterJdbcOperations batches,
            Customers customers,
            Releases releases,
            Clock clock) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.customers = customers;
        this.releases = releases;
        this.clock = clock;
    }

    /**
     * Adds purchases, and the customers that are not known yet.
     *
     * @return for each purchase, in the same order, whether it was added; false where it was there already
     */
    @Transactional
    public List<Boolean> add(List<Purchase> purchases) {
        if (purchases.isEmpty()) {
            return List.of();
        }
        Map<String, Long> ids = customers.idsOf(
                purchases.stream().map(Purchase::customerRef).distinct().toList());
        Set<Key> known = known(new HashSet<>(ids.values()));
        List<Boolean> added = new ArrayList<>(purchases.size());
        List<SqlParameterSource> rows = new ArrayList<>();
        for (Purchase purchase : purchases) {
            long customer = Objects.requireNonNull(ids.get(purchase.customerRef()));
            boolean fresh = known.add(new Key(customer, purchase.identity()));
            added.add(fresh);
            if (fresh) {
                rows.add(new MapSqlParameterSource("customer", customer)
                        .addValue("identity", purchase.identity())
                        .addValue("on", purchase.boughtOn())
                        .addValue("amount", purchase.amount().minor())
                        .addValue("currency", purchase.amount().currency())
                        .addValue("item", purchase.item()));
            }
        }
        batches.batchUpdate("""
                insert into purchase (customer_id, identity, bought_on, amount_minor, currency, item)
                values (:customer, :identity, :on, :amount, :currency, :item)
                """, rows.toArray(SqlParameterSource[]::new));
        return added;
    }

    private Set<Key> known(Set<Long> customerIds) {
        return new HashSet<>(jdbc.sql("select customer_id, identity from purchase where customer_id in (:ids)")
                .param("ids", customerIds)
                .query((row, n) -> new Key(row.getLong("customer_id"), row.getString("identity")))
                .list());
    }

    /**
     * Computes every customer's value anew. Lifetime value = yearly spend x margin x retention / (1 + discount -
     * retention), the usual margin multiple of a customer with constant retention; its parameters are the table
     * {@code lifetime-value} of the live release. Customers are ranked in policy units, so that currencies compare.
     */
    @Transactional
    public void computeValues() {
        Rulebook rulebook = releases.rulebook(releases.live().id());
        Map<String, Object> parameters = rulebook.parameters(PARAMETERS);
        BigDecimal retention = number(parameters, "retention");
        BigDecimal multiple = number(parameters, "margin")
                .multiply(retention)
                .divide(BigDecimal.ONE.add(number(parameters, "discount")).subtract(retention), MathContext.DECIMAL64);
        long period = number(parameters, "minimumPeriodDays").longValueExact();

        Map<Long, Spend> spends = spends();
        List<Ranked> ranked = new ArrayList<>();
        Map<String, BigDecimal> factors =
                rulebook.currencies().stream().collect(Collectors.toMap(CurrencyTerms::code, CurrencyTerms::factor));
        for (Map.Entry<Long, Spend> entry : spends.entrySet()) {
            Spend spend = entry.getValue();
            BigDecimal yearly = BigDecimal.valueOf(spend.total)
                    .multiply(BigDecimal.valueOf(period))
                    .divide(
                            BigDecimal.valueOf(Math.max(period, ChronoUnit.DAYS.between(spend.first, spend.last))),
                            MathContext.DECIMAL64);
            long yearlyMinor = yearly.setScale(0, RoundingMode.HALF_EVEN).longValueExact();
            long lifetimeMinor = yearly.multiply(multiple)
                    .setScale(0, RoundingMode.HALF_EVEN)
                    .longValueExact();
            BigDecimal factor = factors.getOrDefault(spend.currency, BigDecimal.ONE);
            double units = Money.ofMinor(lifetimeMinor, spend.currency)
                    .amount()
                    .divide(factor, MathContext.DECIMAL64)
                    .doubleValue();
            ranked.add(new Ranked(entry.getKey(), spend, yearlyMinor, lifetimeMinor, units));
        }
        double[] order = ranked.stream().mapToDouble(Ranked::units).sorted().toArray();
        OffsetDateTime at = OffsetDateTime.now(clock);
        batches.batchUpdate(
                STORE_VALUE,
                ranked.stream()
                        .map(customer -> row(customer, (int) (100L * lower(order, customer.units) / order.length), at))
                        .toArray(SqlParameterSource[]::new));
    }

    /**
     * Totals per customer in the currency that the customer mostly pays in. What was free of charge is kept but was not
     * bought: it makes nobody a customer with a purchase.
     */
    private Map<Long, Spend> spends() {
        Map<Long, Spend> spends = new HashMap<>();
        jdbc.sql(
                        "select customer_id, currency, sum(amount_minor) total, count(*) n, min(bought_on) first_on, max(bought_on) last_on from purchase where amount_minor > 0 group by customer_id, currency order by customer_id, currency")
                .query((row, i) -> {
                    Spend spend = new Spend(
                            row.getString("currency"),
                            row.getLong("total"),
                            row.getInt("n"),
                            row.getObject("first_on", LocalDate.class),
                            row.getObject("last_on", LocalDate.class));
                    return spends.merge(row.getLong("customer_id"), spend, (a, b) -> b.count > a.count ? b : a);
                })
                .list();
        return spends;
    }

    private static SqlParameterSource row(Ranked customer, int percentile, OffsetDateTime at) {
        return new MapSqlParameterSource("id", customer.id)
                .addValue("currency", customer.spend.currency)
                .addValue("total", customer.spend.total)
                .addValue("yearly", customer.yearly)
                .addValue("lifetime", customer.lifetime)
                .addValue("percentile", percentile)
                .addValue("n", customer.spend.count)
                .addValue("first", customer.spend.first)
                .addValue("last", customer.spend.last)
                .addValue("at", at);
    }

    /** How many stand strictly below. */
    private static int lower(double[] order, double units) {
        int at = Arrays.binarySearch(order, units);
        while (at > 0 && order[at - 1] == units) {
            at--;
        }
        return at;
    }

    private static BigDecimal number(Map<String, Object> parameters, String name) {
        return new BigDecimal(String.valueOf(parameters.get(name)));
    }

    private record Key(long customer, String identity) {}

    private record Spend(String currency, long total, int count, LocalDate first, LocalDate last) {}

    private record Ranked(long id, Spend spend, long yearly, long lifetime, double units) {}
}
