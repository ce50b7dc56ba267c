package org.jabr.review;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jabr.customers.PersonalText;
import org.jabr.customers.Vault;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Repository;

/** The tables of observations. */
@Repository
class Observations {

    private static final String COLUMNS = """
            select o.id, o.item_id, i.sample_id, i.place, i.decision_id, c.reference, s.release_id, o.severity, o.cause,
              o.department, o.state, o.due_on, o.version
            from observation o join audit_item i on i.id = o.item_id join audit_sample s on s.id = i.sample_id
              join decision d on d.id = i.decision_id join recovery_case c on c.id = d.case_id\s""";

    private final JdbcClient jdbc;
    private final Vault vault;

    Observations(JdbcClient jdbc, Vault vault) {
        this.vault = vault;
        this.jdbc = jdbc;
    }

    long add(long item, ReviewRules.Severity severity, ReviewRules.Cause cause, LocalDate dueOn) {
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        jdbc.sql("""
                        insert into observation (item_id, severity, cause, department, state, due_on, version)
                        values (:item, :severity, :cause, :department, 'OPEN', :due, 0)
                        """)
                .param("item", item)
                .param("severity", severity.name())
                .param("cause", cause.name())
                .param("department", cause.department())
                .param("due", dueOn)
                .update(key, "id");
        return Objects.requireNonNull(key.getKeyAs(Long.class));
    }

    void step(long id, long customerId, Observation.Deed deed, PersonalText said, String by, OffsetDateTime at) {
        jdbc.sql("""
                        insert into observation_step (observation_id, deed, said_text, by_whom, at)
                        values (:id, :deed, :said, :by, :at)
                        """)
                .param("id", id)
                .param("deed", deed.name())
                .param("said", vault.storedNote(customerId, said))
                .param("by", by)
                .param("at", at)
                .update();
    }

    /** @return whether nobody else had moved it */
    boolean move(Observation observation, Observation.State to, LocalDate dueOn) {
        return jdbc.sql("""
                        update observation set state = :to, due_on = :due, version = version + 1
                        where id = :id and version = :version
                        """)
                        .param("to", to.name())
                        .param("due", dueOn)
                        .param("id", observation.id())
                        .param("version", observation.version())
                        .update()
                == 1;
    }

    Optional<Observation> find(long id) {
        return jdbc.sql(COLUMNS + "where o.id = :id")
                .param("id", id)
                .query((row, n) -> observation(row, List.of()))
                .optional()
                .map(this::withSteps);
    }

    List<Observation> ofItem(long item) {
        return jdbc.sql(COLUMNS + "where o.item_id = :item order by o.id")
                .param("item", item)
                .query((row, n) -> observation(row, List.of()))
                .list();
    }

    List<Observation> ofSample(long sample) {
        return jdbc.sql(COLUMNS + "where i.sample_id = :sample order by o.id")
                .param("sample", sample)
                .query((row, n) -> observation(row, List.of()))
                .list();
    }

    /** The most urgent first. */
    List<Observation> list(Observation.@Nullable State state, int from, int most) {
        return jdbc.sql(COLUMNS + (state == null ? "" : "where o.state = :state ")
                        + "order by o.due_on, o.id offset :from rows fetch first :most rows only")
                .param("state", state == null ? null : state.name())
                .param("from", from)
                .param("most", most)
                .query((row, n) -> observation(row, List.of()))
                .list();
    }

    private Observation withSteps(Observation one) {
        List<Observation.Step> steps = jdbc.sql(
                        "select deed, said_text, by_whom, at from observation_step where observation_id = :id order by id")
                .param("id", one.id())
                .query((row, n) -> new Observation.Step(
                        Observation.Deed.valueOf(row.getString("deed")),
                        Objects.requireNonNullElse(vault.read(row.getString("said_text")), new PersonalText("")),
                        row.getString("by_whom"),
                        row.getObject("at", OffsetDateTime.class)))
                .list();
        return new Observation(
                one.id(),
                one.item(),
                one.sample(),
                one.place(),
                one.decision(),
                one.caseReference(),
                one.release(),
                one.severity(),
                one.cause(),
                one.department(),
                one.state(),
                one.dueOn(),
                one.version(),
                steps);
    }

    private static Observation observation(ResultSet row, List<Observation.Step> steps) throws SQLException {
        return new Observation(
                row.getLong("id"),
                row.getLong("item_id"),
                row.getLong("sample_id"),
                row.getInt("place"),
                row.getLong("decision_id"),
                row.getString("reference"),
                row.getString("release_id"),
                row.getString("severity"),
                row.getString("cause"),
                row.getString("department"),
                Observation.State.valueOf(row.getString("state")),
                row.getObject("due_on", LocalDate.class),
                row.getInt("version"),
                steps);
    }
}
