package org.jabr.remedies;

import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What was granted before there were books is entered into them at the first start that has them. */
@Component
@Order(OpeningEntries.WHEN)
class OpeningEntries implements ApplicationRunner {

    /** Before whoever looks whether the books agree. */
    static final int WHEN = 100;

    private static final Logger LOG = LoggerFactory.getLogger(OpeningEntries.class);
    private static final int AT_ONCE = 200;

    private final JdbcClient jdbc;
    private final Effects effects;
    private final TreasuryPurse purse;
    private final TransactionTemplate transaction;

    OpeningEntries(JdbcClient jdbc, Effects effects, TreasuryPurse purse, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.effects = effects;
        this.purse = purse;
        this.transaction = new TransactionTemplate(transactions);
    }

    @Override
    public void run(ApplicationArguments arguments) {
        enter();
    }

    /** @return how many were entered */
    int enter() {
        int entered = 0;
        List<String> missing = missing();
        while (!missing.isEmpty()) {
            List<String> some = missing;
            transaction.executeWithoutResult(status -> some.forEach(key -> {
                Effect effect = effects.find(key).orElseThrow();
                purse.enter(effect, Objects.requireNonNull(effect.money()));
            }));
            entered += some.size();
            missing = missing();
        }
        if (entered > 0) {
            LOG.info("{} effects of before were entered into the books", entered);
        }
        return entered;
    }

    private List<String> missing() {
        return jdbc.sql("""
                        select e.effect_key from effect e
                        where e.amount_minor > 0 and e.state in ('RESERVED', 'SENT', 'UNKNOWN', 'CONFIRMED', 'NEEDS_PERSON')
                            and not exists (select 1 from movement m where m.effect_key = e.effect_key and m.kind = 'OWE')
                        order by e.created_at, e.effect_key fetch first :most rows only
                        """).param("most", AT_ONCE).query(String.class).list();
    }
}
