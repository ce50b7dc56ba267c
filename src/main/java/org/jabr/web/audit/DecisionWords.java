package org.jabr.web.audit;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jabr.audit.DecisionFilter;
import org.jabr.audit.FoundDecision;
import org.jabr.releases.Release;
import org.jabr.releases.Releases;
import org.jabr.review.Sample;
import org.jabr.web.Reader;
import org.jabr.web.desk.ReleaseWords;
import org.springframework.stereotype.Component;

/** Puts what somebody searched for, and what was found, into the reader's language. */
@Component
class DecisionWords {

    private final Releases releases;
    private final ReleaseWords words;
    private final Reader reader;

    DecisionWords(Releases releases, ReleaseWords words, Reader reader) {
        this.releases = releases;
        this.words = words;
        this.reader = reader;
    }

    /**
     * One word of a filter.
     *
     * @param id whether it is an id or a number, which reads from left to right in every language
     */
    record Said(String name, String word, String said, boolean id) {}

    List<Said> said(DecisionFilter filter) {
        return DecisionFilter.NAMES.stream()
                .filter(name -> filter.word(name) != null)
                .map(name -> said(name, String.valueOf(filter.word(name))))
                .toList();
    }

    Said said(String name, String word) {
        return switch (name) {
            case "verdict" -> new Said(name, word, reader.words("verdict." + word), false);
            case "moment" -> new Said(name, word, words.named(live(), "moment.", word), false);
            case "by" -> new Said(name, word, words.who(word), false);
            case "chosen" -> new Said(name, word, reader.words(word.equals("YES") ? "yes" : "no"), false);
            case "tier" -> new Said(name, word, words.named(live(), "tier.", word), false);
            case "remedy", "authority", "type", "channel" -> new Said(name, word, words.word(live(), word), false);
            case "language" -> new Said(name, word, words.named(live(), "search.language.", word), false);
            default -> new Said(name, word, word, true);
        };
    }

    /** A layer of a sample, in the reader's words. */
    String stratum(Sample sample, String name) {
        return sample.strata().isEmpty()
                ? reader.words("sample.all")
                : said(sample.strata(), name).said();
    }

    /** What came out for each remedy, in the words of the release that decided. */
    List<Remedy> remedies(FoundDecision decision) {
        return decision.remedies().stream()
                .map(given -> new Remedy(
                        words.word(decision.release(), given.remedy()),
                        given.amount() == null ? "" : reader.money(given.amount()),
                        given.verdict().name()))
                .toList();
    }

    /** @param amount as text; empty for words of care */
    record Remedy(String name, String amount, String verdict) {}

    /** The words of an address, with one of them set, or taken away where it is empty. */
    static Map<String, String> with(DecisionFilter filter, String name, String word) {
        Map<String, String> words = new TreeMap<>(filter.words());
        if (word.isEmpty()) {
            words.remove(name);
        } else {
            words.put(name, word);
        }
        return words;
    }

    private String live() {
        return releases.findLive().map(Release::id).orElse("");
    }
}
