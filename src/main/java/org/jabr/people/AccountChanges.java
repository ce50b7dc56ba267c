package org.jabr.people;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Who changed what about whom. */
@Repository
public class AccountChanges {

    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    AccountChanges(JdbcClient jdbc, ApplicationEventPublisher events, Clock clock) {
        this.jdbc = jdbc;
        this.events = events;
        this.clock = clock;
    }

    /** The newest changes about a person. */
    public List<AccountChange> of(String login, int most) {
        return jdbc.sql(
                        "select login, kind, detail, by_whom, at from account_change where login = :login order by id desc fetch first :most rows only")
                .param("login", login)
                .param("most", most)
                .query((row, n) -> new AccountChange(
                        row.getString("login"),
                        AccountChange.Kind.valueOf(row.getString("kind")),
                        row.getString("detail"),
                        row.getString("by_whom"),
                        row.getObject("at", OffsetDateTime.class)))
                .list();
    }

    /** As part of the caller's transaction. */
    void add(String login, AccountChange.Kind kind, String detail, String by) {
        AccountChange change = new AccountChange(login, kind, detail, by, OffsetDateTime.now(clock));
        jdbc.sql(
                        "insert into account_change (login, kind, detail, by_whom, at) values (:login, :kind, :detail, :by, :at)")
                .param("login", login)
                .param("kind", kind.name())
                .param("detail", detail)
                .param("by", by)
                .param("at", change.at())
                .update();
        events.publishEvent(change);
    }
}
