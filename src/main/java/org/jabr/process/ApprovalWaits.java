package org.jabr.process;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jabr.rules.Authority;
import org.jabr.rules.CaseId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** How long each approval has waited for whom, and when it moves up. */
@Repository
public class ApprovalWaits {

    private static final String COLUMNS =
            "select item_id, case_id, authority, since_at, look_at, next_authority, raise_minutes, because, steps from approval_wait ";

    private final JdbcClient jdbc;

    ApprovalWaits(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * One approval that waits.
     *
     * @param authority whose answer it waits for
     * @param since from when on it waits for that one
     * @param lookAt when somebody looks at it next; null where it stays where it is
     * @param next who is asked then; null where the rules were not asked yet, or it stays
     * @param raiseMinutes elapsed minutes by which it moves forward then
     * @param because rule ids
     * @param steps how often it moved up
     */
    public record Wait(
            long item,
            CaseId caseId,
            Authority authority,
            OffsetDateTime since,
            @Nullable OffsetDateTime lookAt,
            @Nullable Authority next,
            long raiseMinutes,
            List<String> because,
            int steps) {}

    /** Those of these items that are approvals, by item. */
    public Map<Long, Wait> of(List<Long> items) {
        return items.isEmpty()
                ? Map.of()
                : jdbc
                        .sql(COLUMNS + "where item_id in (:items)")
                        .param("items", items)
                        .query(ApprovalWaits::read)
                        .list()
                        .stream()
                        .collect(Collectors.toMap(Wait::item, Function.identity()));
    }

    void add(long item, CaseId caseId, Authority authority, OffsetDateTime since) {
        jdbc.sql("""
                        insert into approval_wait (item_id, case_id, authority, since_at, look_at, steps)
                        values (:item, :case, :authority, :since, :since, 0)
                        """)
                .param("item", item)
                .param("case", caseId.value())
                .param("authority", authority.name())
                .param("since", since)
                .update();
    }

    /** What somebody must look at by now. */
    List<Wait> due(OffsetDateTime now, int most) {
        return jdbc.sql(COLUMNS + "where look_at <= :now order by look_at, item_id fetch first :most rows only")
                .param("now", now)
                .param("most", most)
                .query(ApprovalWaits::read)
                .list();
    }

    /** The row, held until the transaction ends. */
    Optional<Wait> held(long item) {
        return jdbc.sql(COLUMNS + "where item_id = :item for update")
                .param("item", item)
                .query(ApprovalWaits::read)
                .optional();
    }

    void put(Wait wait) {
        Authority next = wait.next();
        jdbc.sql("""
                        update approval_wait set authority = :authority, since_at = :since, look_at = :look, next_authority = :next,
                            raise_minutes = :minutes, because = :because, steps = :steps
                        where item_id = :item
                        """)
                .param("item", wait.item())
                .param("authority", wait.authority().name())
                .param("since", wait.since())
                .param("look", wait.lookAt())
                .param("next", next == null ? null : next.name())
                .param("minutes", wait.raiseMinutes())
                .param("because", String.join(" ", wait.because()))
                .param("steps", wait.steps())
                .update();
    }

    void later(long item, OffsetDateTime lookAt) {
        jdbc.sql("update approval_wait set look_at = :look where item_id = :item and look_at < :look")
                .param("item", item)
                .param("look", lookAt)
                .update();
    }

    /** Nobody waits any more. */
    void forget(long item) {
        jdbc.sql("delete from approval_wait where item_id = :item")
                .param("item", item)
                .update();
    }

    private static Wait read(ResultSet row, int n) throws SQLException {
        String next = row.getString("next_authority");
        String because = row.getString("because");
        return new Wait(
                row.getLong("item_id"),
                new CaseId(row.getLong("case_id")),
                Authority.valueOf(row.getString("authority")),
                row.getObject("since_at", OffsetDateTime.class),
                row.getObject("look_at", OffsetDateTime.class),
                next == null ? null : Authority.valueOf(next),
                row.getLong("raise_minutes"),
                because == null || because.isEmpty() ? List.of() : Arrays.asList(because.split(" ")),
                row.getInt("steps"));
    }
}
