package org.jabr.intake;

import java.math.BigDecimal;
import java.text.Normalizer;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jabr.cases.Contact;
import org.jabr.cases.Merges;
import org.jabr.cases.RecoveryCase;
import org.jabr.cases.Report;
import org.jabr.cases.Stage;
import org.jabr.customers.PersonalText;
import org.jabr.releases.Releases;
import org.jabr.rules.CaseId;
import org.jabr.rules.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * How much a report and the cases of its customer are about one matter: by reference, order, item, category, subject
 * and time. What counts how much, and from where on, stands in the table {@code joining} of the live release; a release
 * without one joins only what names the same category and subject.
 */
@Component
class Recognition {

    /**
     * Where a report belongs.
     *
     * @param joins the open case that it is plainly about
     * @param follows where there is none, the closed case that it comes after
     * @param sure {@code joins} with what speaks for it; empty where nothing is joined
     * @param alike other open cases that it may be about
     */
    record Belongs(@Nullable RecoveryCase joins, @Nullable RecoveryCase follows, List<Alike> sure, List<Alike> alike) {}

    /**
     * A case that a report is like.
     *
     * @param because what speaks for it and against it, as words of the messages {@code joining.because.*}
     */
    record Alike(RecoveryCase recovery, int points, List<String> because) {

        boolean named() {
            return because.contains(NAMED);
        }
    }

    private static final String NAMED = "sameReference";

    /** Of a customer with more cases than that, the newest ones are looked at. */
    private static final int MOST_COMPARED = 100;

    private static final String TABLE = "joining";
    private static final int MOST_SUGGESTED = 3;
    private static final Pattern REFERENCE = Pattern.compile("R-\\d{4}-\\d{6,12}");
    private static final Pattern MARKS = Pattern.compile("\\p{M}|\u0640");
    private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Pattern DIGITS = Pattern.compile("\\p{Nd}+");

    private final Releases releases;
    private final Merges merges;

    Recognition(Releases releases, Merges merges) {
        this.releases = releases;
        this.merges = merges;
    }

    /** @param all cases of the customer, newest first */
    Belongs of(Report report, List<RecoveryCase> all, OffsetDateTime now) {
        Optional<Map<String, Object>> table = table();
        if (table.isEmpty()) {
            return new Belongs(plainly(report, all), null, List.of(), List.of());
        }
        Criteria criteria = new Criteria(table.get());
        Optional<CaseId> named = named(report, all).map(one -> merges.survivor(one.id()));
        List<Alike> alike = new ArrayList<>();
        for (RecoveryCase recovery : withoutMerged(all)) {
            alike.add(
                    named.filter(recovery.id()::equals).isPresent()
                            ? new Alike(recovery, criteria.of(NAMED), List.of(NAMED))
                            : compare(report, recovery, criteria));
        }
        // The newest first among equals: that is what the customer most likely speaks of.
        alike.sort(Comparator.comparingInt(Alike::points).reversed());
        List<Alike> open =
                alike.stream().filter(one -> !one.recovery().stage().ended()).toList();
        Optional<Alike> sure = open.stream()
                .filter(one -> one.points() >= criteria.of("joinFrom") && heardWithin(one, "joinDays", criteria, now))
                .findFirst();
        List<Alike> asked = open.stream()
                .filter(one -> !sure.filter(one::equals).isPresent())
                .filter(one ->
                        one.points() >= criteria.of("suggestFrom") && heardWithin(one, "suggestDays", criteria, now))
                .limit(MOST_SUGGESTED)
                .toList();
        if (sure.isPresent()) {
            return new Belongs(
                    sure.get().recovery(),
                    null,
                    List.of(sure.get()),
                    asked.stream()
                            .filter(one -> one.points() == sure.get().points())
                            .toList());
        }
        Optional<RecoveryCase> before = alike.stream()
                .filter(one -> one.points() >= criteria.of("joinFrom"))
                .map(Alike::recovery)
                .filter(closed -> closedWithin(closed, criteria, now))
                .findFirst();
        return new Belongs(null, before.orElse(null), List.of(), asked);
    }

    private List<RecoveryCase> withoutMerged(List<RecoveryCase> all) {
        List<RecoveryCase> newest = all.stream()
                .filter(one -> one.stage() != Stage.WITHDRAWN)
                .limit(MOST_COMPARED)
                .toList();
        if (newest.stream().noneMatch(one -> one.stage().ended())) {
            return newest;
        }
        Set<CaseId> merged = merges.mergedOf(newest.get(0).customerId());
        return newest.stream().filter(one -> !merged.contains(one.id())).toList();
    }

    private boolean heardWithin(Alike one, String days, Criteria criteria, OffsetDateTime now) {
        OffsetDateTime since = now.minusDays(criteria.of(days));
        return one.named()
                || !one.recovery().receivedAt().isBefore(since)
                || merges.heard(one.recovery().id()).stream().map(Contact::at).anyMatch(at -> !at.isBefore(since));
    }

    /** Whether a contact about a case that has closed is still about what was closed. */
    boolean stillFollows(RecoveryCase closed, OffsetDateTime now) {
        return table().filter(table -> closedWithin(closed, new Criteria(table), now))
                .isPresent();
    }

    private static boolean closedWithin(RecoveryCase recovery, Criteria criteria, OffsetDateTime now) {
        OffsetDateTime closed = recovery.closedAt();
        return recovery.stage() == Stage.CLOSED
                && closed != null
                && !closed.isBefore(now.minusDays(criteria.of("afterClosingDays")));
    }

    private Optional<Map<String, Object>> table() {
        try {
            Map<String, Object> table = releases.rulebook(releases.live().id()).parameters(TABLE);
            return table.containsKey("joinFrom") ? Optional.of(table) : Optional.empty();
        } catch (Problem noSuchTable) {
            return Optional.empty();
        }
    }

    private static @Nullable RecoveryCase plainly(Report report, List<RecoveryCase> all) {
        return all.stream()
                .filter(one -> !one.stage().ended())
                .filter(one -> plain(one.category()).equals(plain(report.category()))
                        && plain(one.subject().value()).equals(plain(report.subject())))
                .findFirst()
                .orElse(null);
    }

    /** A case of the same customer that the text names; somebody else's reference means nothing. */
    private static Optional<RecoveryCase> named(Report report, List<RecoveryCase> all) {
        Set<String> references = REFERENCE
                .matcher(report.subject() + " " + PersonalText.shown(report.description()))
                .results()
                .map(found -> found.group())
                .collect(Collectors.toSet());
        return all.stream().filter(one -> references.contains(one.reference())).findFirst();
    }

    private static Alike compare(Report report, RecoveryCase recovery, Criteria criteria) {
        List<String> because = new ArrayList<>();
        int points = 0;
        int digits = criteria.of("orderDigits");
        points += criteria.both(
                "sameOrder",
                "otherOrder",
                orders(digits, report.answers().get("order"), report.subject(), report.description()),
                orders(
                        digits,
                        recovery.given().get("answers.order"),
                        recovery.subject().value(),
                        recovery.description()),
                because);
        points += criteria.both(
                "sameItem",
                "otherItem",
                item(report.answers().get("item")),
                item(recovery.given().get("answers.item")),
                because);
        if (plain(report.category()).equals(plain(recovery.category()))) {
            points += criteria.of("sameCategory");
            because.add("sameCategory");
        }
        int share = share(words(report.subject()), words(recovery.subject().value()));
        int subject = criteria.of("sameSubject") * share / 100;
        if (subject > 0) {
            points += subject;
            because.add("sameSubject");
        }
        return new Alike(recovery, points, because);
    }

    private static Set<String> orders(
            int digits, @Nullable Object named, String subject, @Nullable PersonalText description) {
        Set<String> orders = new LinkedHashSet<>();
        if (named != null && !named.toString().isBlank()) {
            orders.add(plain(named.toString()));
        }
        String text = REFERENCE
                .matcher(subject + " " + PersonalText.shown(description))
                .replaceAll(" ");
        DIGITS.matcher(text)
                .results()
                .map(found -> latin(found.group()))
                .filter(number -> number.length() >= digits)
                .forEach(orders::add);
        return orders;
    }

    private static String latin(String digits) {
        return digits.codePoints()
                .map(Character::getNumericValue)
                .mapToObj(String::valueOf)
                .collect(Collectors.joining());
    }

    private static Set<String> item(@Nullable Object item) {
        return item == null || item.toString().isBlank() ? Set.of() : Set.of(plain(item.toString()));
    }

    /** How many of a hundred words two texts have in common. */
    static int share(Set<String> one, Set<String> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return 0;
        }
        Set<String> common = new HashSet<>(one);
        common.retainAll(other);
        return 200 * common.size() / (one.size() + other.size());
    }

    static Set<String> words(String text) {
        return Arrays.stream(BETWEEN.split(plain(text)))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toSet());
    }

    /** As it sounds, not as it is written: without case and vowel marks, Arabic letters by their base form. */
    static String plain(String text) {
        String bare = MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD))
                .replaceAll("")
                .replace('\u0649', '\u064A')
                .replace('\u0629', '\u0647');
        return bare.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
    }

    /** The row of the table. */
    private record Criteria(Map<String, Object> row) {

        int of(String name) {
            return new BigDecimal(String.valueOf(Objects.requireNonNullElse(row.get(name), 0))).intValue();
        }

        /** Points for what both name: the same, or something else. What only one names says nothing. */
        int both(String same, String another, Set<String> one, Set<String> other, List<String> because) {
            if (one.isEmpty() || other.isEmpty()) {
                return 0;
            }
            boolean common = one.stream().anyMatch(other::contains);
            because.add(common ? same : another);
            return of(common ? same : another);
        }
    }
}
