package org.jabr.web.desk;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jabr.cases.CaseDesk;
import org.jabr.cases.CaseFile;
import org.jabr.cases.ClockDesk;
import org.jabr.cases.ClockEvent;
import org.jabr.cases.ClockState;
import org.jabr.cases.PauseFinder;
import org.jabr.cases.Promise;
import org.jabr.web.Reader;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Puts clocks and promises into words. The fragment {@code desk/clocks} asks it, on whatever page it stands. */
@Component("clockReading")
public class ClockReading {

    private final ClockDesk clocks;
    private final CaseDesk desk;
    private final ReleaseWords words;
    private final Reader reader;

    ClockReading(ClockDesk clocks, CaseDesk desk, ReleaseWords words, Reader reader) {
        this.clocks = clocks;
        this.desk = desk;
        this.words = words;
        this.reader = reader;
    }

    /** Everything with a time on it in one case; templates ask for it by the name of this class. */
    public record Panel(List<ClockRow> own, List<ClockRow> statutory, List<PromiseRow> promises, boolean open) {}

    /**
     * What changes by itself while somebody looks.
     *
     * @param state word for how it stands
     * @param left how much time is left
     */
    record Tick(long id, String state, String tone, String left) {}

    record ClockRow(
            Tick tick,
            String name,
            boolean running,
            boolean paused,
            Instant due,
            List<Happened> history,
            List<WorklistPages.Choosable> reasons) {}

    /** @param note what the person said about it; null where nothing */
    record Happened(
            Instant at,
            String sentence,
            String by,
            @Nullable String note) {}

    /** @param said in the words of who promised it; null for the other kinds */
    record PromiseRow(
            Promise promise,
            String name,
            @Nullable String said,
            @Nullable String by,
            String tone,
            boolean open,
            boolean keepable) {}

    /** A pause that somebody should ask about, in words. */
    record PauseRow(
            String reference,
            String clock,
            String who,
            String why,
            @Nullable String note,
            Instant at,
            String left,
            @Nullable Instant ended,
            List<String> signs) {}

    public Panel of(String reference) {
        return of(desk.file(reference), clocks.stories(reference));
    }

    /** The same of what was gathered already. */
    public Panel of(CaseFile file, List<ClockDesk.Story> stories) {
        String release = file.recovery().release();
        List<ClockRow> own = new ArrayList<>();
        List<ClockRow> statutory = new ArrayList<>();
        for (ClockDesk.Story story : stories) {
            (story.clock().statutory() ? statutory : own).add(row(release, story));
        }
        List<PromiseRow> promises = file.promises().stream().map(this::promise).toList();
        return new Panel(own, statutory, promises, !file.recovery().stage().ended());
    }

    List<Tick> ticks(String reference) {
        return clocks.stories(reference).stream().map(this::tick).toList();
    }

    private ClockRow row(String release, ClockDesk.Story story) {
        ClockState state = story.state();
        return new ClockRow(
                tick(story),
                words.named(release, "clock.", story.clock().kind()),
                state.run() == ClockState.Run.RUNNING,
                state.run() == ClockState.Run.PAUSED,
                state.dueAt().toInstant(),
                story.events().stream().map(event -> happened(release, event)).toList(),
                story.reasons().stream()
                        .map(code -> new WorklistPages.Choosable(code, words.word(release, code)))
                        .toList());
    }

    private Tick tick(ClockDesk.Story story) {
        ClockState state = story.state();
        String left = reader.span(state.remaining().toMinutes());
        boolean working = !story.clock().calendar().equals("ALWAYS")
                && !story.clock().calendar().equals("CALENDAR");
        String time = working ? reader.words("clock.working", left) : left;
        String key =
                switch (state.run()) {
                    case RUNNING -> state.breached() ? "LATE" : "RUNNING";
                    case PAUSED -> state.breached() ? "PAUSED_LATE" : "PAUSED";
                    case STOPPED -> state.breached() ? "MISSED" : "MET";
                };
        String tone =
                switch (key) {
                    case "RUNNING" -> "active";
                    case "MET" -> "good";
                    case "PAUSED" -> "warn";
                    default -> "bad";
                };
        return new Tick(
                story.clock().id(), reader.words("clock.run." + key), tone, reader.words("clock.left." + key, time));
    }

    private Happened happened(String release, ClockEvent event) {
        String sentence =
                switch (event.kind()) {
                    case STARTED, RECOMPUTED -> {
                        ClockEvent.Terms terms = event.terms();
                        yield terms == null
                                ? reader.words("clock.event.STARTED.plain")
                                : reader.words(
                                        "clock.event." + event.kind(),
                                        terms.dueAt().toInstant());
                    }
                    case PAUSED -> reader.words("clock.event.PAUSED", reason(release, event.reason()));
                    case RESUMED ->
                        event.reason() == null
                                ? reader.words("clock.event.RESUMED")
                                : reader.words("clock.event.RESUMED.contact");
                    case STOPPED -> reader.words("clock.event.STOPPED");
                };
        return new Happened(
                event.at().toInstant(),
                sentence,
                words.who(event.by()),
                event.note() == null ? null : reader.said(event.note()));
    }

    private String reason(String release, @Nullable String code) {
        return code == null ? "" : words.word(release, code);
    }

    private PromiseRow promise(Promise promise) {
        boolean open = promise.state() == Promise.State.OPEN;
        String tone =
                switch (promise.state()) {
                    case OPEN -> reader.isPast(promise.dueAt().toInstant()) ? "bad" : "active";
                    case KEPT -> "good";
                    case MISSED -> "bad";
                    case CANCELLED -> "";
                };
        return new PromiseRow(
                promise,
                reader.words("promise." + promise.kind().name()),
                promise.said() == null ? null : reader.said(promise.said()),
                Optional.ofNullable(promise.by()).map(words::who).orElse(null),
                tone,
                open,
                open && promise.kind() == Promise.Kind.AGREED);
    }

    PauseRow pause(PauseFinder.Found found) {
        String release = found.recovery().release();
        ClockEvent pause = found.pause();
        return new PauseRow(
                found.recovery().reference(),
                words.named(release, "clock.", found.clock().kind()),
                words.who(pause.by()),
                reason(release, pause.reason()),
                pause.note() == null ? null : reader.said(pause.note()),
                pause.at().toInstant(),
                reader.words(
                        found.remaining().isNegative() ? "clock.left.LATE" : "clock.left.RUNNING",
                        reader.span(found.remaining().toMinutes())),
                found.ended() == null ? null : found.ended().toInstant(),
                found.signs().stream()
                        .map(sign -> reader.words("pauses.sign." + sign.name()))
                        .toList());
    }
}
