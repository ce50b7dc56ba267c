package org.jabr.privacy;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jabr.customers.Forgetting;
import org.jabr.journal.Journal;
import org.jabr.rules.CaseId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Lets go of what was kept long enough, as the live release says. Each case and each customer is a transaction of its
 * own, and what one node let go of another one does not find any more; so several may look at once, and a stop in the
 * middle loses nothing. What must be kept for now is looked at again next time.
 */
@Service
public class Retention {

    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
    private static final String BY = "rules";
    private static final int AT_ONCE = 200;

    /** From when on a customer counts as gone: what was last bought, said to be over, or known at all. */
    private static final String LAST = """
            greatest(c.created_at,
                coalesce((select max(r.closed_at) from recovery_case r where r.customer_id = c.id), c.created_at),
                coalesce((select max(cast(p.bought_on as timestamp(3) with time zone)) from purchase p where p.customer_id = c.id), c.created_at))
            """;

    private static final String CASES = """
            from recovery_case r join customer c on c.id = r.customer_id
            where r.closed_at < :before and r.forgotten_at is null and c.erased_at is null and r.id > :after
            """;

    private static final String CUSTOMERS = """
            from customer c where c.erased_at is null and c.created_at < :before and c.id > :after
              and not exists (select 1 from recovery_case o where o.customer_id = c.id and o.closed_at is null)
              and""" + " " + LAST + " < :before ";

    private static final String NOT_HELD = """
            and not exists (select 1 from legal_hold h where h.customer_id = c.id and h.lifted_at is null
              and (h.until_on is null or h.until_on >= :today))
            """;

    private final JdbcClient jdbc;
    private final PrivacyRules rules;
    private final PrivacyDesk desk;
    private final Forgetting forgetting;
    private final Journal journal;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Retention(
            JdbcClient jdbc,
            PrivacyRules rules,
            PrivacyDesk desk,
            Forgetting forgetting,
            Journal journal,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.jdbc = jdbc;
        this.rules = rules;
        this.desk = desk;
        this.forgetting = forgetting;
        this.journal = journal;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /** What one rule lets go of next time. */
    public record Due(PrivacyRules.Retention rule, long count) {}

    public List<Due> due() {
        return rules.retentions().stream()
                .map(rule -> new Due(rule, count(rule)))
                .toList();
    }

    @Scheduled(initialDelayString = "${jabr.privacy.every:PT6H}", fixedDelayString = "${jabr.privacy.every:PT6H}")
    void look() {
        // Customers first: their cases need not be looked at one by one then.
        List<PrivacyRules.Retention> all = rules.retentions();
        all.stream().filter(rule -> rule.kept().equals("customer")).forEach(this::letGo);
        all.stream().filter(rule -> rule.kept().equals("case")).forEach(this::letGo);
    }

    private void letGo(PrivacyRules.Retention rule) {
        long after = 0;
        List<Long> some = ids(rule, after);
        while (!some.isEmpty()) {
            for (long id : some) {
                after = id;
                attempt(rule, id);
            }
            some = ids(rule, after);
        }
    }

    private void attempt(PrivacyRules.Retention rule, long id) {
        try {
            if (rule.kept().equals("customer")) {
                desk.expire(id, BY);
            } else {
                transaction.executeWithoutResult(status -> forget(id));
            }
        } catch (RuntimeException failed) {
            LOG.warn("{} {} could not be let go of for now: {}", rule.kept(), id, failed.toString());
        }
    }

    private void forget(long caseId) {
        record Found(long customer, String reference) {}
        Found found = jdbc.sql("select customer_id, reference from recovery_case where id = :id")
                .param("id", caseId)
                .query((row, n) -> new Found(row.getLong("customer_id"), row.getString("reference")))
                .single();
        forgetting.hold(found.customer());
        int first = jdbc.sql("update recovery_case set forgotten_at = :now where id = :id and forgotten_at is null")
                .param("now", OffsetDateTime.now(clock))
                .param("id", caseId)
                .update();
        if (first == 1 && !desk.held(found.customer())) {
            int texts = forgetting.ofCase(new CaseId(caseId));
            journal.append("case.forgotten", found.reference(), BY, new TreeMap<>(Map.of("texts", texts)));
        } else if (first == 1) {
            jdbc.sql("update recovery_case set forgotten_at = null where id = :id")
                    .param("id", caseId)
                    .update();
        }
    }

    private long count(PrivacyRules.Retention rule) {
        return asked("select count(*) ", rule, 0L, "").query(Long.class).single();
    }

    private List<Long> ids(PrivacyRules.Retention rule, long after) {
        String id = rule.kept().equals("customer") ? "c.id" : "r.id";
        return asked("select " + id + " ", rule, after, " order by " + id + " fetch first " + AT_ONCE + " rows only")
                .query(Long.class)
                .list();
    }

    private JdbcClient.StatementSpec asked(String what, PrivacyRules.Retention rule, long after, String end) {
        List<String> named = named(rule.kept());
        boolean rest = rule.country().isEmpty();
        String where = rest
                ? (named.isEmpty() ? "" : " and (c.country is null or c.country not in (:countries))")
                : " and c.country = :countries";
        JdbcClient.StatementSpec asked = jdbc.sql(
                        what + (rule.kept().equals("customer") ? CUSTOMERS : CASES) + NOT_HELD + where + end)
                .param("before", OffsetDateTime.now(clock).minusDays(rule.days()))
                .param("today", desk.today())
                .param("after", after);
        return rest && named.isEmpty() ? asked : asked.param("countries", rest ? named : rule.country());
    }

    /** The countries that have a rule of their own. */
    private List<String> named(String kept) {
        return rules.retentions().stream()
                .filter(rule -> rule.kept().equals(kept))
                .map(PrivacyRules.Retention::country)
                .filter(country -> !country.isEmpty())
                .toList();
    }
}
