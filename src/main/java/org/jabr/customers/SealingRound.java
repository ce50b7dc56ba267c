package org.jabr.customers;

import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Seals texts that were stored before customers had keys, one customer in a transaction; begins with the house and ends
 * when all are sealed. Until then they are read as they are.
 */
@Component
class SealingRound {

    private static final Logger LOG = LoggerFactory.getLogger(SealingRound.class);
    private static final int AT_ONCE = 200;

    private final JdbcClient jdbc;
    private final Vault vault;
    private final List<PersonalColumn> columns;
    private final TaskScheduler scheduler;
    private final TransactionTemplate transaction;

    SealingRound(
            JdbcClient jdbc,
            Vault vault,
            List<PersonalColumn.Source> sources,
            TaskScheduler scheduler,
            PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.vault = vault;
        this.columns = sources.stream()
                .flatMap(source -> source.personalColumns().stream())
                .toList();
        this.scheduler = scheduler;
        this.transaction = new TransactionTemplate(transactions);
    }

    @EventListener
    void begin(ApplicationReadyEvent event) {
        scheduler.schedule(this::sealAll, Instant.EPOCH);
    }

    /** @return how many customers were sealed */
    int sealAll() {
        int sealed = 0;
        long after = 0;
        List<Long> some = unsealed(after);
        while (!some.isEmpty()) {
            for (long customer : some) {
                after = customer;
                sealed += seal(customer);
            }
            some = unsealed(after);
        }
        if (sealed > 0) {
            LOG.info("texts of {} customers were sealed under keys of their own", sealed);
        }
        return sealed;
    }

    private List<Long> unsealed(long after) {
        return jdbc.sql(
                        "select id from customer where not sealed and id > :after order by id fetch first :most rows only")
                .param("after", after)
                .param("most", AT_ONCE)
                .query(Long.class)
                .list();
    }

    private int seal(long customer) {
        try {
            transaction.executeWithoutResult(status -> {
                jdbc.sql("update customer set sealed = true where id = :id")
                        .param("id", customer)
                        .update();
                columns.forEach(column -> seal(column, customer));
            });
            return 1;
        } catch (RuntimeException failed) {
            // The next start tries again; what is not sealed is read as it is.
            LOG.warn("texts of customer {} could not be sealed: {}", customer, failed.toString());
            return 0;
        }
    }

    private void seal(PersonalColumn column, long customer) {
        record Found(Object key, String text) {}
        jdbc.sql("select " + column.key() + ", " + column.column() + " said from " + column.table() + " where "
                        + column.column() + " like 't:%' and " + column.ofCustomer() + " for update")
                .param("customer", customer)
                .query((row, n) -> new Found(row.getObject(1), row.getString("said")))
                .list()
                .forEach(found -> jdbc.sql("update " + column.table() + " set " + column.column() + " = :sealed where "
                                + column.key() + " = :key")
                        .param("sealed", vault.stored(customer, vault.read(found.text())))
                        .param("key", found.key())
                        .update());
    }
}
