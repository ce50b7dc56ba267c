package org.jabr.process;

import java.net.URI;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jabr.cases.CaseDesk;
import org.jabr.cases.Cases;
import org.jabr.cases.Decisions;
import org.jabr.cases.Merges;
import org.jabr.cases.Promise;
import org.jabr.cases.Promises;
import org.jabr.cases.RecoveryCase;
import org.jabr.cases.StoredDecision;
import org.jabr.catalogue.Catalogue;
import org.jabr.catalogue.Item;
import org.jabr.customers.Customer;
import org.jabr.customers.Customers;
import org.jabr.customers.PersonalText;
import org.jabr.people.Accounts;
import org.jabr.releases.Releases;
import org.jabr.remedies.Effect;
import org.jabr.remedies.Effects;
import org.jabr.rules.CaseId;
import org.jabr.rules.Decider;
import org.jabr.rules.Moment;
import org.jabr.rules.Money;
import org.jabr.surveys.CustomerLinks;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Writes to customers in their language: {@code processes/letters/<name>.<language>.txt} of the case's own release. */
@Component
public class Letters {

    /** Languages that every letter exists in. */
    public static final List<String> LANGUAGES = List.of("en", "ar");

    private static final int KEPT = 256;
    private static final String FOLDER = "processes/letters/";
    private static final String SAMPLE_ITEM = "item";
    private static final String BROKEN_PROMISE = "BROKEN_PROMISE";
    private static final String REPEATED_FAILURE = "REPEATED_FAILURE";
    private static final String FIRST_FAILURE = "FIRST_FAILURE";

    private final Releases releases;
    private final Cases cases;
    private final CaseDesk desk;
    private final Customers customers;
    private final Promises promises;
    private final Merges merges;
    private final Decisions decisions;
    private final Effects effects;
    private final Catalogue catalogue;
    private final Accounts accounts;
    private final CustomerLinks links;
    private final Tellings tellings;
    private final URI home;
    private final Clock clock;
    private final Map<String, Optional<LetterText>> read = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Optional<LetterText>> eldest) {
            return size() > KEPT;
        }
    };

    Letters(
            Releases releases,
            Cases cases,
            CaseDesk desk,
            Customers customers,
            Promises promises,
            Merges merges,
            Decisions decisions,
            Effects effects,
            Catalogue catalogue,
            Accounts accounts,
            CustomerLinks links,
            Tellings tellings,
            @Value("${jabr.public-url:http://localhost:${server.port:8080}}") URI home,
            Clock clock) {
        this.releases = releases;
        this.cases = cases;
        this.desk = desk;
        this.customers = customers;
        this.promises = promises;
        this.merges = merges;
        this.decisions = decisions;
        this.effects = effects;
        this.catalogue = catalogue;
        this.accounts = accounts;
        this.links = links;
        this.tellings = tellings;
        this.home = home;
        this.clock = clock;
    }

    /**
     * What to write.
     *
     * @param name of the letter
     * @param channel decided by the rules; null for the case's own
     * @param tags what holds: the tone, the mode, the kind of survey; besides, the letter knows what was granted and
     *     promised
     * @param moment whose granted remedies the letter tells about; null for none
     * @param after only remedies of decisions after this one; 0 for all
     * @param newest only the remedies of the moment's newest decision that granted any
     */
    public record Order(
            String name,
            @Nullable String channel,
            Set<String> tags,
            @Nullable String moment,
            long after,
            boolean newest) {}

    /** Path of a letter inside a release. */
    public static String path(String name, String language) {
        return FOLDER + name + "." + language + ".txt";
    }

    /** Writes a letter and keeps it with the case. A language that no letter is written in is told in all that are. */
    @Transactional
    public void send(CaseId id, Order order) {
        send(id, order, null);
    }

    /**
     * Writes about one promise, on the customer's channel.
     *
     * @return false where the release of the case has no such letter
     */
    @Transactional
    boolean tell(Promise promise, String name) {
        RecoveryCase recovery = cases.get(promise.caseId());
        if (LANGUAGES.stream().noneMatch(language -> letter(recovery.release(), name, language)
                .isPresent())) {
            return false;
        }
        Set<String> tags = Set.of("ABOUT_" + promise.kind().name());
        send(promise.caseId(), new Order(name, null, tags, null, 0, false), promise);
        return true;
    }

    private void send(CaseId id, Order order, @Nullable Promise about) {
        RecoveryCase recovery = cases.get(id);
        Customer customer = customers.get(recovery.customerId());
        List<Effect> told = told(id, order);
        List<String> subjects = new ArrayList<>();
        List<String> bodies = new ArrayList<>();
        for (String language : languages(recovery, customer, order.name())) {
            LetterText letter = letter(recovery.release(), order.name(), language)
                    .orElseThrow(() -> new IllegalStateException("no letter " + path(order.name(), language)));
            Set<String> tags = new HashSet<>(order.tags());
            Map<String, String> values = values(recovery, customer, letter, language, tags);
            remedies(told, language, tags, values);
            if (about != null) {
                values.put("promise.due", tellings.time(about.dueAt(), recovery.release(), language));
                values.put("promise.said", PersonalText.shown(about.said()));
            }
            subjects.add(letter.subject(values, value -> tellings.isolated(value, language)));
            bodies.add(letter.body(tags, values, value -> tellings.isolated(value, language)));
        }
        desk.said(
                id,
                order.name(),
                recovery.language(),
                Optional.ofNullable(order.channel()).orElse(recovery.channel()),
                String.join(" | ", subjects),
                String.join("\n\n* * *\n\n", bodies),
                Decider.RULES.login());
    }

    /** A letter as somebody would read it. */
    public record Preview(String subject, String body) {}

    /**
     * What a letter would say in a case; nothing is sent or kept.
     *
     * @param text of the letter's file
     * @param tags what holds besides what the case itself brings along
     * @throws org.jabr.rules.Problem where there is no case of this reference
     */
    @Transactional(readOnly = true)
    public Preview preview(String text, String language, Set<String> tags, String reference) {
        RecoveryCase recovery = cases.get(reference);
        LetterText letter = LetterText.read(text);
        Set<String> holding = new HashSet<>(tags);
        Map<String, String> values = values(recovery, customers.get(recovery.customerId()), letter, language, holding);
        remedies(effects.ofCase(recovery.id()).stream().filter(e -> e.granted()).toList(), language, holding, values);
        return preview(letter, language, holding, values);
    }

    /**
     * What a letter would say to a made-up customer for whom just these tags hold.
     *
     * @param samples values by placeholder, and under {@code item} what an item of the catalogue is called; promises,
     *     amounts and the link get one here
     */
    public Preview preview(String text, String language, Set<String> tags, Map<String, String> samples) {
        LetterText letter = LetterText.read(text);
        Map<String, String> values = new HashMap<>(samples);
        values.put("link", home.resolve("/c/SR-1").toString());
        OffsetDateTime soon = OffsetDateTime.now(clock).plusDays(1);
        String release = releases.live().id();
        for (Promise.Kind kind : Promise.Kind.values()) {
            values.put("promise." + kind.name(), tellings.time(soon, release, language));
        }
        values.put("promise.due", tellings.time(soon, release, language));
        String money = tellings.money(Money.of("25.00", "SAR"), language);
        letter.amounts().forEach(amount -> values.put(amount, money));
        letter.items().forEach(item -> values.put(item, samples.getOrDefault(SAMPLE_ITEM, "")));
        return preview(letter, language, tags, values);
    }

    private Preview preview(LetterText letter, String language, Set<String> tags, Map<String, String> values) {
        return new Preview(
                letter.subject(values, value -> tellings.isolated(value, language)),
                letter.body(tags, values, value -> tellings.isolated(value, language)));
    }

    /** The tags that a letter asks about, in the order in which it does. */
    public static List<String> tags(String text) {
        return LetterText.read(text).parts().stream()
                .flatMap(part -> part.tags().stream().sorted())
                .distinct()
                .toList();
    }

    /** The values that every letter can name; {@code amount.REMEDY} and {@code item.REMEDY} besides. */
    public static Set<String> placeholders() {
        return LetterText.PLACEHOLDERS;
    }

    private List<String> languages(RecoveryCase recovery, Customer customer, String name) {
        String own = customer.language();
        if (own == null || letter(recovery.release(), name, own).isPresent()) {
            return List.of(recovery.language());
        }
        List<String> all = new ArrayList<>(List.of(recovery.language()));
        LANGUAGES.stream().filter(language -> !all.contains(language)).forEach(all::add);
        return all;
    }

    private List<Effect> told(CaseId id, Order order) {
        if (order.moment() == null) {
            return List.of();
        }
        List<Effect> granted = merges.together(id, effects::ofCase, Comparator.comparing(Effect::createdAt)).stream()
                .filter(e -> e.granted() && e.moment().equals(order.moment()))
                .filter(e -> e.decisionId() > order.after())
                .toList();
        if (!order.newest()) {
            return granted;
        }
        long newest = granted.stream().mapToLong(Effect::decisionId).max().orElse(0);
        return granted.stream().filter(e -> e.decisionId() == newest).toList();
    }

    private Map<String, String> values(
            RecoveryCase recovery, Customer customer, LetterText letter, String language, Set<String> tags) {
        Map<String, String> values = new HashMap<>();
        String name = PersonalText.shown(customer.name());
        tags.add(name.isBlank() ? "UNNAMED" : "NAMED");
        values.put("customer", name);
        values.put("reference", recovery.reference());
        values.put("subject", recovery.subject().value());
        if (recovery.reopened()) {
            tags.add("REOPENED");
        }
        history(recovery, letter, tags);
        if (letter.mentions("link")) {
            values.put("link", home.resolve(links.path(recovery.reference())).toString());
        }
        String owner = recovery.owner();
        if (owner != null && letter.mentions("agent")) {
            accounts.find(owner).ifPresent(account -> {
                tags.add("OWNED");
                values.put("agent", account.name(language));
            });
        }
        if (letter.mentions("promise.")) {
            for (Promise promise : promises.ofCase(recovery.id())) {
                if (promise.state() == Promise.State.OPEN) {
                    tags.add(promise.kind().name());
                    values.put(
                            "promise." + promise.kind().name(),
                            tellings.time(promise.dueAt(), recovery.release(), language));
                }
            }
        }
        return values;
    }

    /** What the customer has been through with us, as the rules were told when they classified the case. */
    private void history(RecoveryCase recovery, LetterText letter, Set<String> tags) {
        if (letter.mentions(BROKEN_PROMISE)
                && promises.ofCase(recovery.id()).stream()
                        .anyMatch(promise -> promise.state() == Promise.State.MISSED)) {
            tags.add(BROKEN_PROMISE);
        }
        if (letter.mentions(REPEATED_FAILURE) || letter.mentions(FIRST_FAILURE)) {
            tags.add(repeated(recovery) ? REPEATED_FAILURE : FIRST_FAILURE);
        }
    }

    private boolean repeated(RecoveryCase recovery) {
        Map<String, Object> facts = decisions
                .latest(recovery.id(), Moment.INTAKE)
                .map(stored -> stored.decision().facts().document())
                .orElse(Map.of());
        return fact(facts, "failure", "repeated") instanceof Boolean again && again
                || fact(facts, "customer", "failuresLast12Months") instanceof Number failures
                        && failures.longValue() > 1;
    }

    private static @Nullable Object fact(Map<String, Object> facts, String group, String name) {
        return facts.get(group) instanceof Map<?, ?> fields ? fields.get(name) : null;
    }

    /** Letters that a person can start from, in the language that the customer reads. */
    public List<String> names(RecoveryCase recovery) {
        String ending = "." + recovery.language() + ".txt";
        return releases.files(recovery.release()).keySet().stream()
                .filter(path -> path.startsWith(FOLDER) && path.endsWith(ending))
                .map(path -> path.substring(FOLDER.length(), path.length() - ending.length()))
                .toList();
    }

    /** A letter of the case's own release as it would be sent now, for a person to adapt; nothing is sent or kept. */
    @Transactional(readOnly = true)
    public Optional<Preview> draft(RecoveryCase recovery, String name) {
        Set<String> tags = new HashSet<>();
        answered(recovery.id(), "tone").ifPresent(tags::add);
        if (!recovery.mode().isEmpty()) {
            tags.add(recovery.mode());
        }
        return names(recovery).contains(name)
                ? releases.file(recovery.release(), path(name, recovery.language()))
                        .map(text -> preview(text, recovery.language(), tags, recovery.reference()))
                : Optional.empty();
    }

    /** The one channel of the case's letters: as the rules answered last, or else the case's own. */
    public String channel(RecoveryCase recovery) {
        return answered(recovery.id(), "channel").orElse(recovery.channel());
    }

    /** What the rules answered last under that name. */
    Optional<String> answered(CaseId id, String setting) {
        List<StoredDecision> newestFirst = new ArrayList<>(decisions.ofCase(id));
        Collections.reverse(newestFirst);
        return newestFirst.stream()
                .flatMap(stored -> Stream.ofNullable(stored.decision().text(setting)))
                .findFirst();
    }

    private void remedies(List<Effect> told, String language, Set<String> tags, Map<String, String> values) {
        tags.addAll(told.stream().map(Effect::remedy).collect(Collectors.toSet()));
        Map<String, Money> sums = new HashMap<>();
        for (Effect effect : told) {
            Money money = effect.money();
            if (money != null) {
                sums.merge(effect.remedy(), money, Money::plus);
            }
        }
        sums.forEach((remedy, sum) -> values.put("amount." + remedy, tellings.money(sum, language)));
        items(told, language, tags, values);
    }

    /** What of the catalogue they are, and of which of them it is nothing that has a name. */
    private void items(List<Effect> told, String language, Set<String> tags, Map<String, String> values) {
        Map<String, Set<String>> names = new HashMap<>();
        for (Effect effect : told) {
            String remedy = effect.remedy();
            if (Item.Kind.of(remedy).isPresent()) {
                Optional<Item> item = Optional.ofNullable(effect.item()).flatMap(catalogue::find);
                tags.add(remedy + (item.isPresent() ? "_ITEM" : "_PLAIN"));
                item.ifPresent(one -> names.computeIfAbsent(remedy, key -> new LinkedHashSet<>())
                        .add(one.name(Locale.forLanguageTag(language))));
            }
        }
        names.forEach((remedy, all) -> values.put("item." + remedy, tellings.list(all, language)));
    }

    private synchronized Optional<LetterText> letter(String release, String name, String language) {
        String path = path(name, language);
        return read.computeIfAbsent(
                release + "/" + path, key -> releases.file(release, path).map(LetterText::read));
    }
}
