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
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jabr.releases.Releases;
import org.jabr.rules.CurrencyTerms;
import org.jabr.rules.Money;
import org.jabr.rules.Rulebook;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What customers bought, and the value that follows from it. */
@Service
public class Purchases {

    private static final String PARAMETERS = "lifetime-value";

    private final JdbcClient jdbc;
    private final Customers customers;
    private final Releases releases;
    private final Clock clock;

    Purchases(JdbcClient jdbc, Customers customers, Releases releases, Clock clock) {
        this.jdbc = jdbc;
        this.customers = customers;
        this.releases = releases;
        this.clock = clock;
    }

    /** Adds a purchase. @return false where it is there already */
    @Transactional
    public boolean add(Purchase purchase) {
        Customer customer = customers.findOrCreate(purchase.customerRef());
        return jdbc.sql("""
                                insert into purchase (customer_id, identity, bought_on, amount_minor, currency, item)
                                select cast(:customer as bigint), cast(:identity as varchar(160)), cast(:on as date), cast(:amount as bigint),
                                    cast(:currency as char(3)), cast(:item as varchar(200))
                                where not exists (select 1 from purchase where customer_id = :customer and identity = :identity)
                                """)
                        .param("customer", customer.id())
                        .param("identity", purchase.identity())
                        .param("on", purchase.boughtOn())
                        .param("amount", purchase.amount().minor())
                        .param("currency", purchase.amount().currency())
                        .param("item", purchase.item())
                        .update()
                == 1;
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
        for (Ranked customer : ranked) {
            store(customer, (int) (100L * lower(order, customer.units) / order.length), at);
        }
    }

    /** Totals per customer in the currency that the customer mostly pays in. */
    private Map<Long, Spend> spends() {
        Map<Long, Spend> spends = new HashMap<>();
        jdbc.sql(
                        "select customer_id, currency, sum(amount_minor) total, count(*) n, min(bought_on) first_on, max(bought_on) last_on from purchase group by customer_id, currency order by customer_id, currency")
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

    private void store(Ranked customer, int percentile, OffsetDateTime at) {
        jdbc.sql("""
                        merge into customer_value v using (values (cast(:id as bigint))) s(id) on v.customer_id = s.id
                        when matched then update set currency = :currency, total_minor = :total, yearly_minor = :yearly, lifetime_minor = :lifetime,
                            percentile = :percentile, purchases = :n, first_on = :first, last_on = :last, computed_at = :at
                        when not matched then insert (customer_id, currency, total_minor, yearly_minor, lifetime_minor, percentile, purchases,
                            first_on, last_on, computed_at)
                            values (:id, :currency, :total, :yearly, :lifetime, :percentile, :n, :first, :last, :at)
                        """)
                .param("id", customer.id)
                .param("currency", customer.spend.currency)
                .param("total", customer.spend.total)
                .param("yearly", customer.yearly)
                .param("lifetime", customer.lifetime)
                .param("percentile", percentile)
                .param("n", customer.spend.count)
                .param("first", customer.spend.first)
                .param("last", customer.spend.last)
                .param("at", at)
                .update();
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

    private record Spend(String currency, long total, int count, LocalDate first, LocalDate last) {}

    private record Ranked(long id, Spend spend, long yearly, long lifetime, double units) {}
}
