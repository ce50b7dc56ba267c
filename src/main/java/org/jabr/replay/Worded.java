package org.jabr.replay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jabr.rules.CaseFacts;
import org.jabr.rules.Choice;
import org.jabr.rules.Consulted;
import org.jabr.rules.CurrencyTerms;
import org.jabr.rules.Decision;
import org.jabr.rules.Moment;
import org.jabr.rules.NearMiss;
import org.jabr.rules.Remedy;
import org.jabr.rules.RuleRef;
import org.jabr.rules.RuleWords;
import org.jabr.rules.Rulebook;
import org.jspecify.annotations.Nullable;

/**
 * Rules that are asked far away, with their words at hand: a page says hundreds of words, and each question to a trial
 * costs a way there and back.
 */
final class Worded implements Rulebook {

    private static final String FILE = "rules/words.csv";

    private final Rulebook asked;
    private final Map<String, String> english = new HashMap<>();
    private final Map<String, String> arabic = new HashMap<>();
    private final Map<String, RuleWords> explained = new HashMap<>();

    @Nullable
    private List<CurrencyTerms> currencies;

    Worded(Rulebook asked, Map<String, String> files) {
        this.asked = asked;
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (CSVParser parser = CSVParser.parse(files.getOrDefault(FILE, "value,en,ar\n"), format)) {
            for (CSVRecord record : parser) {
                english.put(record.get("value"), record.get("en"));
                arabic.put(record.get("value"), record.get("ar"));
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    @Override
    public String word(String value, Locale language) {
        return (language.getLanguage().equals("ar") ? arabic : english).getOrDefault(value, value);
    }

    @Override
    public synchronized RuleWords explain(RuleRef rule, Locale language) {
        return explained.computeIfAbsent(
                language.getLanguage() + " " + rule.id(), unknown -> asked.explain(rule, language));
    }

    @Override
    public synchronized List<CurrencyTerms> currencies() {
        if (currencies == null) {
            currencies = asked.currencies();
        }
        return currencies;
    }

    @Override
    public String release() {
        return asked.release();
    }

    @Override
    public String engine() {
        return asked.engine();
    }

    @Override
    public List<Moment> moments() {
        return asked.moments();
    }

    @Override
    public List<Remedy> catalogue() {
        return asked.catalogue();
    }

    @Override
    public Map<String, Object> parameters(String table) {
        return asked.parameters(table);
    }

    @Override
    public CaseFacts read(Map<String, ?> document) {
        return asked.read(new LinkedHashMap<>(document));
    }

    @Override
    public Decision decide(Moment moment, CaseFacts facts) {
        return asked.decide(moment, facts);
    }

    @Override
    public Decision review(Moment moment, CaseFacts facts, List<Choice> chosen) {
        return asked.review(moment, facts, chosen);
    }

    @Override
    public List<RuleRef> rules() {
        return asked.rules();
    }

    @Override
    public Set<RuleRef> touched(Moment moment, CaseFacts facts) {
        return asked.touched(moment, facts);
    }

    @Override
    public List<Consulted> consulted(Moment moment, CaseFacts facts) {
        return asked.consulted(moment, facts);
    }

    @Override
    public List<NearMiss> nearest(Moment moment, CaseFacts facts, int most) {
        return asked.nearest(moment, facts, most);
    }
}
