package org.jabr.people;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Pauses that people take for themselves: meanwhile nothing new comes to them. What they have stays theirs. */
@Repository
public class Breaks {

    private final JdbcClient jdbc;
    private final Clock clock;

    Breaks(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** A break begins now; one that runs already ends with this one. */
    @Transactional
    public void begin(String login, OffsetDateTime until) {
        OffsetDateTime now = OffsetDateTime.now(clock);
        if (!until.isAfter(now)) {
            throw new IllegalArgumentException("a break ends after it begins");
        }
        // Of two clicks at once the second one finds the first one's break and moves its end.
        jdbc.sql("select login from account where login = :login for update")
                .param("login", login)
                .query(String.class)
                .single();
        int rows = jdbc.sql("update account_break set until_at = :until where login = :login and until_at > :now")
                .param("until", until)
                .param("login", login)
                .param("now", now)
                .update();
        if (rows == 0) {
            jdbc.sql("insert into account_break (login, from_at, until_at) values (:login, :now, :until)")
                    .param("login", login)
                    .param("now", now)
                    .param("until", until)
                    .update();
        }
    }

    /** They are back, before their break was over. */
    @Transactional
    public void end(String login) {
        OffsetDateTime now = OffsetDateTime.now(clock);
        jdbc.sql("update account_break set until_at = :now where login = :login and until_at > :now")
                .param("login", login)
                .param("now", now)
                .update();
    }

    /** Until when this person has a break now; empty where they have none. */
    public Optional<OffsetDateTime> now(String login) {
        return Optional.ofNullable(now().get(login));
    }

    /** Until when each of those has a break who have one now. */
    public Map<String, OffsetDateTime> now() {
        Map<String, OffsetDateTime> breaks = new HashMap<>();
        jdbc.sql("select login, max(until_at) until_at from account_break where until_at > :now group by login")
                .param("now", OffsetDateTime.now(clock))
                .query((row, n) -> breaks.put(row.getString("login"), row.getObject("until_at", OffsetDateTime.class)))
                .list();
        return breaks;
    }

    /** When this person's last break ended; in the future where it has not. */
    public Optional<OffsetDateTime> last(String login) {
        return jdbc.sql(
                        "select until_at from account_break where login = :login order by until_at desc fetch first 1 rows only")
                .param("login", login)
                .query(OffsetDateTime.class)
                .optional();
    }
}
