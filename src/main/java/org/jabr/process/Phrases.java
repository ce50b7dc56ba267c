package org.jabr.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jabr.releases.Check;
import org.jabr.releases.Releases;
import org.jabr.rules.Finding;
import org.springframework.stereotype.Component;

/**
 * Wording that a person is shown before a letter leaves: phrases that defend us, blame the customer or promise what
 * nobody decided, in {@code rules/phrases.csv} of the case's own release. A phrase is words in their order; {@code *}
 * alone stands for one to three words, at the end of a word for any ending. Nothing is ever refused for its wording.
 */
@Component
public class Phrases implements Check {

    static final String FILE = "rules/phrases.csv";

    private static final List<String> COLUMNS = List.of("id", "language", "kind", "phrase", "instead");
    private static final int KEPT = 32;
    private static final int MOST_PHRASES = 1000;
    private static final int MOST_WORDS = 12;
    private static final int LONGEST = 200;
    private static final int MOST_BETWEEN = 3;
    private static final String ANY = "*";
    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,59}");
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}\\p{M}\u0640]+");
    private static final Pattern WRITTEN = Pattern.compile("[\\p{L}\\p{N}\\p{M}\u0640]+\\*?|\\*");
    private static final Pattern MARKS = Pattern.compile("\\p{M}|\u0640");

    private final Releases releases;
    private final Map<String, List<Phrase>> read = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, List<Phrase>> eldest) {
            return size() > KEPT;
        }
    };

    Phrases(Releases releases) {
        this.releases = releases;
    }

    /** What is the matter with a phrase. */
    public enum Kind {
        DEFENDS,
        BLAMES,
        PROMISES
    }

    /**
     * A phrase found in a text.
     *
     * @param start where it begins in the text
     * @param end where it ends
     * @param instead what to say instead, in the language of the letter
     */
    public record Pointed(String id, Kind kind, int start, int end, String instead) {}

    record Phrase(String id, String language, Kind kind, List<String> words, String instead) {}

    private record Mistake(String code, String row, String value) {}

    private record Word(String plain, int start, int end) {}

    /** What is to be pointed out in a text of that language, in the order in which it stands there. */
    public List<Pointed> in(String release, String language, String text) {
        return in(phrases(release), language, text);
    }

    static List<Pointed> in(List<Phrase> phrases, String language, String text) {
        List<Word> words = words(text);
        List<Pointed> pointed = new ArrayList<>();
        for (Phrase phrase : phrases) {
            if (phrase.language().equals(language)) {
                find(phrase, words, pointed);
            }
        }
        pointed.sort(Comparator.comparingInt(Pointed::start).thenComparing(Pointed::id));
        return pointed;
    }

    private static void find(Phrase phrase, List<Word> words, List<Pointed> pointed) {
        int from = 0;
        while (from < words.size()) {
            int last = end(phrase.words(), words, from);
            if (last > from) {
                pointed.add(new Pointed(
                        phrase.id(),
                        phrase.kind(),
                        words.get(from).start(),
                        words.get(last - 1).end(),
                        phrase.instead()));
                from = last;
            } else {
                from++;
            }
        }
    }

    /**
     * Behind the last word of the phrase where it begins at that word; 0 where it does not. All places where the words
     * so far may end are kept at once, so that no text makes it try again.
     */
    private static int end(List<String> phrase, List<Word> words, int from) {
        Set<Integer> ends = Set.of(from);
        for (String one : phrase) {
            Set<Integer> next = new HashSet<>();
            for (int at : ends) {
                if (one.equals(ANY)) {
                    for (int more = 1; more <= MOST_BETWEEN && at + more <= words.size(); more++) {
                        next.add(at + more);
                    }
                } else if (at < words.size() && fits(one, words.get(at).plain())) {
                    next.add(at + 1);
                }
            }
            ends = next;
        }
        return ends.stream().mapToInt(Integer::intValue).min().orElse(0);
    }

    private static boolean fits(String written, String word) {
        return written.endsWith(ANY)
                ? word.startsWith(written.substring(0, written.length() - 1))
                : word.equals(written);
    }

    private static List<Word> words(String text) {
        List<Word> words = new ArrayList<>();
        Matcher word = WORD.matcher(text);
        while (word.find()) {
            words.add(new Word(plain(word.group()), word.start(), word.end()));
        }
        return words;
    }

    /** Without case, vowel marks and the small differences in which Arabic letters are written. */
    private static String plain(String word) {
        return MARKS.matcher(Normalizer.normalize(word, Normalizer.Form.NFKD))
                .replaceAll("")
                .replace('\u0649', '\u064A')
                .replace('\u0629', '\u0647')
                .toLowerCase(Locale.ROOT);
    }

    private synchronized List<Phrase> phrases(String release) {
        return read.computeIfAbsent(
                release, id -> releases.file(id, FILE).map(Phrases::read).orElse(List.of()));
    }

    /** The phrases of a file that can be read. */
    static List<Phrase> read(String text) {
        return read(text, new ArrayList<>());
    }

    @Override
    public List<Finding> check(SortedMap<String, String> files) {
        String text = files.get(FILE);
        return text == null ? List.of() : check(text);
    }

    static List<Finding> check(String text) {
        List<Mistake> mistakes = new ArrayList<>();
        read(text, mistakes);
        return mistakes.stream()
                .map(one -> new Finding(one.code(), true, FILE, one.row(), List.of(one.value())))
                .toList();
    }

    /** Reads what can be read, and says by row what cannot. */
    private static List<Phrase> read(String text, List<Mistake> mistakes) {
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        List<Phrase> phrases = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        try (CSVParser parser = CSVParser.parse(text, format)) {
            if (!parser.getHeaderNames().equals(COLUMNS)) {
                mistakes.add(new Mistake("PHRASE-001", "1", String.join(",", COLUMNS)));
                return List.of();
            }
            for (CSVRecord record : parser) {
                if (phrases.size() == MOST_PHRASES) {
                    mistakes.add(new Mistake("PHRASE-007", row(record), String.valueOf(MOST_PHRASES)));
                    return phrases;
                }
                phrase(record, ids, phrases, mistakes);
            }
        } catch (IOException | UncheckedIOException | IllegalArgumentException | IllegalStateException unreadable) {
            mistakes.add(new Mistake("PHRASE-001", "", String.join(",", COLUMNS)));
        }
        return phrases;
    }

    private static void phrase(CSVRecord record, Set<String> ids, List<Phrase> phrases, List<Mistake> mistakes) {
        int before = mistakes.size();
        if (record.size() != COLUMNS.size()) {
            mistakes.add(new Mistake("PHRASE-001", row(record), String.join(",", COLUMNS)));
            return;
        }
        String id = record.get("id");
        if (!ID.matcher(id).matches() || !ids.add(id)) {
            mistakes.add(new Mistake("PHRASE-002", row(record), shown(id)));
        }
        String language = record.get("language");
        if (!Letters.LANGUAGES.contains(language)) {
            mistakes.add(new Mistake("PHRASE-003", row(record), shown(language)));
        }
        String kind = record.get("kind");
        if (Arrays.stream(Kind.values()).noneMatch(one -> one.name().equals(kind))) {
            mistakes.add(new Mistake("PHRASE-004", row(record), shown(kind)));
        }
        List<String> words = written(record.get("phrase"));
        if (words.isEmpty()) {
            mistakes.add(new Mistake("PHRASE-005", row(record), shown(record.get("phrase"))));
        }
        String instead = record.get("instead").strip();
        if (instead.isEmpty() || instead.length() > LONGEST) {
            mistakes.add(new Mistake("PHRASE-006", row(record), shown(id)));
        }
        if (mistakes.size() == before) {
            phrases.add(new Phrase(id, language, Kind.valueOf(kind), words, instead));
        }
    }

    /** The words of a phrase; none where it has none, too many, or nothing but a star at an end. */
    private static List<String> written(String phrase) {
        List<String> words = new ArrayList<>();
        Matcher word = WRITTEN.matcher(phrase);
        while (word.find()) {
            words.add(plain(word.group()));
        }
        boolean wordsOnly = WRITTEN.matcher(phrase).replaceAll("").isBlank();
        boolean fits = wordsOnly
                && phrase.length() <= LONGEST
                && !words.isEmpty()
                && words.size() <= MOST_WORDS
                && !words.get(0).equals(ANY)
                && words.stream().anyMatch(one -> !one.equals(ANY));
        return fits ? words : List.of();
    }

    private static String row(CSVRecord record) {
        return String.valueOf(record.getRecordNumber() + 1);
    }

    private static String shown(String value) {
        return value.length() <= 60 ? value : value.substring(0, 60);
    }
}
