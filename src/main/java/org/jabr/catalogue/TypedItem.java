package org.jabr.catalogue;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An item as somebody typed it, by the names of the fields; the same for a form and a line of a file. Costs are written
 * {@code USD 12.50; SAR 45}, lists with spaces, days as {@code 2026-11-30}.
 */
public record TypedItem(Map<String, String> fields) {

    /** The fields, in the order in which files have them. */
    public static final List<String> FIELDS = List.of(
            "code",
            "kind",
            "name-en",
            "name-ar",
            "about-en",
            "about-ar",
            "costs",
            "from",
            "until",
            "regions",
            "languages",
            "failures",
            "tiers",
            "moods",
            "counted");

    public TypedItem {
        Map<String, String> known = new LinkedHashMap<>();
        for (String field : FIELDS) {
            known.put(field, fields.getOrDefault(field, "").strip());
        }
        fields = known;
    }

    /** What was typed into a field; empty where nothing was. */
    public String get(String field) {
        return fields.getOrDefault(field, "");
    }

    /** An item as it would be typed. */
    public static TypedItem of(Item item) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("code", item.code());
        fields.put("kind", item.kind().name());
        fields.put("name-en", item.nameEn());
        fields.put("name-ar", item.nameAr());
        fields.put("about-en", item.aboutEn());
        fields.put("about-ar", item.aboutAr());
        fields.put(
                "costs",
                item.costs().values().stream()
                        .map(cost -> cost.currency() + " " + cost.amount().toPlainString())
                        .collect(Collectors.joining("; ")));
        fields.put("from", day(item.from()));
        fields.put("until", day(item.until()));
        fields.put("regions", String.join(" ", item.regions()));
        fields.put("languages", String.join(" ", item.languages()));
        fields.put("failures", String.join(" ", item.failures()));
        fields.put("tiers", String.join(" ", item.tiers()));
        fields.put("moods", String.join(" ", item.moods()));
        fields.put("counted", item.counted() ? "yes" : "no");
        return new TypedItem(fields);
    }

    private static String day(@Nullable LocalDate day) {
        return day == null ? "" : day.toString();
    }

    /** What differs from another one. */
    List<Items.Change> since(TypedItem before) {
        List<Items.Change> changes = new ArrayList<>();
        for (String field : FIELDS) {
            if (!get(field).equals(before.get(field))) {
                changes.add(new Items.Change(field, before.get(field), get(field)));
            }
        }
        return changes;
    }
}
