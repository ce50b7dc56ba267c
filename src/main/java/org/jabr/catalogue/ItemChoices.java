package org.jabr.catalogue;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jabr.rules.CaseId;
import org.jabr.rules.RuleRef;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which item each remedy is, and what was picked for remedies to come. */
@Component
class ItemChoices {

    private static final String COLUMNS =
            "select effect_key, customer_id, kind, item, release_id, points, because, passed, by_login, chosen_at, given from item_choice ";

    private static final int LONGEST_PASSED = 4000;

    private final JdbcClient jdbc;

    ItemChoices(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<ItemChoice> find(String effect) {
        return jdbc.sql(COLUMNS + "where effect_key = :key")
                .param("key", effect)
                .query(ItemChoices::choice)
                .optional();
    }

    /**
     * What the customer was given the last time of this kind, read anew each time, because H2 may answer the same
     * question of the same session from before.
     *
     * @param except key of a remedy that does not count; null where all count
     */
    Optional<String> last(long customer, Item.Kind kind, @Nullable String except) {
        return jdbc.sql(
                        "select item from item_choice where customer_id = :customer and kind = :kind and given and effect_key <> :except and random() >= 0 order by chosen_at desc, effect_key desc fetch first 1 rows only")
                .param("customer", customer)
                .param("kind", kind.name())
                .param("except", except == null ? "" : except)
                .query(String.class)
                .optional();
    }

    /** How often the customer was given it. */
    int times(long customer, String item) {
        return jdbc.sql("select count(*) from item_choice where customer_id = :customer and item = :item and given")
                .param("customer", customer)
                .param("item", item)
                .query(Integer.class)
                .single();
    }

    /** Replaces what was chosen for the same remedy before. */
    void put(ItemChoice choice) {
        jdbc.sql("delete from item_choice where effect_key = :key")
                .param("key", choice.effect())
                .update();
        jdbc.sql("""
                        insert into item_choice (effect_key, customer_id, kind, item, release_id, points, because, passed, by_login, chosen_at, given)
                        values (:key, :customer, :kind, :item, :release, :points, :because, :passed, :by, :at, :given)
                        """)
                .param("key", choice.effect())
                .param("customer", choice.customerId())
                .param("kind", choice.kind().name())
                .param("item", choice.item())
                .param("release", choice.release())
                .param("points", choice.points())
                .param("because", choice.because().stream().map(RuleRef::id).collect(Collectors.joining(" ")))
                .param("passed", written(choice.passed()))
                .param("by", choice.by())
                .param("at", choice.at())
                .param("given", choice.given())
                .update();
    }

    /** Whether the customer gets it, or does not after all. */
    void settle(String effect, boolean given) {
        jdbc.sql(
                        "update item_choice set given = :given where effect_key = :key and item is not null and given <> :given")
                .param("given", given)
                .param("key", effect)
                .update();
    }

    /** Whole words only: of what was passed over, the first say most. */
    private static String written(List<ItemChoice.Passed> passed) {
        StringBuilder written = new StringBuilder();
        for (ItemChoice.Passed one : passed) {
            String word = one.item() + ":" + one.reason() + " ";
            if (written.length() + word.length() > LONGEST_PASSED) {
                break;
            }
            written.append(word);
        }
        return written.toString().strip();
    }

    void wish(CaseId caseId, String remedy, String item, String by) {
        forget(caseId, remedy);
        jdbc.sql("insert into item_wish (case_id, remedy, item, by_login) values (:case, :remedy, :item, :by)")
                .param("case", caseId.value())
                .param("remedy", remedy)
                .param("item", item)
                .param("by", by)
                .update();
    }

    Optional<String> takeWish(CaseId caseId, String remedy) {
        Optional<String> wish = jdbc.sql("select item from item_wish where case_id = :case and remedy = :remedy")
                .param("case", caseId.value())
                .param("remedy", remedy)
                .query(String.class)
                .optional();
        wish.ifPresent(item -> forget(caseId, remedy));
        return wish;
    }

    private void forget(CaseId caseId, String remedy) {
        jdbc.sql("delete from item_wish where case_id = :case and remedy = :remedy")
                .param("case", caseId.value())
                .param("remedy", remedy)
                .update();
    }

    /** The choices of an item, the newest first; {@code before} is the key of the last one seen. */
    List<ItemChoice> ofItem(String item, @Nullable String before, int most) {
        String from = before == null
                ? ""
                : "and (chosen_at, effect_key) < (select chosen_at, effect_key from item_choice where effect_key = :before) ";
        JdbcClient.StatementSpec asked = jdbc.sql(COLUMNS + "where item = :item " + from
                        + "order by chosen_at desc, effect_key desc fetch first :most rows only")
                .param("item", item)
                .param("most", most);
        return (before == null ? asked : asked.param("before", before))
                .query(ItemChoices::choice)
                .list();
    }

    private static ItemChoice choice(ResultSet row, int n) throws SQLException {
        return new ItemChoice(
                row.getString("effect_key"),
                row.getLong("customer_id"),
                Item.Kind.valueOf(row.getString("kind")),
                row.getString("item"),
                row.getString("release_id"),
                row.getLong("points"),
                words(row.getString("because")).map(RuleRef::new).toList(),
                words(row.getString("passed"))
                        .map(word -> word.split(":"))
                        .map(parts -> new ItemChoice.Passed(parts[0], ItemChoice.Reason.valueOf(parts[1])))
                        .toList(),
                row.getString("by_login"),
                row.getObject("chosen_at", OffsetDateTime.class),
                row.getBoolean("given"));
    }

    private static Stream<String> words(String written) {
        return Arrays.stream(written.split(" ")).filter(word -> !word.isEmpty());
    }
}
