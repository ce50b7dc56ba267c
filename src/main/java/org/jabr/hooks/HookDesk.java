package org.jabr.hooks;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** What people see of news and notices, and what they can do about them. */
@Service
public class HookDesk {

    private static final int NEWEST = 20;

    private final Receivers receivers;
    private final Outbox outbox;
    private final Hooks hooks;
    private final Tally tally;
    private final HookTerms terms;

    HookDesk(Receivers receivers, Outbox outbox, Hooks hooks, Tally tally, HookTerms terms) {
        this.receivers = receivers;
        this.outbox = outbox;
        this.hooks = hooks;
        this.tally = tally;
        this.terms = terms;
    }

    /** Who is told, and those for whom something waits still though they are not configured any more. */
    public List<HookHealth.Out> out() {
        List<Outbox.Backlog> backlog = outbox.backlog();
        TreeSet<String> names = new TreeSet<>();
        receivers.all().forEach(receiver -> names.add(receiver.name()));
        backlog.forEach(one -> names.add(one.receiver()));
        List<HookHealth.Out> out = new ArrayList<>();
        for (String name : names) {
            Receiver receiver = receivers.all().stream()
                    .filter(one -> one.name().equals(name))
                    .findFirst()
                    .orElse(null);
            List<Outbox.Backlog> waiting = backlog.stream()
                    .filter(one -> one.receiver().equals(name) && one.state() != NewsItem.State.STOPPED)
                    .toList();
            int stopped = backlog.stream()
                    .filter(one -> one.receiver().equals(name) && one.state() == NewsItem.State.STOPPED)
                    .mapToInt(Outbox.Backlog::count)
                    .sum();
            OffsetDateTime oldest = waiting.stream()
                    .map(Outbox.Backlog::oldest)
                    .min(Comparator.naturalOrder())
                    .orElse(null);
            out.add(new HookHealth.Out(
                    name,
                    receiver == null ? "" : receiver.host(),
                    receiver == null
                            ? List.of()
                            : receiver.types().stream().sorted().toList(),
                    receiver == null ? null : receiver.turnstile().health(),
                    waiting.stream().mapToInt(Outbox.Backlog::count).sum(),
                    oldest,
                    stopped));
        }
        return out;
    }

    /** Who may tell, and who tried without being configured. */
    public List<HookHealth.In> in() {
        List<HookHealth.Counted> counted = tally.all();
        return Stream.concat(terms.in().keySet().stream(), counted.stream().map(HookHealth.Counted::source))
                .distinct()
                .sorted()
                .map(name -> new HookHealth.In(
                        name,
                        terms.in().containsKey(name),
                        counted.stream()
                                .filter(one -> one.source().equals(name))
                                .toList()))
                .toList();
    }

    /** What was heard last, newest first. */
    public List<HookHealth.Heard> heard() {
        return hooks.newest(NEWEST);
    }

    /** News that were tried often enough, newest first. @param before id of the last one seen; null for the newest */
    public List<NewsItem> stopped(@Nullable Long before, int limit) {
        return outbox.stopped(before, limit);
    }

    /** Has stopped news sent again. @throws Problem {@code HOOK-010} where it is not stopped */
    public void again(long id) {
        outbox.again(id);
    }
}
