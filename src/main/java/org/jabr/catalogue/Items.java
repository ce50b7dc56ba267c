package org.jabr.catalogue;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jabr.rules.Money;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The items as they are stored. */
@Component
class Items {

    private static final String COLUMNS =
            "select code, kind, name_en, name_ar, about_en, about_ar, from_day, until_day, regions, languages, failures, tiers, moods, counted, active, version, changed_by, changed_at from catalogue_item ";

    private final JdbcClient jdbc;

    Items(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A change of one field. */
    record Change(String field, String was, String became) {}

    Optional<Item> find(String code) {
        return with(jdbc.sql(COLUMNS + "where code = :code")
                        .param("code", code)
                        .query((row, n) -> row(row))
                        .list())
                .stream()
                .findFirst();
    }

    /** Everything of a kind that is given, by code. */
    List<Item> active(Item.Kind kind) {
        return with(jdbc.sql(COLUMNS + "where kind = :kind and active order by code")
                .param("kind", kind.name())
                .query((row, n) -> row(row))
                .list());
    }

    /** Some by code, from the one after {@code after} on. */
    List<Item> list(Item.@Nullable Kind kind, @Nullable Boolean active, @Nullable String after, int most) {
        StringBuilder sql = new StringBuilder(COLUMNS).append("where code > :after ");
        if (kind != null) {
            sql.append("and kind = :kind ");
        }
        if (active != null) {
            sql.append(active ? "and active " : "and not active ");
        }
        JdbcClient.StatementSpec asked = jdbc.sql(
                        sql.append("order by code fetch first :most rows only").toString())
                .param("after", after == null ? "" : after)
                .param("most", most);
        return with((kind == null ? asked : asked.param("kind", kind.name()))
                .query((row, n) -> row(row))
                .list());
    }

    /** Nobody else makes an item until the transaction ends. */
    void alone() {
        jdbc.sql("select id from catalogue_key where id = 1 for update")
                .query(Integer.class)
                .single();
    }

    void add(Item item) {
        jdbc.sql("""
                        insert into catalogue_item (code, kind, name_en, name_ar, about_en, about_ar, from_day, until_day, regions, languages,
                            failures, tiers, moods, counted, active, version, changed_by, changed_at)
                        values (:code, :kind, :nameEn, :nameAr, :aboutEn, :aboutAr, :from, :until, :regions, :languages,
                            :failures, :tiers, :moods, :counted, :active, :version, :by, :at)
                        """).params(values(item)).update();
        costs(item);
    }

    /** @return whether nobody changed it since this version */
    boolean change(Item item, int before) {
        boolean still =
                jdbc.sql("""
                        update catalogue_item set kind = :kind, name_en = :nameEn, name_ar = :nameAr, about_en = :aboutEn, about_ar = :aboutAr,
                            from_day = :from, until_day = :until, regions = :regions, languages = :languages, failures = :failures, tiers = :tiers,
                            moods = :moods, counted = :counted, active = :active, version = :version, changed_by = :by, changed_at = :at
                        where code = :code and version = :before
                        """).params(values(item)).param("before", before).update() == 1;
        if (still) {
            jdbc.sql("delete from catalogue_cost where item = :item")
                    .param("item", item.code())
                    .update();
            costs(item);
        }
        return still;
    }

    private static Map<String, @Nullable Object> values(Item item) {
        Map<String, @Nullable Object> values = new HashMap<>();
        values.put("code", item.code());
        values.put("kind", item.kind().name());
        values.put("nameEn", item.nameEn());
        values.put("nameAr", item.nameAr());
        values.put("aboutEn", item.aboutEn());
        values.put("aboutAr", item.aboutAr());
        values.put("from", item.from());
        values.put("until", item.until());
        values.put("regions", String.join(" ", item.regions()));
        values.put("languages", String.join(" ", item.languages()));
        values.put("failures", String.join(" ", item.failures()));
        values.put("tiers", String.join(" ", item.tiers()));
        values.put("moods", String.join(" ", item.moods()));
        values.put("counted", item.counted());
        values.put("active", item.active());
        values.put("version", item.version());
        values.put("by", item.changedBy());
        values.put("at", item.changedAt());
        return values;
    }

    private void costs(Item item) {
        item.costs().forEach((currency, cost) -> jdbc.sql(
                        "insert into catalogue_cost (item, currency, minor) values (:item, :currency, :minor)")
                .param("item", item.code())
                .param("currency", currency)
                .param("minor", cost.minor())
                .update());
    }

    void remember(String item, int version, List<Change> changes, String by, OffsetDateTime at) {
        for (Change change : changes) {
            jdbc.sql("""
                            insert into catalogue_change (item, version, field, was, became, by_login, at)
                            values (:item, :version, :field, :was, :became, :by, :at)
                            """)
                    .param("item", item)
                    .param("version", version)
                    .param("field", change.field())
                    .param("was", change.was())
                    .param("became", change.became())
                    .param("by", by)
                    .param("at", at)
                    .update();
        }
    }

    /** The newest first. */
    List<ItemChange> changes(String item, int most) {
        return jdbc.sql(
                        "select version, field, was, became, by_login, at from catalogue_change where item = :item order by id desc fetch first :most rows only")
                .param("item", item)
                .param("most", most)
                .query((row, n) -> new ItemChange(
                        row.getInt("version"),
                        row.getString("field"),
                        row.getString("was"),
                        row.getString("became"),
                        row.getString("by_login"),
                        row.getObject("at", OffsetDateTime.class)))
                .list();
    }

    private List<Item> with(List<Item> rows) {
        if (rows.isEmpty()) {
            return rows;
        }
        Map<String, SortedMap<String, Money>> costs = new HashMap<>();
        jdbc.sql("select item, currency, minor from catalogue_cost where item in (:items)")
                .param("items", rows.stream().map(Item::code).toList())
                .query(row -> {
                    String currency = row.getString("currency");
                    costs.computeIfAbsent(row.getString("item"), item -> new TreeMap<>())
                            .put(currency, Money.ofMinor(row.getLong("minor"), currency));
                });
        return rows.stream()
                .map(item -> new Item(
                        item.code(),
                        item.kind(),
                        item.nameEn(),
                        item.nameAr(),
                        item.aboutEn(),
                        item.aboutAr(),
                        costs.getOrDefault(item.code(), new TreeMap<>()),
                        item.from(),
                        item.until(),
                        item.regions(),
                        item.languages(),
                        item.failures(),
                        item.tiers(),
                        item.moods(),
                        item.counted(),
                        item.active(),
                        item.version(),
                        item.changedBy(),
                        item.changedAt()))
                .toList();
    }

    private static Item row(ResultSet row) throws SQLException {
        return new Item(
                row.getString("code"),
                Item.Kind.valueOf(row.getString("kind")),
                row.getString("name_en"),
                row.getString("name_ar"),
                row.getString("about_en"),
                row.getString("about_ar"),
                new TreeMap<>(),
                row.getObject("from_day", LocalDate.class),
                row.getObject("until_day", LocalDate.class),
                words(row.getString("regions")),
                words(row.getString("languages")),
                words(row.getString("failures")),
                words(row.getString("tiers")),
                words(row.getString("moods")),
                row.getBoolean("counted"),
                row.getBoolean("active"),
                row.getInt("version"),
                row.getString("changed_by"),
                row.getObject("changed_at", OffsetDateTime.class));
    }

    static Set<String> words(String written) {
        return Arrays.stream(written.split("[ ,;]+"))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
