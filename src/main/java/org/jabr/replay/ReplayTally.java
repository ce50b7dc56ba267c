package org.jabr.replay;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jabr.replay.ReplayRun.Counts;
import org.jspecify.annotations.Nullable;

/** Counts replayed decisions by release and engines. Not for several threads. */
final class ReplayTally {

    private record Key(
            String release,
            @Nullable String engineThen,
            @Nullable String engineNow,
            @Nullable String failure) {}

    private final Map<Key, Counts> counts = new LinkedHashMap<>();

    static ReplayTally of(List<ReplayRun.Part> parts) {
        ReplayTally tally = new ReplayTally();
        parts.forEach(tally::add);
        return tally;
    }

    void add(ReplayRun.Part part) {
        counts.merge(
                new Key(part.release(), part.engineThen(), part.engineNow(), part.failure()),
                part.counts(),
                Counts::plus);
    }

    List<ReplayRun.Part> parts() {
        List<ReplayRun.Part> parts = new ArrayList<>();
        counts.forEach((key, count) ->
                parts.add(new ReplayRun.Part(key.release(), key.engineThen(), key.engineNow(), key.failure(), count)));
        return parts;
    }

    static Counts sum(List<ReplayRun.Part> parts) {
        return parts.stream().map(ReplayRun.Part::counts).reduce(Counts.NONE, Counts::plus);
    }
}
