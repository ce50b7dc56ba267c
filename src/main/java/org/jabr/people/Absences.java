package org.jabr.people;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Who is away, until when, and who stands in for them. */
@Repository
public class Absences {

    private static final String COLUMNS = "select id, login, from_at, until_at, stand_in from account_absence ";

    private final JdbcClient jdbc;
    private final AccountChanges changes;
    private final Clock clock;

    Absences(JdbcClient jdbc, AccountChanges changes, Clock clock) {
        this.jdbc = jdbc;
        this.changes = changes;
        this.clock = clock;
    }

    /** @param standIn who takes their work meanwhile; null where it goes back to everybody */
    public record Absence(
            long id,
            String login,
            OffsetDateTime from,
            OffsetDateTime until,
            @Nullable String standIn) {}

    /** The absence that keeps this person away right now; the one that ends last where there are several. */
    public Optional<Absence> now(String login) {
        return jdbc.sql(
                        COLUMNS
                                + "where login = :login and from_at <= :at and until_at > :at order by until_at desc, id fetch first 1 rows only")
                .param("login", login)
                .param("at", OffsetDateTime.now(clock))
                .query(Absences::absence)
                .optional();
    }

    /** Everybody's absences that have not ended, the next to begin first. */
    public List<Absence> coming() {
        return jdbc.sql(COLUMNS + "where until_at > :at order by from_at, id")
                .param("at", OffsetDateTime.now(clock))
                .query(Absences::absence)
                .list();
    }

    /**
     * Who does this person's work right now: they themselves, or else whoever stands in for them, or for those in turn.
     * Empty where nobody does.
     */
    public Optional<String> present(String login) {
        Set<String> asked = new HashSet<>();
        String one = login;
        while (one != null && asked.add(one)) {
            Optional<Absence> absence = now(one);
            if (absence.isEmpty()) {
                return Optional.of(one);
            }
            one = absence.get().standIn();
        }
        return Optional.empty();
    }

    /**
     * Somebody will be away.
     *
     * @param standIn who takes their work meanwhile; null where it goes back to everybody
     * @param by who says so
     */
    @Transactional
    public void add(String login, OffsetDateTime from, OffsetDateTime until, @Nullable String standIn, String by) {
        if (!until.isAfter(from)) {
            throw new IllegalArgumentException("an absence ends after it begins");
        }
        jdbc.sql(
                        "insert into account_absence (login, from_at, until_at, stand_in) values (:login, :from, :until, :standIn)")
                .param("login", login)
                .param("from", from)
                .param("until", until)
                .param("standIn", standIn)
                .update();
        changes.add(login, AccountChange.Kind.ABSENCE_ADDED, detail(from, until, standIn), by);
    }

    /** An absence is not so, or not any more. @return whose it was; empty where it was gone already */
    @Transactional
    public Optional<String> remove(long id, String by) {
        Optional<Absence> absence = jdbc.sql(COLUMNS + "where id = :id for update")
                .param("id", id)
                .query(Absences::absence)
                .optional();
        absence.ifPresent(one -> {
            jdbc.sql("delete from account_absence where id = :id")
                    .param("id", id)
                    .update();
            changes.add(
                    one.login(),
                    AccountChange.Kind.ABSENCE_REMOVED,
                    detail(one.from(), one.until(), one.standIn()),
                    by);
        });
        return absence.map(Absence::login);
    }

    private static String detail(OffsetDateTime from, OffsetDateTime until, @Nullable String standIn) {
        return from.toInstant() + "/" + until.toInstant() + (standIn == null ? "" : "/" + standIn);
    }

    private static Absence absence(ResultSet row, int n) throws SQLException {
        return new Absence(
                row.getLong("id"),
                row.getString("login"),
                row.getObject("from_at", OffsetDateTime.class),
                row.getObject("until_at", OffsetDateTime.class),
                row.getString("stand_in"));
    }
}
