package org.jabr.cases;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jabr.customers.PersonalText;
import org.jabr.customers.Vault;
import org.jabr.rules.CaseFacts;
import org.jabr.rules.Decision;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Walks through everything that was decided, page by page: one statement a page, documents read only when asked for. */
@Repository
public class PastDecisions {

    private static final String COLUMNS =
            """
            select d.id, c.reference, d.moment, c.tier, c.failure_type, c.currency, c.channel, c.language, d.release_id, d.as_of,
              d.facts_text, d.result, d.decided_by, d.engine, c.customer_id,
            """ + Vault.keyOf("c.customer_id") + " from decision d join recovery_case c on c.id = d.case_id ";

    private final JdbcClient jdbc;
    private final Vault vault;
    private final Documents documents;

    PastDecisions(JdbcClient jdbc, Documents documents, Vault vault) {
        this.vault = vault;
        this.jdbc = jdbc;
        this.documents = documents;
    }

    /**
     * Which decisions; a null does not narrow.
     *
     * @param moment name of a moment
     * @param type failure type of the case
     * @param from decided then or later
     * @param until decided before
     */
    public record Filter(
            @Nullable String moment,
            @Nullable String type,
            @Nullable OffsetDateTime from,
            @Nullable OffsetDateTime until) {

        public static final Filter ALL = new Filter(null, null, null, null);

        public boolean all() {
            return equals(ALL);
        }
    }

    /**
     * One past decision, its documents not yet read.
     *
     * @param tier of the case
     * @param type failure type of the case
     * @param channel on which the case came in
     * @param language of the customer
     * @param by login of who decided, or {@code rules}
     * @param engine that decided; null where it was not kept
     */
    public record Past(
            long id,
            String caseReference,
            String moment,
            String tier,
            String type,
            String currency,
            String channel,
            String language,
            String release,
            OffsetDateTime asOf,
            PersonalText facts,
            String result,
            String by,
            @Nullable String engine) {}

    /** The id of the newest decision; 0 where there is none. */
    public long newestId() {
        return jdbc.sql("select coalesce(max(id), 0) from decision")
                .query(Long.class)
                .single();
    }

    /** The failure types of all cases. */
    public List<String> types() {
        return jdbc.sql("select distinct failure_type from recovery_case order by failure_type")
                .query(String.class)
                .list();
    }

    /** How many decisions up to that id the filter lets through. */
    public long count(Filter filter, long upTo) {
        return narrowed(
                        "select count(*) from decision d join recovery_case c on c.id = d.case_id where d.id <= :upTo",
                        filter,
                        "")
                .param("upTo", upTo)
                .query(Long.class)
                .single();
    }

    /** The next decisions after {@code after} up to {@code upTo}, the oldest first. */
    public List<Past> page(Filter filter, long after, long upTo, int limit) {
        return narrowed(
                        COLUMNS + "where d.id > :after and d.id <= :upTo",
                        filter,
                        " order by d.id fetch first :limit rows only")
                .param("after", after)
                .param("upTo", upTo)
                .param("limit", limit)
                .query(this::past)
                .list();
    }

    /** The newest decisions before an id, the newest first. */
    public List<Past> before(long id, int limit) {
        return jdbc.sql(COLUMNS + "where d.id < :id order by d.id desc fetch first :limit rows only")
                .param("id", id)
                .param("limit", limit)
                .query(this::past)
                .list();
    }

    /** The newest that the filter lets through, the newest first. */
    public List<Past> newest(Filter filter, int limit) {
        return narrowed(
                        COLUMNS + "where d.id > :none",
                        filter,
                        " order by d.as_of desc, d.id desc fetch first :limit rows only")
                .param("none", 0L)
                .param("limit", limit)
                .query(this::past)
                .list();
    }

    /** These, in no order. @param ids at least one */
    public List<Past> these(Collection<Long> ids) {
        return jdbc.sql(COLUMNS + "where d.id in (:ids)")
                .param("ids", ids)
                .query(this::past)
                .list();
    }

    /** What came out, without the facts; asks nothing of the database. */
    public Decision outcome(Past past) {
        return read(past, new CaseFacts(past.asOf(), Map.of()));
    }

    /** The decision itself, with its facts as {@link #facts} read them; asks nothing of the database. */
    public Decision read(Past past, CaseFacts facts) {
        return DecisionDocument.read(past.moment(), past.asOf(), past.release(), facts, documents.read(past.result()));
    }

    /** Its facts; asks nothing of the database. */
    public CaseFacts facts(Past past) {
        return new CaseFacts(past.asOf(), documents.read(past.facts().value()));
    }

    /**
     * Its facts, or none where they were erased; asks nothing of the database.
     *
     * @throws RuntimeException where something stands there that is no document
     */
    public Optional<CaseFacts> factsIfAny(Past past) {
        Map<String, Object> document = documents.readIfAny(past.facts().value());
        return document.isEmpty() ? Optional.empty() : Optional.of(new CaseFacts(past.asOf(), document));
    }

    private JdbcClient.StatementSpec narrowed(String sql, Filter filter, String end) {
        StringBuilder text = new StringBuilder(sql);
        narrow(text, filter.moment(), " and d.moment = :moment");
        narrow(text, filter.type(), " and c.failure_type = :type");
        narrow(text, filter.from(), " and d.as_of >= :from");
        narrow(text, filter.until(), " and d.as_of < :until");
        JdbcClient.StatementSpec statement = jdbc.sql(text.append(end).toString());
        statement = with(statement, "moment", filter.moment());
        statement = with(statement, "type", filter.type());
        statement = with(statement, "from", filter.from());
        return with(statement, "until", filter.until());
    }

    private static void narrow(StringBuilder text, @Nullable Object value, String condition) {
        if (value != null) {
            text.append(condition);
        }
    }

    private static JdbcClient.StatementSpec with(
            JdbcClient.StatementSpec statement, String name, @Nullable Object value) {
        return value == null ? statement : statement.param(name, value);
    }

    private Past past(ResultSet row, int n) throws SQLException {
        vault.offer(row.getLong("customer_id"), row);
        return new Past(
                row.getLong("id"),
                row.getString("reference"),
                row.getString("moment"),
                row.getString("tier"),
                row.getString("failure_type"),
                row.getString("currency"),
                row.getString("channel"),
                row.getString("language"),
                row.getString("release_id"),
                row.getObject("as_of", OffsetDateTime.class),
                documents.facts(row.getString("facts_text")),
                row.getString("result"),
                row.getString("decided_by"),
                row.getString("engine"));
    }
}
