package org.jabr.web.desk;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jabr.catalogue.Catalogue;
import org.jabr.catalogue.Item;
import org.jabr.catalogue.ItemChoice;
import org.jabr.catalogue.Shelf;
import org.jabr.releases.Releases;
import org.jabr.remedies.Effect;
import org.jabr.remedies.Effects;
import org.jabr.rules.FactField;
import org.jabr.rules.RuleWords;
import org.jabr.rules.Vocabulary;
import org.jabr.treasury.Treasury;
import org.jabr.web.Reader;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Puts the catalogue, and what was chosen of it, into words. */
@Component
public class CatalogueReading {

    private final Catalogue catalogue;
    private final Shelf shelf;
    private final Effects effects;
    private final Releases releases;
    private final ReleaseWords words;
    private final Reader reader;

    CatalogueReading(
            Catalogue catalogue, Shelf shelf, Effects effects, Releases releases, ReleaseWords words, Reader reader) {
        this.catalogue = catalogue;
        this.shelf = shelf;
        this.effects = effects;
        this.releases = releases;
        this.words = words;
        this.reader = reader;
    }

    /**
     * An item as a line.
     *
     * @param whom for whom it is, where it is not for everybody
     */
    record Line(
            String code,
            String kind,
            String name,
            String about,
            String otherName,
            String otherAbout,
            List<String> costs,
            String left,
            boolean gone,
            boolean low,
            boolean active,
            boolean counted,
            String whom,
            int version) {}

    /** Something that is said of an item where it is not left open. */
    record Fact(String field, String value) {}

    /** A value that can be ticked. */
    record Option(String value, String word) {}

    /**
     * One time that it was given or asked for.
     *
     * @param picker the person who picked it; null where the rules chose
     */
    record Given(
            String caseReference,
            String state,
            String tone,
            @Nullable String picker,
            long points,
            List<RuleWords> because,
            Instant at) {}

    /**
     * Why it is this item.
     *
     * @param name null where none fitted
     */
    record Why(
            @Nullable String code,
            @Nullable String name,
            @Nullable String picker,
            long points,
            List<RuleWords> because,
            List<Passed> passed) {}

    /** An item that it is not, and why. */
    record Passed(String name, String reason) {}

    /** An item that could be picked. */
    record Pick(String code, String name) {}

    Line line(Catalogue.Stocked stocked) {
        Item item = stocked.item();
        Treasury.Balance stock = stocked.stock();
        Locale here = reader.locale();
        Locale other = Locale.forLanguageTag(reader.otherLanguage());
        return new Line(
                item.code(),
                word(item.kind().name()),
                item.name(here),
                item.about(here),
                item.name(other),
                item.about(other),
                item.costs().values().stream().map(reader::money).toList(),
                stock == null ? reader.words("catalogue.left.uncounted") : reader.words("budgets.pieces", stock.left()),
                stocked.gone(),
                stocked.low(),
                item.active(),
                item.counted(),
                whom(item),
                item.version());
    }

    private String whom(Item item) {
        String said = Stream.of(words(item.tiers()), words(item.moods()), words(item.failures()))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" · "));
        return said.isEmpty() ? reader.words("catalogue.for.all") : said;
    }

    /** What stood in a field, in the reader's language where it is a word of the house. */
    String said(String field, String value) {
        return switch (field) {
            case "kind", "tiers", "moods", "failures" -> words(List.of(value.split(" ")));
            case "languages" -> languages(List.of(value.split(" ")));
            case "regions" -> regions(List.of(value.split(" ")));
            case "counted", "active" -> value.isEmpty() ? "" : reader.words(value);
            default -> value;
        };
    }

    List<Fact> facts(Item item) {
        List<Fact> facts = new ArrayList<>();
        add(facts, "from", day(item.from()));
        add(facts, "until", day(item.until()));
        add(facts, "languages", languages(item.languages()));
        add(facts, "regions", regions(item.regions()));
        add(facts, "tiers", words(item.tiers()));
        add(facts, "moods", words(item.moods()));
        add(facts, "failures", words(item.failures()));
        return facts;
    }

    private static void add(List<Fact> facts, String field, String value) {
        if (!value.isEmpty()) {
            facts.add(new Fact(field, value));
        }
    }

    private static String day(@Nullable LocalDate day) {
        return day == null ? "" : day.toString();
    }

    private String languages(Collection<String> codes) {
        return codes.stream()
                .filter(code -> !code.isEmpty())
                .map(code -> Locale.forLanguageTag(code).getDisplayLanguage(reader.locale()))
                .collect(Collectors.joining(comma()));
    }

    /** A region that has no name is shown by its code. */
    private String regions(Collection<String> codes) {
        return codes.stream()
                .map(code -> code.matches("[A-Z]{2}")
                        ? new Locale.Builder().setRegion(code).build().getDisplayCountry(reader.locale())
                        : code)
                .collect(Collectors.joining(comma()));
    }

    private String words(Collection<String> values) {
        return values.stream().map(this::word).collect(Collectors.joining(comma()));
    }

    private String comma() {
        return reader.words("list.comma");
    }

    private String word(String value) {
        return words.word(releases.findLive().map(live -> live.id()).orElse(""), value);
    }

    /** The values of a fact. */
    List<Option> options(String fact) {
        FactField field = Vocabulary.field(fact);
        return field == null
                ? List.of()
                : field.values().stream()
                        .map(value -> new Option(value, word(value)))
                        .toList();
    }

    List<Option> kinds() {
        return Stream.of(Item.Kind.values())
                .map(kind -> new Option(kind.name(), word(kind.name())))
                .toList();
    }

    Optional<Given> given(ItemChoice choice) {
        return effects.find(choice.effect())
                .map(effect -> new Given(
                        effect.caseReference(),
                        effect.state().name(),
                        EffectReading.tone(effect.state()),
                        picker(choice),
                        choice.points(),
                        words.rules(choice.release(), choice.because()),
                        choice.at().toInstant()));
    }

    private @Nullable String picker(ItemChoice choice) {
        return choice.by().equals("rules") ? null : words.who(choice.by());
    }

    /** Why a remedy is this item; null where the catalogue was not asked. */
    public @Nullable Why why(Effect effect) {
        return Item.Kind.of(effect.remedy())
                .flatMap(kind -> shelf.choice(effect.key()))
                .map(choice -> new Why(
                        choice.item(),
                        choice.item() == null ? null : name(choice.item()),
                        picker(choice),
                        choice.points(),
                        words.rules(choice.release(), choice.because()),
                        choice.passed().stream()
                                .map(one ->
                                        new Passed(name(one.item()), reader.words("catalogue.reason." + one.reason())))
                                .toList()))
                .orElse(null);
    }

    /** What an item is called; what is of no catalogue is called as it is. */
    public String name(String code) {
        return catalogue.find(code).map(item -> item.name(reader.locale())).orElse(code);
    }

    /** What an item is called that does not stand among those that fit; null where it does, or where none is meant. */
    @Nullable
    String gone(@Nullable String code, List<Pick> picks) {
        return code == null
                        || code.isBlank()
                        || picks.stream().anyMatch(pick -> pick.code().equals(code))
                ? null
                : name(code);
    }

    /** What fits, the best first. */
    List<Pick> picks(Shelf.Offer offer) {
        return offer.fits().stream()
                .map(fit -> new Pick(fit.item().code(), fit.item().name(reader.locale())))
                .toList();
    }
}
