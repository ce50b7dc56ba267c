package org.jabr.guard;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jabr.customers.PersonalText;
import org.jabr.customers.Vault;
import org.jabr.rules.Authority;
import org.jabr.rules.CaseId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.jdbc.support.KeyHolder;
import org.springframework.stereotype.Repository;

/** What was found. */
@Repository
class Findings {

    private static final String COLUMNS = """
            select f.id, f.rule, f.kind, f.subject, f.ordinal, f.state, f.severity, f.authority, f.size, f.release_id, f.case_id,
                f.case_reference, f.from_at, f.until_at, f.found_at
            from guard_finding f\s""";

    private final JdbcClient jdbc;
    private final Vault vault;
    private final Clock clock;

    Findings(JdbcClient jdbc, Clock clock, Vault vault) {
        this.vault = vault;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Nobody else looks until the transaction ends. */
    void takeTurn() {
        jdbc.sql("select name from guard_turn where name = 'round' for update")
                .query(String.class)
                .single();
    }

    /** The newest finding of a line about somebody. */
    record Newest(long id, int ordinal, boolean open, BigDecimal size, OffsetDateTime until) {}

    Optional<Newest> newest(String rule, String subject) {
        return jdbc.sql(
                        "select id, ordinal, state, size, until_at from guard_finding where rule = :rule and subject = :subject order by ordinal desc fetch first 1 rows only")
                .param("rule", rule)
                .param("subject", subject)
                .query((row, n) -> new Newest(
                        row.getLong("id"),
                        row.getInt("ordinal"),
                        !row.getString("state").equals(GuardFinding.State.JUDGED.name()),
                        row.getBigDecimal("size"),
                        row.getObject("until_at", OffsetDateTime.class)))
                .optional();
    }

    long add(Window window, Seen seen, int ordinal, Authority authority, Set<String> concerned, List<Grants.Key> keys) {
        KeyHolder key = new GeneratedKeyHolder();
        jdbc.sql("""
                        insert into guard_finding (rule, kind, subject, ordinal, state, severity, authority, size, release_id, case_id,
                            case_reference, from_at, until_at, found_at)
                        values (:rule, :kind, :subject, :ordinal, 'OPEN', :severity, :authority, :size, :release, :caseId, :reference,
                            :from, :until, :at)
                        """)
                .param("rule", window.row().name())
                .param("kind", window.row().sign().name())
                .param("subject", seen.subject())
                .param("ordinal", ordinal)
                .param("severity", window.row().severity().name())
                .param("authority", authority.name())
                .param("size", two(seen.size()))
                .param("release", window.release())
                .param("caseId", keys.get(0).caseId())
                .param("reference", keys.get(0).caseReference())
                .param("from", window.from())
                .param("until", window.until())
                .param("at", OffsetDateTime.now(clock))
                .update(key, "id");
        long id = Objects.requireNonNull(key.getKey()).longValue();
        concerned.forEach(login -> jdbc.sql("insert into guard_concerned (finding_id, login) values (:id, :login)")
                .param("id", id)
                .param("login", login)
                .update());
        numbers(id, seen);
        evidence(id, keys);
        return id;
    }

    /** The same pattern has grown while somebody is still to look at it. */
    void grown(long id, Window window, Seen seen, List<Grants.Key> keys) {
        jdbc.sql("update guard_finding set size = :size, until_at = :until where id = :id")
                .param("id", id)
                .param("size", two(seen.size()))
                .param("until", window.until())
                .update();
        jdbc.sql("delete from guard_number where finding_id = :id")
                .param("id", id)
                .update();
        numbers(id, seen);
        Set<String> known = new HashSet<>(keys(id));
        evidence(id, keys.stream().filter(key -> !known.contains(key.effect())).toList());
    }

    private void numbers(long id, Seen seen) {
        seen.numbers().forEach((name, amount) -> jdbc.sql(
                        "insert into guard_number (finding_id, name, amount) values (:id, :name, :amount)")
                .param("id", id)
                .param("name", name)
                .param("amount", two(amount))
                .update());
    }

    private void evidence(long id, List<Grants.Key> keys) {
        keys.forEach(key -> jdbc.sql("insert into guard_evidence (finding_id, effect_key) values (:id, :key)")
                .param("id", id)
                .param("key", key.effect())
                .update());
    }

    private static BigDecimal two(BigDecimal amount) {
        return amount.setScale(2, RoundingMode.HALF_EVEN);
    }

    /** @return false where somebody else judged it meanwhile */
    boolean judge(
            long id,
            long customerId,
            GuardFinding.State from,
            GuardFinding.State to,
            Authority authority,
            GuardFinding.Judgement judgement,
            PersonalText reason,
            String by) {
        OffsetDateTime now = OffsetDateTime.now(clock);
        int rows = jdbc.sql("""
                        update guard_finding set state = :to, authority = :authority, judgement = :judgement, judged_at = :at
                        where id = :id and state = :from
                        """)
                .param("id", id)
                .param("from", from.name())
                .param("to", to.name())
                .param("authority", authority.name())
                .param("judgement", judgement.name())
                .param("at", now)
                .update();
        if (rows == 0) {
            return false;
        }
        jdbc.sql("""
                        insert into guard_judgement (finding_id, judgement, reason_text, by_login, at)
                        values (:id, :judgement, :reason, :by, :at)
                        """)
                .param("id", id)
                .param("judgement", judgement.name())
                .param("reason", vault.storedNote(customerId, reason))
                .param("by", by)
                .param("at", now)
                .update();
        return true;
    }

    boolean concerns(long id, String login) {
        return jdbc.sql("select count(*) from guard_concerned where finding_id = :id and login = :login")
                        .param("id", id)
                        .param("login", login)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    Optional<GuardFinding> find(long id) {
        return jdbc.sql(COLUMNS + "where f.id = :id")
                .param("id", id)
                .query(this::finding)
                .optional()
                .map(one -> filled(List.of(one)).get(0));
    }

    /** One page, the newest first, without those that concern the reader or are above them. */
    List<GuardFinding> list(
            GuardFinding.@Nullable State state,
            @Nullable Sign sign,
            @Nullable Long before,
            String reader,
            List<String> authorities,
            int limit) {
        StringBuilder sql = new StringBuilder(COLUMNS);
        Map<String, Object> values = new HashMap<>();
        sql.append("""
                where f.id < :before and f.authority in (:authorities)
                    and not exists (select 1 from guard_concerned c where c.finding_id = f.id and c.login = :reader)\s""");
        if (state != null) {
            sql.append("and f.state = :state ");
            values.put("state", state.name());
        }
        if (sign != null) {
            sql.append("and f.kind = :kind ");
            values.put("kind", sign.name());
        }
        return filled(jdbc.sql(sql.append("order by f.id desc fetch first :limit rows only")
                        .toString())
                .param("before", before == null ? Long.MAX_VALUE : before)
                .param("authorities", authorities)
                .param("reader", reader)
                .param("limit", limit)
                .params(values)
                .query(this::finding)
                .list());
    }

    private List<String> keys(long id) {
        return jdbc.sql("select effect_key from guard_evidence where finding_id = :id")
                .param("id", id)
                .query(String.class)
                .list();
    }

    /** With what stands beside them, in four statements for all. */
    private List<GuardFinding> filled(List<GuardFinding> bare) {
        if (bare.isEmpty()) {
            return bare;
        }
        List<Long> ids = bare.stream().map(GuardFinding::id).toList();
        Map<Long, Set<String>> concerned = new HashMap<>();
        jdbc.sql("select finding_id, login from guard_concerned where finding_id in (:ids)")
                .param("ids", ids)
                .query(row -> {
                    concerned
                            .computeIfAbsent(row.getLong("finding_id"), id -> new HashSet<>())
                            .add(row.getString("login"));
                });
        Map<Long, Map<String, BigDecimal>> numbers = new HashMap<>();
        jdbc.sql("select finding_id, name, amount from guard_number where finding_id in (:ids) order by name")
                .param("ids", ids)
                .query(row -> {
                    numbers.computeIfAbsent(row.getLong("finding_id"), id -> new LinkedHashMap<>())
                            .put(row.getString("name"), row.getBigDecimal("amount"));
                });
        Map<Long, List<String>> evidence = new HashMap<>();
        jdbc.sql("select finding_id, effect_key from guard_evidence where finding_id in (:ids) order by effect_key")
                .param("ids", ids)
                .query(row -> {
                    evidence.computeIfAbsent(row.getLong("finding_id"), id -> new ArrayList<>())
                            .add(row.getString("effect_key"));
                });
        Map<Long, List<GuardFinding.Judged>> judged = new HashMap<>();
        jdbc.sql(
                        "select finding_id, judgement, reason_text, by_login, at from guard_judgement where finding_id in (:ids) order by id")
                .param("ids", ids)
                .query(row -> {
                    judged.computeIfAbsent(row.getLong("finding_id"), id -> new ArrayList<>())
                            .add(new GuardFinding.Judged(
                                    GuardFinding.Judgement.valueOf(row.getString("judgement")),
                                    vault.must(row.getString("reason_text")),
                                    row.getString("by_login"),
                                    row.getObject("at", OffsetDateTime.class)));
                });
        return bare.stream()
                .map(one -> new GuardFinding(
                        one.id(),
                        one.rule(),
                        one.sign(),
                        one.subject(),
                        one.state(),
                        one.severity(),
                        one.authority(),
                        one.size(),
                        one.release(),
                        one.caseId(),
                        one.caseReference(),
                        one.from(),
                        one.until(),
                        one.foundAt(),
                        concerned.getOrDefault(one.id(), Set.of()),
                        numbers.getOrDefault(one.id(), Map.of()),
                        evidence.getOrDefault(one.id(), List.of()),
                        judged.getOrDefault(one.id(), List.of())))
                .toList();
    }

    private GuardFinding finding(ResultSet row, int n) throws SQLException {
        return new GuardFinding(
                row.getLong("id"),
                row.getString("rule"),
                Sign.valueOf(row.getString("kind")),
                row.getString("subject"),
                GuardFinding.State.valueOf(row.getString("state")),
                row.getString("severity"),
                Authority.valueOf(row.getString("authority")),
                row.getBigDecimal("size"),
                row.getString("release_id"),
                new CaseId(row.getLong("case_id")),
                row.getString("case_reference"),
                row.getObject("from_at", OffsetDateTime.class),
                row.getObject("until_at", OffsetDateTime.class),
                row.getObject("found_at", OffsetDateTime.class),
                Set.of(),
                Map.of(),
                List.of(),
                List.of());
    }
}
