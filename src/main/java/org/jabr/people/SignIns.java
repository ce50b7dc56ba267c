package org.jabr.people;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Tells who signs in. Refusals count for accounts that exist only: what else is typed there may be a password. They are
 * told once a minute for each account, so that guessing passwords fills nothing.
 */
@Component
public class SignIns {

    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final Accounts accounts;
    private final ApplicationEventPublisher events;
    private final Clock clock;
    private final Map<String, Refused> refusals = new ConcurrentHashMap<>();

    SignIns(Accounts accounts, ApplicationEventPublisher events, Clock clock) {
        this.accounts = accounts;
        this.events = events;
        this.clock = clock;
    }

    private record Refused(Instant told, int since, int tell) {}

    @Transactional
    public void done(String login) {
        events.publishEvent(new SignIn(login, SignIn.Kind.DONE, 1));
    }

    @Transactional
    public void left(String login) {
        events.publishEvent(new SignIn(login, SignIn.Kind.LEFT, 1));
    }

    @Transactional
    public void refused(String typed) {
        accounts.find(typed).map(Account::login).ifPresent(login -> {
            Instant now = clock.instant();
            Refused known = refusals.merge(
                    login,
                    new Refused(now, 0, 1),
                    (before, first) -> before.told().plus(PAUSE).isAfter(now)
                            ? new Refused(before.told(), before.since() + 1, 0)
                            : new Refused(now, 0, before.since() + 1));
            if (known.tell() > 0) {
                events.publishEvent(new SignIn(login, SignIn.Kind.REFUSED, known.tell()));
            }
        });
    }
}
