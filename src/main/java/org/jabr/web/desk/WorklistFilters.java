package org.jabr.web.desk;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jabr.worklist.WorkItem;
import org.jabr.worklist.Worklist;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/** What of the worklist a reader wants to see; it stands in the address, so that it can be kept and sent. */
record WorklistFilters(Show show, String queue, String language, String kind) {

    /** Whose work. */
    enum Show {
        ALL,
        MINE,
        FREE,
        DONE;

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
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
                parameters.getOrDefault("queue", "").strip(),
                parameters.getOrDefault("language", "").strip(),
                parameters.getOrDefault("kind", "").strip());
    }

    WorklistFilters showing(Show other) {
        return new WorklistFilters(other, queue, language, kind);
    }

    Worklist.Filter filter(String login) {
        return new Worklist.Filter(
                show == Show.DONE,
                show == Show.MINE ? login : null,
                show == Show.FREE,
                orNull(queue),
                orNull(language),
                knownKind(),
                null);
    }

    /** Whether something narrows the list besides whose work it is. */
    public boolean narrow() {
        return !queue.isEmpty() || !language.isEmpty() || knownKind() != null;
    }

    public String path() {
        return path(null);
    }

    public String path(@Nullable Long after) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("show", show == Show.ALL ? "" : show.word());
        values.put("queue", queue);
        values.put("language", language);
        values.put("kind", kind);
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
