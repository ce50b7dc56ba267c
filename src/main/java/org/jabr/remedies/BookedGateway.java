package org.jabr.remedies;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jabr.rules.Money;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The embedded default: books each effect in the database, once per key, in the transaction that confirms it. */
@Component
class BookedGateway implements Gateway {

    private final JdbcClient jdbc;
    private final Clock clock;

    BookedGateway(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public String carryOut(Effect effect, String customerRef) {
        Optional<String> booked = jdbc.sql("select reference from gateway_booking where effect_key = :key")
                .param("key", effect.key())
                .query(String.class)
                .optional();
        if (booked.isPresent()) {
            return booked.get();
        }
        String reference = effect.kind().charAt(0) + "-" + effect.key();
        Money money = effect.money();
        jdbc.sql("""
                        insert into gateway_booking (effect_key, kind, customer_ref, amount_minor, currency, item, reference, booked_at)
                        values (:key, :kind, :customer, :amount, :currency, :item, :reference, :at)
                        """)
                .param("key", effect.key())
                .param("kind", effect.kind())
                .param("customer", customerRef)
                .param("amount", money == null ? null : money.minor())
                .param("currency", money == null ? null : money.currency())
                .param("item", effect.item())
                .param("reference", reference)
                .param("at", OffsetDateTime.now(clock))
                .update();
        return reference;
    }
}
