package org.jabr.intake.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The demo's shop, put together from {@code demo/shop.yml} with a fixed seed: the same people, purchases and stories
 * every time, with days that count back from today.
 */
final class Shop {

    private static final long SEED = 20_240_229L;
    private static final int DAYS = 730;
    private static final int STORIES = 54;

    private final Random random = new Random(SEED);
    private final Map<String, Object> words;
    private final LocalDate today;
    private final List<Person> people = new ArrayList<>();
    private final StringBuilder purchases = new StringBuilder("id,customer,date,amount,currency,item\n");
    private final List<Case> cases = new ArrayList<>();

    private Shop(Map<String, Object> words, LocalDate today) {
        this.words = words;
        this.today = today;
    }

    /** Somebody who buys here. */
    record Person(String ref, String name, String language, String currency, String channel, int kind) {

        boolean vulnerable() {
            return kind % 11 == 4;
        }

        /** Buys more than nearly everybody else, and for long. */
        boolean devoted() {
            return kind % 15 == 12;
        }

        boolean loyal() {
            return kind % 3 == 0;
        }
    }

    /**
     * Something that can be given, as somebody would type it.
     *
     * @param delivery why there are so many pieces
     */
    record Gift(Map<String, String> fields, int pieces, String delivery) {}

    /** What went wrong for somebody, and how it goes on. */
    record Case(
            String ref,
            Person person,
            String type,
            String channel,
            String emotion,
            String impact,
            String desired,
            String item,
            String category,
            String subject,
            String description,
            BigDecimal loss,
            int daysAgo,
            Story story) {}

    static Shop open(LocalDate today) {
        try (InputStream in = Objects.requireNonNull(Shop.class.getResourceAsStream("/demo/shop.yml"))) {
            Map<String, Object> words = new Yaml(new SafeConstructor(new LoaderOptions()))
                    .load(new InputStreamReader(in, StandardCharsets.UTF_8));
            Shop shop = new Shop(words, today);
            shop.hirePeople();
            shop.sell();
            shop.tellStories();
            return shop;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> customerRefs() {
        return people.stream().map(Person::ref).toList();
    }

    /** A file of customers as the generic mapping reads it. */
    String customersFile() {
        StringBuilder file = new StringBuilder(
                "customer,name,email,phone,language,preferredChannel,vulnerable,loyaltyMember,neverComplains\n");
        for (Person person : people) {
            file.append("%s,%s,%s@example.org,,%s,%s,%s,%s,%s%n"
                    .formatted(
                            person.ref,
                            person.name,
                            person.ref.toLowerCase(Locale.ROOT),
                            person.language,
                            person.channel,
                            person.vulnerable(),
                            person.loyal(),
                            person.kind % 7 == 2));
        }
        return file.toString();
    }

    /** A file of purchases as the generic mapping reads it. */
    String purchasesFile() {
        return purchases.toString();
    }

    List<Case> cases() {
        return cases;
    }

    List<Gift> gifts() {
        String delivery = String.valueOf(words.get("delivery"));
        return list(words.get("gifts")).stream()
                .map(Shop::map)
                .map(gift -> {
                    Map<String, String> fields = new HashMap<>();
                    gift.forEach((field, value) -> fields.put(field, String.valueOf(value)));
                    int pieces = Integer.parseInt(fields.getOrDefault("pieces", "0"));
                    return new Gift(fields, pieces, delivery);
                })
                .toList();
    }

    /** Something that somebody says, in a language. */
    String says(String language, String what) {
        return String.valueOf(map(map(words.get("answers")).get(language)).get(what));
    }

    private void hirePeople() {
        int number = 1000;
        List<?> english = list(map(words.get("names")).get("en"));
        List<?> arabic = list(map(words.get("names")).get("ar"));
        for (int i = 0; i < english.size(); i++) {
            people.add(person(++number, english.get(i), "en", "USD"));
            people.add(person(++number, arabic.get(i), "ar", "SAR"));
        }
    }

    private Person person(int number, Object name, String language, String currency) {
        List<String> channels = List.of("EMAIL", "EMAIL", "PHONE", "CHAT", "LETTER", "");
        return new Person(
                "DEMO-" + number,
                name.toString(),
                language,
                currency,
                channels.get(random.nextInt(channels.size())),
                number);
    }

    /** Most buy now and then, some often, a few only lately. */
    private void sell() {
        int receipt = 0;
        for (Person person : people) {
            int since = person.devoted()
                    ? DAYS
                    : person.kind % 5 == 1 ? 10 + random.nextInt(80) : 200 + random.nextInt(DAYS - 200);
            int often = person.devoted() ? 60 : person.loyal() ? 18 + random.nextInt(14) : 3 + random.nextInt(9);
            for (int i = 0; i < often; i++) {
                Map<String, Object> item = anyItem();
                int daysAgo = i == 0 ? since : 1 + random.nextInt(since);
                purchases.append("P-%05d,%s,%s,%s,%s,%s%n"
                        .formatted(
                                ++receipt,
                                person.ref,
                                today.minusDays(daysAgo),
                                price(item, person),
                                person.currency,
                                item.get(person.language)));
            }
        }
    }

    private void tellStories() {
        List<?> failures = list(words.get("failures"));
        List<String> channels = List.of("WEB", "EMAIL", "PHONE", "CHAT", "SOCIAL", "IN_PERSON", "WEB", "EMAIL");
        List<String> emotions = List.of("CALM", "CALM", "ANNOYED", "CALM", "ANGRY", "ANNOYED", "DISTRESSED");
        List<String> impacts = List.of("NONE", "MINOR", "NONE", "MAJOR", "NONE", "MINOR");
        Story[] stories = Story.values();
        for (int i = 0; i < STORIES; i++) {
            Map<String, Object> failure = map(failures.get(i % failures.size()));
            Person person = people.get((i * 7 + i / people.size()) % people.size());
            List<?> texts = list(failure.get(person.language));
            Story story = stories[i % stories.length];
            Map<String, Object> item = story == Story.APPROVAL_WAITS ? dearestItem() : anyItem();
            cases.add(new Case(
                    "demo-%03d".formatted(i + 1),
                    person,
                    String.valueOf(failure.get("type")),
                    channels.get(random.nextInt(channels.size())),
                    emotions.get(random.nextInt(emotions.size())),
                    impacts.get(random.nextInt(impacts.size())),
                    String.valueOf(failure.getOrDefault("desired", "NONE")),
                    String.valueOf(item.get(person.language)),
                    texts.get(0).toString(),
                    texts.get(1).toString(),
                    texts.get(2).toString(),
                    price(item, person),
                    random.nextInt(12),
                    story));
        }
    }

    private Map<String, Object> anyItem() {
        List<?> items = list(words.get("items"));
        return map(items.get(random.nextInt(items.size())));
    }

    private Map<String, Object> dearestItem() {
        return list(words.get("items")).stream()
                .map(Shop::map)
                .max(Comparator.comparing(item -> (Integer) Objects.requireNonNull(item.get("price"))))
                .orElseThrow();
    }

    private static BigDecimal price(Map<String, Object> item, Person person) {
        BigDecimal price = new BigDecimal(String.valueOf(item.get("price")));
        return person.currency.equals("SAR")
                ? price.multiply(BigDecimal.valueOf(4)).setScale(2)
                : price.setScale(2);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(@Nullable Object words) {
        return (Map<String, Object>) Objects.requireNonNull(words);
    }

    private static List<?> list(@Nullable Object words) {
        return (List<?>) Objects.requireNonNull(words);
    }
}
