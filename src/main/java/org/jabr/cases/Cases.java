package org.jabr.cases;

import com.fasterxml.jackson.core.type.TypeReference;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jabr.customers.PersonalText;
import org.jabr.customers.Vault;
import org.jabr.rules.CaseId;
import org.jabr.rules.Money;
import org.jabr.rules.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Every recovery case. */
@Repository
public class Cases {

    private static final String COLUMNS = """
            select id, reference, external_ref, customer_id, release_id, process, stage, severity, tier, failure_type, category, subject_text,
                description_text, loss_minor, currency, given_text, language, channel, queue, skill, owner, mode, contacts, handovers,
                channel_hops, reopened, open_escalation, boost_minutes, boost_why, occurred_at, reported_at, received_at, resolve_due_at,
                person_due_at, closed_at, version,
            """ + Vault.keyOf("recovery_case.customer_id") + " from recovery_case ";

    private static final int MOST_REMEMBERED = 50_000;

    private final JdbcClient jdbc;
    private final Vault vault;
    private final Cache<CaseId, Long> customers =
            Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).build();
    private final Documents documents;

    Cases(JdbcClient jdbc, Documents documents, Vault vault) {
        this.vault = vault;
        this.jdbc = jdbc;
        this.documents = documents;
    }

    /** @throws Problem {@code CASE-001} */
    public RecoveryCase get(CaseId id) {
        return jdbc.sql(COLUMNS + "where id = :id")
                .param("id", id.value())
                .query(this::recovery)
                .optional()
                .orElseThrow(() -> new Problem(Problem.Kind.NOT_FOUND, "CASE-001", id.value()));
    }

    /** @throws Problem {@code CASE-001} */
    public RecoveryCase get(String reference) {
        return jdbc.sql(COLUMNS + "where reference = :reference")
                .param("reference", reference)
                .query(this::recovery)
                .optional()
                .orElseThrow(() -> new Problem(Problem.Kind.NOT_FOUND, "CASE-001", reference));
    }

    /** Whose case it is, which never changes. @throws Problem {@code CASE-001} */
    public long customerOf(CaseId id) {
        return Objects.requireNonNull(
                customers.get(id, asked -> jdbc.sql("select customer_id from recovery_case where id = :id")
                        .param("id", asked.value())
                        .query(Long.class)
                        .optional()
                        .orElseThrow(() -> new Problem(Problem.Kind.NOT_FOUND, "CASE-001", asked.value()))));
    }

    /** The same by its reference. @throws Problem {@code CASE-001} */
    public long customerOf(String reference) {
        return jdbc.sql("select customer_id from recovery_case where reference = :reference")
                .param("reference", reference)
                .query(Long.class)
                .optional()
                .orElseThrow(() -> new Problem(Problem.Kind.NOT_FOUND, "CASE-001", reference));
    }

    public Optional<RecoveryCase> findExternal(String externalRef) {
        return jdbc.sql(COLUMNS + "where external_ref = :ref")
                .param("ref", externalRef)
                .query(this::recovery)
                .optional();
    }

    /** Newest first. */
    public List<RecoveryCase> ofCustomer(long customerId) {
        return jdbc.sql(COLUMNS + "where customer_id = :customer order by id desc")
                .param("customer", customerId)
                .query(this::recovery)
                .list();
    }

    /** One page of cases, oldest first; {@code after} is the reference of the last one seen. */
    public List<RecoveryCase> list(
            @Nullable Stage stage, @Nullable Long customerId, @Nullable String after, int limit) {
        List<String> conditions = new ArrayList<>(List.of("1 = 1"));
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("limit", limit);
        if (stage != null) {
            conditions.add("stage = :stage");
            parameters.put("stage", stage.name());
        }
        if (customerId != null) {
            conditions.add("customer_id = :customer");
            parameters.put("customer", customerId);
        }
        if (after != null) {
            conditions.add("id > (select id from recovery_case where reference = :after)");
            parameters.put("after", after);
        }
        return jdbc.sql(COLUMNS + "where " + String.join(" and ", conditions)
                        + " order by id fetch first :limit rows only")
                .params(parameters)
                .query(this::recovery)
                .list();
    }

    /**
     * One page of the cases of a release that have not ended, oldest first.
     *
     * @param process only those of this process; null for all
     * @param stage only those that stand there; null for all
     * @param after the last one seen; null for the first page
     */
    public List<RecoveryCase> running(
            String release, @Nullable String process, @Nullable Stage stage, @Nullable CaseId after, int limit) {
        List<String> conditions = new ArrayList<>(List.of("release_id = :release", "stage not in (:ended)"));
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("release", release);
        parameters.put(
                "ended",
                Arrays.stream(Stage.values())
                        .filter(Stage::ended)
                        .map(Enum::name)
                        .toList());
        parameters.put("limit", limit);
        if (process != null) {
            conditions.add("process = :process");
            parameters.put("process", process);
        }
        if (stage != null) {
            conditions.add("stage = :stage");
            parameters.put("stage", stage.name());
        }
        if (after != null) {
            conditions.add("id > :after");
            parameters.put("after", after.value());
        }
        return jdbc.sql(COLUMNS + "where " + String.join(" and ", conditions)
                        + " order by id fetch first :limit rows only")
                .params(parameters)
                .query(this::recovery)
                .list();
    }

    /** How many cases of each release have not ended. */
    public Map<String, Long> runningByRelease() {
        Map<String, Long> counts = new HashMap<>();
        jdbc.sql("select release_id, count(*) n from recovery_case where closed_at is null group by release_id")
                .query((row, n) -> counts.put(row.getString("release_id"), row.getLong("n")))
                .list();
        return counts;
    }

    public Map<Stage, Long> countByStage() {
        Map<Stage, Long> counts = new HashMap<>();
        jdbc.sql("select stage, count(*) n from recovery_case group by stage")
                .query((row, n) -> counts.put(Stage.valueOf(row.getString("stage")), row.getLong("n")))
                .list();
        return counts;
    }

    /** How many claims of a customer since then were found untrue; a complaint as such never counts. */
    int foundUntrueSince(long customerId, OffsetDateTime since) {
        return jdbc.sql(
                        "select count(*) from recovery_case where customer_id = :customer and found_untrue = true and received_at >= :since")
                .param("customer", customerId)
                .param("since", since)
                .query(Integer.class)
                .single();
    }

    /** Nobody else changes the case until the transaction ends. */
    void hold(CaseId id) {
        jdbc.sql("select id from recovery_case where id = :id for update")
                .param("id", id.value())
                .query(Long.class)
                .optional();
    }

    CaseId nextId() {
        return new CaseId(
                jdbc.sql("select nextval('case_number')").query(Long.class).single());
    }

    void add(RecoveryCase recovery) {
        Map<String, @Nullable Object> parameters = state(recovery);
        Money loss = recovery.loss();
        parameters.put("reference", recovery.reference());
        parameters.put("externalRef", recovery.externalRef());
        parameters.put("customer", recovery.customerId());
        parameters.put("process", recovery.process());
        parameters.put("category", recovery.category());
        parameters.put("subject", vault.stored(recovery.customerId(), recovery.subject()));
        parameters.put("description", vault.stored(recovery.customerId(), recovery.description()));
        parameters.put("loss", loss == null ? null : loss.minor());
        parameters.put("currency", recovery.currency());
        parameters.put("occurredAt", recovery.occurredAt());
        parameters.put("reportedAt", recovery.reportedAt());
        parameters.put("receivedAt", recovery.receivedAt());
        jdbc.sql("""
                        insert into recovery_case (id, reference, external_ref, customer_id, release_id, process, stage, severity, tier, failure_type,
                            category, subject_text, description_text, loss_minor, currency, given_text, language, channel, queue, skill, owner, mode,
                            contacts, handovers, channel_hops, reopened, open_escalation, boost_minutes, boost_why, occurred_at, reported_at,
                            received_at, resolve_due_at, person_due_at, closed_at, version)
                        values (:id, :reference, :externalRef, :customer, :release, :process, :stage, :severity, :tier, :type, :category, :subject,
                            :description, :loss, :currency, :given, :language, :channel, :queue, :skill, :owner, :mode, :contacts, :handovers,
                            :hops, :reopened, :escalation, :boost, :boostWhy, :occurredAt, :reportedAt, :receivedAt, :resolveDue, :personDue,
                            :closedAt, 0)
                        """).params(parameters).update();
    }

    /** Writes what may change. @throws Problem {@code CASE-002} where somebody else changed the case meanwhile */
    void update(RecoveryCase recovery) {
        Map<String, @Nullable Object> parameters = state(recovery);
        parameters.put("version", recovery.version());
        int rows = jdbc.sql("""
                        update recovery_case set release_id = :release, stage = :stage, severity = :severity, tier = :tier, failure_type = :type, given_text = :given,
                            language = :language, channel = :channel, queue = :queue, skill = :skill, owner = :owner, mode = :mode,
                            contacts = :contacts, handovers = :handovers, channel_hops = :hops, reopened = :reopened,
                            open_escalation = :escalation, boost_minutes = :boost, boost_why = :boostWhy, resolve_due_at = :resolveDue,
                            person_due_at = :personDue, closed_at = :closedAt, version = version + 1
                        where id = :id and version = :version
                        """).params(parameters).update();
        if (rows == 0) {
            throw new Problem(Problem.Kind.CONFLICT, "CASE-002", recovery.reference());
        }
    }

    private Map<String, @Nullable Object> state(RecoveryCase recovery) {
        Map<String, @Nullable Object> parameters = new HashMap<>();
        parameters.put("id", recovery.id().value());
        parameters.put("release", recovery.release());
        parameters.put("stage", recovery.stage().name());
        parameters.put("severity", recovery.severity());
        parameters.put("tier", recovery.tier());
        parameters.put("type", recovery.failureType());
        parameters.put(
                "given", vault.stored(recovery.customerId(), new PersonalText(documents.write(recovery.given()))));
        parameters.put("language", recovery.language());
        parameters.put("channel", recovery.channel());
        parameters.put("queue", recovery.queue());
        parameters.put("skill", recovery.skill());
        parameters.put("owner", recovery.owner());
        parameters.put("mode", recovery.mode());
        parameters.put("contacts", recovery.contacts());
        parameters.put("handovers", recovery.handovers());
        parameters.put("hops", recovery.channelHops());
        parameters.put("reopened", recovery.reopened());
        parameters.put("escalation", recovery.openEscalation());
        parameters.put("boost", recovery.boostMinutes());
        parameters.put("boostWhy", documents.write(recovery.boostBecause()));
        parameters.put("resolveDue", recovery.resolveDueAt());
        parameters.put("personDue", recovery.personDueAt());
        parameters.put("closedAt", recovery.closedAt());
        return parameters;
    }

    private RecoveryCase recovery(ResultSet row, int n) throws SQLException {
        long customerId = row.getLong("customer_id");
        vault.offer(customerId, row);
        CaseId id = new CaseId(row.getLong("id"));
        customers.put(id, customerId);
        String currency = row.getString("currency");
        long loss = row.getLong("loss_minor");
        Money money = row.wasNull() ? null : Money.ofMinor(loss, currency);
        return new RecoveryCase(
                id,
                row.getString("reference"),
                row.getString("external_ref"),
                customerId,
                row.getString("release_id"),
                row.getString("process"),
                Stage.valueOf(row.getString("stage")),
                row.getInt("severity"),
                row.getString("tier"),
                row.getString("failure_type"),
                row.getString("category"),
                vault.must(row.getString("subject_text")),
                vault.read(row.getString("description_text")),
                money,
                currency,
                documents.readIfAny(vault.must(row.getString("given_text")).value()),
                row.getString("language"),
                row.getString("channel"),
                row.getString("queue"),
                row.getString("skill"),
                row.getString("owner"),
                row.getString("mode"),
                row.getInt("contacts"),
                row.getInt("handovers"),
                row.getInt("channel_hops"),
                row.getBoolean("reopened"),
                row.getBoolean("open_escalation"),
                row.getInt("boost_minutes"),
                documents.read(row.getString("boost_why"), new TypeReference<List<String>>() {}),
                row.getObject("occurred_at", OffsetDateTime.class),
                row.getObject("reported_at", OffsetDateTime.class),
                row.getObject("received_at", OffsetDateTime.class),
                row.getObject("resolve_due_at", OffsetDateTime.class),
                row.getObject("person_due_at", OffsetDateTime.class),
                row.getObject("closed_at", OffsetDateTime.class),
                row.getInt("version"));
    }
}
