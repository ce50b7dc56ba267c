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
    private final Clock clock;

    Absences(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
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

    @Transactional
    public void add(String login, OffsetDateTime from, OffsetDateTime until, @Nullable String standIn) {
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
    }

    @Transactional
    public void remove(long id) {
        jdbc.sql("delete from account_absence where id = :id").param("id", id).update();
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
