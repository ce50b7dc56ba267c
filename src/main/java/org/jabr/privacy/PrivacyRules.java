package org.jabr.privacy;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.jabr.releases.Check;
import org.jabr.releases.Releases;
import org.jabr.releases.RuleSheet;
import org.jabr.rules.Finding;
import org.springframework.stereotype.Component;

/** Why data is erased or kept, and for how long: {@code rules/privacy.csv} of the live release. */
@Component
public class PrivacyRules implements Check {

    static final RuleSheet SHEET =
            new RuleSheet("rules/privacy.csv", "RETENTION", List.of("kind", "name", "country", "days", "en", "ar"));

    /** A customer who is erased because the time is over, not because somebody asked. */
    static final String RETENTION = "retention";

    private static final String ANSWER = "answer";
    private static final Set<String> KINDS = Set.of("ground", "refusal", "hold", "retention", "limit");
    private static final Set<String> KEPT = Set.of("case", "customer");
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
    private static final String WORD = "[a-z][a-z0-9-]{0,39}";
    private static final String SENTENCE = "\\S[^\\p{Cntrl}]{0,199}";
    private static final String DAYS = "[1-9]\\d{0,4}";

    private final Releases releases;

    PrivacyRules(Releases releases) {
        this.releases = releases;
    }

    /** A reason that somebody may choose. */
    public record Ground(String name, String en, String ar) {

        public String in(Locale language) {
            return language.getLanguage().equals("ar") ? ar : en;
        }
    }

    /**
     * How long something is kept.
     *
     * @param kept {@code case}: texts of a case, from its end; {@code customer}: all that is known of a customer, from
     *     the last purchase or the end of the last case, whichever is later
     * @param country of the customer by ISO 3166-1; empty for all others
     */
    public record Retention(String kept, String country, int days, Ground why) {}

    /** Why a customer's data is to be erased. */
    public List<Ground> grounds() {
        return grounds("ground");
    }

    /** Why it is not. */
    public List<Ground> refusals() {
        return grounds("refusal");
    }

    /** Why it must be kept. */
    public List<Ground> holds() {
        return grounds("hold");
    }

    public List<Retention> retentions() {
        return lines("retention").stream()
                .map(line -> new Retention(line.text("name"), line.text("country"), line.whole("days"), ground(line)))
                .toList();
    }

    /** Within how many days who asked is answered; empty where the release says nothing. */
    public Optional<Integer> answerDays() {
        return lines("limit").stream()
                .filter(line -> line.text("name").equals(ANSWER))
                .map(line -> line.whole("days"))
                .findFirst();
    }

    private List<Ground> grounds(String kind) {
        return lines(kind).stream().map(PrivacyRules::ground).toList();
    }

    private static Ground ground(RuleSheet.Line line) {
        return new Ground(line.text("name"), line.text("en"), line.text("ar"));
    }

    private List<RuleSheet.Line> lines(String kind) {
        return SHEET.live(releases).orElse(List.of()).stream()
                .filter(line -> line.text("kind").equals(kind))
                .toList();
    }

    @Override
    public List<Finding> check(SortedMap<String, String> files) {
        return SHEET.check(
                files,
                PrivacyRules::valid,
                line -> String.join(" ", line.text("kind"), line.text("name"), line.text("country")));
    }

    private static boolean valid(RuleSheet.Line line, String column, String value) {
        String kind = line.text("kind");
        boolean retention = kind.equals("retention");
        return switch (column) {
            case "kind" -> KINDS.contains(value);
            case "name" ->
                switch (kind) {
                    case "retention" -> KEPT.contains(value);
                    case "limit" -> value.equals(ANSWER);
                    default -> value.matches(WORD) && !value.equals(RETENTION);
                };
            case "country" -> value.isEmpty() || retention && COUNTRIES.contains(value);
            case "days" -> retention || kind.equals("limit") ? value.matches(DAYS) : value.isEmpty();
            default -> value.matches(SENTENCE);
        };
    }
}
