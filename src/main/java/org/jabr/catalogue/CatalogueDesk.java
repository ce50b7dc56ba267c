package org.jabr.catalogue;

import java.io.IOException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jabr.releases.Releases;
import org.jabr.rules.CurrencyTerms;
import org.jabr.rules.Decider;
import org.jabr.rules.Problem;
import org.jabr.treasury.BudgetDesk;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Looks after the catalogue: makes items, changes them, retires them, and puts pieces into store. */
@Service
public class CatalogueDesk {

    private static final int MOST_LINES = 1000;

    private final Items items;
    private final BudgetDesk budgets;
    private final Releases releases;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    CatalogueDesk(Items items, BudgetDesk budgets, Releases releases, ApplicationEventPublisher events, Clock clock) {
        this.items = items;
        this.budgets = budgets;
        this.releases = releases;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Adds an item.
     *
     * @throws Problem {@code CATALOGUE-013} where the code is taken; as {@link CatalogueRefused} with all fields that are
     *     wrong {@code CATALOGUE-002} to {@code CATALOGUE-012}
     */
    @Transactional
    public Item add(TypedItem typed, String by) {
        Item item = check().read(typed, true, 1, by, OffsetDateTime.now(clock));
        items.alone();
        if (items.find(item.code()).isPresent()) {
            throw new CatalogueRefused(Map.of("code", new Problem(Problem.Kind.INVALID, "CATALOGUE-013", item.code())));
        }
        items.add(item);
        kept(item, List.of(new Items.Change("added", "", item.code())), by);
        return item;
    }

    /**
     * Changes an item. What was given before keeps its code and nothing else of it.
     *
     * @param version that the reader saw
     * @throws Problem {@code CATALOGUE-001} no such item, {@code CATALOGUE-015} where somebody else changed it meanwhile,
     *     {@code CATALOGUE-016} where its kind changes; wrong fields as in {@link #add}
     */
    @Transactional
    public Item change(String code, int version, TypedItem typed, String by) {
        Item before = known(code);
        Map<String, String> fields = new HashMap<>(typed.fields());
        fields.put("code", code);
        Item item = check().read(new TypedItem(fields), before.active(), version + 1, by, OffsetDateTime.now(clock));
        if (item.kind() != before.kind()) {
            throw new CatalogueRefused(Map.of("kind", new Problem(Problem.Kind.INVALID, "CATALOGUE-016", code)));
        }
        List<Items.Change> changes = TypedItem.of(item).since(TypedItem.of(before));
        if (changes.isEmpty() && before.version() == version) {
            return before;
        }
        replace(item, version);
        kept(item, changes, by);
        return item;
    }

    /**
     * Retires an item, or gives it again.
     *
     * @throws Problem {@code CATALOGUE-001}, {@code CATALOGUE-015}
     */
    @Transactional
    public Item activate(String code, int version, boolean active, String by) {
        Item before = known(code);
        Item item = new Item(
                before.code(),
                before.kind(),
                before.nameEn(),
                before.nameAr(),
                before.aboutEn(),
                before.aboutAr(),
                before.costs(),
                before.from(),
                before.until(),
                before.regions(),
                before.languages(),
                before.failures(),
                before.tiers(),
                before.moods(),
                before.counted(),
                active,
                version + 1,
                by,
                OffsetDateTime.now(clock));
        replace(item, version);
        kept(item, List.of(new Items.Change("active", yes(before.active()), yes(active))), by);
        return item;
    }

    private static String yes(boolean value) {
        return value ? "yes" : "no";
    }

    /**
     * Puts pieces into store, or takes some out that are broken or gone.
     *
     * @param pieces below zero to take out
     * @return whether it holds now; otherwise another person must agree first
     * @throws Problem {@code CATALOGUE-001}, {@code CATALOGUE-017} where its pieces are not counted; as
     *     {@link BudgetDesk#stock}
     */
    @Transactional
    public boolean receive(String code, long pieces, String reason, Decider by) {
        Item item = known(code);
        if (!item.counted()) {
            throw new Problem(Problem.Kind.INVALID, "CATALOGUE-017", code);
        }
        return budgets.stock(item.store(), pieces, reason, by);
    }

    /**
     * What became of a file.
     *
     * @param refused what is wrong, by line
     */
    public record Taken(int added, int changed, int same, List<Refused> refused) {

        public Taken {
            refused = List.copyOf(refused);
        }
    }

    /** @param line of the file; the first one has the names of the columns */
    public record Refused(long line, String code, CatalogueRefused problem) {}

    /**
     * Takes items over from a file with the columns {@link TypedItem#FIELDS}, in any order. A line that is wrong is
     * refused and the others are taken; what is known already is changed.
     *
     * @throws Problem {@code CATALOGUE-018} where it cannot be read or has other columns, {@code CATALOGUE-019} where it is
     *     too long
     */
    @Transactional
    public Taken take(String file, String by) {
        List<CSVRecord> records = read(file);
        int added = 0;
        int changed = 0;
        int same = 0;
        List<Refused> refused = new ArrayList<>();
        for (CSVRecord one : records) {
            TypedItem typed = new TypedItem(one.toMap());
            try {
                Optional<Item> known = items.find(typed.get("code"));
                if (known.isEmpty()) {
                    add(typed, by);
                    added++;
                } else if (change(typed.get("code"), known.get().version(), typed, by)
                                .version()
                        > known.get().version()) {
                    changed++;
                } else {
                    same++;
                }
            } catch (CatalogueRefused wrong) {
                refused.add(new Refused(one.getRecordNumber() + 1, Shelf.shown(typed.get("code")), wrong));
            }
        }
        return new Taken(added, changed, same, refused);
    }

    private static List<CSVRecord> read(String file) {
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .setTrim(true)
                .setIgnoreEmptyLines(true)
                .get();
        String text = file.startsWith("\uFEFF") ? file.substring(1) : file;
        try (CSVParser parser = CSVParser.parse(text, format)) {
            boolean columns = parser.getHeaderNames().size() == TypedItem.FIELDS.size()
                    && parser.getHeaderNames().containsAll(TypedItem.FIELDS);
            List<CSVRecord> records = columns ? parser.getRecords() : List.of();
            if (records.size() > MOST_LINES) {
                throw new Problem(Problem.Kind.INVALID, "CATALOGUE-019", MOST_LINES);
            }
            if (!records.isEmpty() && records.stream().allMatch(CSVRecord::isConsistent)) {
                return records;
            }
        } catch (IOException | IllegalArgumentException | IllegalStateException | java.io.UncheckedIOException e) {
            // Said below.
        }
        throw new Problem(Problem.Kind.INVALID, "CATALOGUE-018", String.join(", ", TypedItem.FIELDS));
    }

    private Item known(String code) {
        return items.find(code)
                .orElseThrow(() -> new Problem(Problem.Kind.NOT_FOUND, "CATALOGUE-001", Shelf.shown(code)));
    }

    private void replace(Item item, int version) {
        if (!items.change(item, version)) {
            throw new Problem(Problem.Kind.CONFLICT, "CATALOGUE-015", item.code());
        }
    }

    private void kept(Item item, List<Items.Change> changes, String by) {
        if (item.counted()) {
            budgets.open(item.store());
        }
        items.remember(item.code(), item.version(), changes, by, item.changedAt());
        events.publishEvent(new Item.Changed(
                item, changes.stream().collect(Collectors.toMap(Items.Change::field, Items.Change::became)), by));
    }

    private ItemCheck check() {
        return new ItemCheck(releases.rulebook(releases.live().id()).currencies().stream()
                .collect(Collectors.toMap(CurrencyTerms::code, CurrencyTerms::digits)));
    }
}
