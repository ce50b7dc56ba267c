package org.jabr.web.desk;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jabr.people.Account;
import org.jabr.people.Accounts;
import org.jabr.worklist.Presence;
import org.jabr.worklist.WorkFeed;
import org.jabr.worklist.WorkItem;
import org.jabr.worklist.Worklist;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.MediaType;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Tells everybody who looks at the list what changes in it. Each node asks the database once for all who look, and asks
 * nothing where nobody looks; what another node did is told as well.
 */
@Component
class WorkStream {

    private static final Logger LOG = LoggerFactory.getLogger(WorkStream.class);

    /** A browser asks again by itself when it is over, and is checked again then. */
    private static final Duration LONGEST = Duration.ofMinutes(30);

    private final Worklist worklist;
    private final WorkFeed feed;
    private final Presence presence;
    private final Accounts accounts;
    private final Clock clock;
    private final Queue<Watcher> watchers = new ConcurrentLinkedQueue<>();
    private WorkFeed.@Nullable Place place;

    WorkStream(Worklist worklist, WorkFeed feed, Presence presence, Accounts accounts, Clock clock) {
        this.worklist = worklist;
        this.feed = feed;
        this.presence = presence;
        this.accounts = accounts;
        this.clock = clock;
    }

    private record Watcher(
            SseEmitter emitter, String login, String language, Function<OffsetDateTime, Worklist.Filter> filter) {}

    /** @param in changed items that belong to the list as it is narrowed @param out those that do not, any more */
    record Changes(List<Long> in, List<Long> out) {}

    /** @param filter what the reader looks at, at a given time */
    SseEmitter watch(String login, String language, Function<OffsetDateTime, Worklist.Filter> filter) {
        SseEmitter emitter = new SseEmitter(LONGEST.toMillis());
        Watcher watcher = new Watcher(emitter, login, language, filter);
        emitter.onCompletion(() -> watchers.remove(watcher));
        emitter.onTimeout(emitter::complete);
        emitter.onError(gone -> watchers.remove(watcher));
        synchronized (this) {
            if (watchers.isEmpty()) {
                place = feed.begin();
            }
            watchers.add(watcher);
        }
        send(watcher, SseEmitter.event().name("here").data("1"));
        return emitter;
    }

    @Scheduled(initialDelayString = "PT1S", fixedDelayString = "${jabr.worklist.stream:PT1S}")
    void look() {
        try {
            tellChanges();
        } catch (RuntimeException e) {
            LOG.warn("What changed in the worklist could not be told for now: {}", e.toString());
        }
    }

    private void tellChanges() {
        List<Long> changed;
        synchronized (this) {
            if (watchers.isEmpty() || place == null) {
                return;
            }
            changed = feed.news(place);
        }
        if (!changed.isEmpty()) {
            OffsetDateTime now = OffsetDateTime.now(clock);
            List<WorkItem> items = worklist.all(changed);
            watchers.forEach(watcher -> {
                Worklist.Filter filter = watcher.filter().apply(now);
                List<Long> in = ids(items, filter::matches);
                List<Long> out = ids(items, item -> !filter.matches(item));
                send(
                        watcher,
                        SseEmitter.event().name("changes").data(new Changes(in, out), MediaType.APPLICATION_JSON));
            });
        }
    }

    private static List<Long> ids(List<WorkItem> items, Predicate<WorkItem> which) {
        return items.stream().filter(which).map(WorkItem::id).toList();
    }

    /** Also keeps connections alive and finds those that are not. */
    @Scheduled(initialDelayString = "PT5S", fixedDelayString = "PT5S")
    void tellPresence() {
        if (watchers.isEmpty()) {
            return;
        }
        try {
            Map<String, Account> people =
                    accounts.all().stream().collect(Collectors.toMap(Account::login, Function.identity()));
            Map<Long, Set<String>> all = presence.all();
            watchers.forEach(watcher -> {
                Map<Long, List<String>> others = new TreeMap<>();
                all.forEach((item, logins) -> {
                    List<String> names = logins.stream()
                            .filter(login -> !login.equals(watcher.login()))
                            .map(login -> people.containsKey(login)
                                    ? people.get(login).name(watcher.language())
                                    : login)
                            .toList();
                    if (!names.isEmpty()) {
                        others.put(item, names);
                    }
                });
                send(watcher, SseEmitter.event().name("presence").data(others, MediaType.APPLICATION_JSON));
            });
        } catch (RuntimeException e) {
            LOG.warn("Who looks at what could not be told for now: {}", e.toString());
        }
    }

    private void send(Watcher watcher, SseEmitter.SseEventBuilder event) {
        try {
            watcher.emitter().send(event);
        } catch (IOException | IllegalStateException gone) {
            watchers.remove(watcher);
        }
    }

    /** Open streams must not hold up a server that wants to stop. */
    @EventListener(ContextClosedEvent.class)
    void close() {
        watchers.forEach(watcher -> watcher.emitter().complete());
        watchers.clear();
    }
}
