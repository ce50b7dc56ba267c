package org.jabr.web.desk;

import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jabr.rules.Decider;
import org.jabr.worklist.WorkItem;
import org.jabr.worklist.Worklist;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * What of the worklist a reader wants to see; it stands in the address, so that it can be kept and sent.
 *
 * @param may {@code me} for only what the reader may do
 * @param assignee login of who has it
 * @param due {@code late}, or within how many hours it is due
 * @param q what is looked for
 */
record WorklistFilters(
        Show show,
        String queue,
        String language,
        String kind,
        String skill,
        String may,
        String assignee,
        String due,
        String q) {

    private static final int LONGEST = 120;
    private static final Pattern HOURS = Pattern.compile("[1-9]\\d{0,2}");

    /** Whose work. */
    enum Show {
        ALL,
        MINE,
        FREE,
        SNOOZED,
        DONE;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static WorklistFilters of(Map<String, String> parameters) {
        String asked = parameters.getOrDefault("show", "");
        Show show = Arrays.stream(Show.values())
                .filter(one -> one.word().equals(asked))
                .findFirst()
                .orElse(Show.ALL);
        return new WorklistFilters(
                show,
                text(parameters, "queue"),
                text(parameters, "language"),
                text(parameters, "kind"),
                text(parameters, "skill"),
                text(parameters, "may"),
                text(parameters, "assignee"),
                text(parameters, "due"),
                text(parameters, "q"));
    }

    private static String text(Map<String, String> parameters, String name) {
        String text = parameters.getOrDefault(name, "").strip();
        return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    }

    WorklistFilters showing(Show other) {
        return new WorklistFilters(other, queue, language, kind, skill, may, assignee, due, q);
    }

    /** @param found what is looked for; null where nothing is */
    Worklist.Filter filter(Decider by, OffsetDateTime now, WorkFinder.@Nullable Found found) {
        boolean mine = may.equals("me");
        return new Worklist.Filter(
                switch (show) {
                    case DONE -> Worklist.Filter.Show.ENDED;
                    case SNOOZED -> Worklist.Filter.Show.SNOOZED;
                    default -> Worklist.Filter.Show.OPEN;
                },
                show == Show.MINE ? by.login() : orNull(assignee),
                show == Show.FREE,
                orNull(queue),
                orNull(language),
                knownKind(),
                found == null ? null : found.reference(),
                orNull(skill),
                mine ? by.authority() : null,
                mine ? by.login() : null,
                dueBefore(now),
                found == null ? null : found.cases(),
                found == null ? null : found.subject(),
                found == null ? null : found.names());
    }

    private @Nullable OffsetDateTime dueBefore(OffsetDateTime now) {
        if (due.equals("late")) {
            return now;
        }
        return HOURS.matcher(due).matches() ? now.plusHours(Integer.parseInt(due)) : null;
    }

    /** Whether something narrows the list besides whose work it is. */
    public boolean narrow() {
        return !showing(Show.ALL).path().equals("/worklist");
    }

    public String path() {
        return path(null);
    }

    /** The part of the address behind the question mark; empty where nothing is narrowed. */
    public String query() {
        String path = path();
        int mark = path.indexOf('?');
        return mark < 0 ? "" : path.substring(mark + 1);
    }

    public String path(@Nullable Long after) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("show", show == Show.ALL ? "" : show.word());
        values.put("queue", queue);
        values.put("language", language);
        values.put("kind", kind);
        values.put("skill", skill);
        values.put("may", may);
        values.put("assignee", assignee);
        values.put("due", due);
        values.put("q", q);
        values.put("after", after == null ? "" : String.valueOf(after));
        UriComponentsBuilder path = UriComponentsBuilder.fromPath("/worklist");
        values.forEach((name, value) -> {
            if (!value.isEmpty()) {
                path.queryParam(name, "{" + name + "}");
            }
        });
        return path.encode().buildAndExpand(values).toUriString();
    }

    public List<WorkItem.Kind> kinds() {
        return List.of(WorkItem.Kind.values());
    }

    private WorkItem.@Nullable Kind knownKind() {
        return Arrays.stream(WorkItem.Kind.values())
                .filter(one -> one.name().equals(kind))
                .findFirst()
                .orElse(null);
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
