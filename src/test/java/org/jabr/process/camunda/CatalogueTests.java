package org.jabr.process.camunda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jabr.process.camunda.Desk.AGENT;
import static org.jabr.process.camunda.Desk.MANAGER;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jabr.cases.BooksCheck;
import org.jabr.cases.Gifts;
import org.jabr.cases.RecoveryCase;
import org.jabr.catalogue.Catalogue;
import org.jabr.catalogue.CatalogueDesk;
import org.jabr.catalogue.CatalogueRefused;
import org.jabr.catalogue.Item;
import org.jabr.catalogue.ItemChoice;
import org.jabr.catalogue.ItemFit;
import org.jabr.catalogue.ItemWish;
import org.jabr.catalogue.Shelf;
import org.jabr.catalogue.TypedItem;
import org.jabr.process.Letters;
import org.jabr.remedies.Effect;
import org.jabr.remedies.Effects;
import org.jabr.remedies.RemedyDesk;
import org.jabr.remedies.RemedyOrder;
import org.jabr.rules.Authority;
import org.jabr.rules.Decider;
import org.jabr.rules.Decision;
import org.jabr.rules.Moment;
import org.jabr.rules.Money;
import org.jabr.rules.Problem;
import org.jabr.rules.Remedy;
import org.jabr.rules.RuleRef;
import org.jabr.worklist.WorkItem;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What is given of the catalogue, by the default rules; each subclass on one of the databases. */
abstract class CatalogueTests {

    private static final AtomicLong DECISION = new AtomicLong(7_000_000);
    private static final Remedy GIFT = new Remedy("GIFT", Remedy.RemedyClass.GOODWILL, "GIFT");
    private static final Remedy CARD = new Remedy("CARD", Remedy.RemedyClass.CARE, "MESSAGE");

    @Autowired
    Desk desk;

    @Autowired
    CatalogueDesk catalogueDesk;

    @Autowired
    Catalogue catalogue;

    @Autowired
    Gifts gifts;

    @Autowired
    Shelf shelf;

    @Autowired
    RemedyDesk remedies;

    @Autowired
    Effects effects;

    @Autowired
    BooksCheck books;

    @Autowired
    Letters letters;

    /** What is not given any more is in nobody's way. */
    @AfterEach
    void nothingIsGivenAnyMore() {
        for (Catalogue.Stocked one : catalogue.list(null, true, null, 200)) {
            catalogueDesk.activate(one.item().code(), one.item().version(), false, "test");
        }
    }

    @Test
    void givesWhatSuitsBestAndSaysWhy() {
        add("ALPHA", Map.of(), 5);
        add("LATE", Map.of("failures", "LATE_DELIVERY"), 5);
        add("DEAR", Map.of("costs", "USD 15.01"), 5);
        add("OTHERS", Map.of("tiers", "PLATINUM"), 5);
        add("SOLD-OUT", Map.of("failures", "LATE_DELIVERY"), 0);
        RecoveryCase recovery = desk.lateDelivery().open();

        Effect gift = give(recovery, GIFT, Money.of("15.00", "USD"));

        assertThat(List.of(gift.state(), String.valueOf(gift.item()))).containsExactly(Effect.State.RESERVED, "LATE");
        ItemChoice choice = shelf.choice(gift.key()).orElseThrow();
        assertThat(choice.because())
                .extracting(rule -> rule.id())
                .contains("item-suits", "item-there", "item-for-failure");
        assertThat(choice.passed())
                .containsExactlyInAnyOrder(
                        new ItemChoice.Passed("ALPHA", ItemChoice.Reason.BETTER),
                        new ItemChoice.Passed("DEAR", ItemChoice.Reason.COST),
                        new ItemChoice.Passed("OTHERS", ItemChoice.Reason.RULES),
                        new ItemChoice.Passed("SOLD-OUT", ItemChoice.Reason.STOCK));
        assertThat(left("LATE")).isEqualTo(4);
        remedies.carryOut(recovery.id());
        assertThat(effects.find(gift.key()).orElseThrow().state()).isEqualTo(Effect.State.CONFIRMED);
        assertThat(left("LATE")).isEqualTo(4);
        assertThat(books.look())
                .noneMatch(one -> one.what().contains(gift.key()) && !one.code().equals("BOOKS-008"));
    }

    @Test
    void neverGivesTheSameTwiceRunningAndTakesBackIntoStoreWhatIsCancelled() {
        add("ONE", Map.of("failures", "LATE_DELIVERY"), 9);
        add("TWO", Map.of(), 9);
        RecoveryCase recovery = desk.lateDelivery().open();
        Money money = Money.of("15.00", "USD");

        assertThat(give(recovery, GIFT, money).item()).isEqualTo("ONE");
        RecoveryCase again = desk.lateDelivery().of(recovery).open();
        Effect second = give(again, GIFT, money);
        assertThat(second.item()).isEqualTo("TWO");
        assertThat(left("TWO")).isEqualTo(8);
        desk.transaction.executeWithoutResult(status -> remedies.cancelOpen(again.id(), AGENT));
        assertThat(left("TWO")).isEqualTo(9);
        assertThat(give(again, GIFT, money).item()).as("the one before was ONE").isEqualTo("TWO");
        assertThat(give(again, GIFT, money).item()).isEqualTo("ONE");
    }

    @Test
    void asksAManagerWhereNothingFitsAndLetsThemPick() {
        add("FAR", Map.of("regions", "SA"), 3);
        RecoveryCase recovery = desk.lateDelivery().open();

        Effect asked = give(recovery, GIFT, Money.of("15.00", "USD"));

        assertThat(List.of(asked.state(), asked.authority())).containsExactly(Effect.State.ASKED, Authority.MANAGER);
        assertThat(asked.item()).isNull();
        assertThat(desk.file(recovery).timeline())
                .filteredOn(entry -> entry.kind().equals("NO_ITEM"))
                .singleElement()
                .satisfies(entry -> assertThat(entry.values()).containsEntry("to", "MANAGER"));
        assertCode("CATALOGUE-020", () -> approve(recovery, asked, null));
        assertCode("CATALOGUE-014", () -> approve(recovery, asked, "FAR"));
        assertThat(left("FAR")).isEqualTo(3);

        add("NEAR", Map.of(), 1);
        add("NEARER", Map.of("failures", "LATE_DELIVERY"), 1);
        approve(recovery, asked, "NEAR");
        Effect approved = effects.find(asked.key()).orElseThrow();
        assertThat(List.of(approved.state(), String.valueOf(approved.item())))
                .containsExactly(Effect.State.RESERVED, "NEAR");
        assertThat(List.of(left("NEAR"), left("NEARER"))).containsExactly(0L, 1L);
        assertThat(shelf.choice(asked.key()).orElseThrow().by()).isEqualTo(MANAGER.login());
    }

    @Test
    void givesTheLastPieceToOneAndTheNextBestToTheOther() throws Exception {
        add("LAST", Map.of("failures", "LATE_DELIVERY"), 1);
        add("NEXT", Map.of(), 1);
        List<RecoveryCase> cases = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            cases.add(desk.lateDelivery().open());
        }
        List<Effect> given = new ArrayList<>();
        ExecutorService people = Executors.newFixedThreadPool(cases.size());
        try {
            List<Future<Effect>> answers = cases.stream()
                    .map(one -> people.submit(() -> give(one, GIFT, Money.of("15.00", "USD"))))
                    .toList();
            for (Future<Effect> answer : answers) {
                given.add(answer.get());
            }
        } finally {
            people.shutdown();
        }
        assertThat(given)
                .extracting(effect -> effect.state() + " " + effect.item())
                .containsExactlyInAnyOrder("RESERVED LAST", "RESERVED NEXT", "ASKED null");
        assertThat(List.of(left("LAST"), left("NEXT"))).containsExactly(0L, 0L);
    }

    @Test
    void countsCardsToo() {
        RecoveryCase recovery = desk.lateDelivery().open();
        add("THANKS", Map.of("kind", "CARD", "costs", "USD 1.20"), 2);
        add("GOLD-LEAF", Map.of("kind", "CARD", "costs", "USD 9"), 2);

        Effect card = give(recovery, CARD, null);
        assertThat(card.item()).isEqualTo("THANKS");
        assertThat(left("THANKS")).isEqualTo(1);
        remedies.carryOut(recovery.id());
        assertThat(effects.find(card.key()).orElseThrow().state()).isEqualTo(Effect.State.CONFIRMED);
        assertThat(left("THANKS")).isEqualTo(1);

        Effect another = give(recovery, CARD, null);
        assertThat(List.of(another.state(), String.valueOf(another.item())))
                .as("kind words are good without an item")
                .containsExactly(Effect.State.RESERVED, "null");
    }

    @Test
    void leavesARemedyAsItIsWhereTheCatalogueHasNothingForIt() {
        RecoveryCase recovery = desk.lateDelivery().open();

        Effect gift = give(recovery, GIFT, Money.of("15.00", "USD"));

        assertThat(gift.state()).isEqualTo(Effect.State.RESERVED);
        assertThat(gift.item()).isNull();
        assertThat(shelf.choice(gift.key())).isEmpty();
    }

    @Test
    void givesWhatThePersonAtTheFrontPicks() {
        add("BEST", Map.of("failures", "LATE_DELIVERY", "costs", "USD 2"), 2);
        add("PICKED", Map.of("costs", "USD 2"), 2);
        RecoveryCase recovery = desk.lateDelivery()
                .loss("80.00")
                .fact("conversation.emotion", "ANGRY")
                .open();
        WorkItem work = desk.item(recovery);
        Map<String, Object> answers = new HashMap<>(Map.of(
                "chosen",
                List.of(Map.of("remedy", "GIFT", "amount", "3.00"), Map.of("remedy", "APOLOGY")),
                "chosenWhy",
                "She likes tea",
                "chosenItems",
                Map.of("GIFT", "NO-SUCH")));
        answers.put("conversation.emotion", "ANGRY");
        assertCode("CATALOGUE-014", () -> desk.complete(work, answers, AGENT));
        answers.put("chosenItems", Map.of("GIFT", "PICKED"));
        desk.complete(work, answers, AGENT);

        assertThat(desk.file(recovery).remedies())
                .filteredOn(effect -> effect.remedy().equals("GIFT"))
                .singleElement()
                .satisfies(effect -> assertThat(effect.item()).isEqualTo("PICKED"));
        assertThat(left("PICKED")).isEqualTo(1);
    }

    @Test
    void saysInTheCaseThatWhatWasAskedForWasGoneWhenItWasApproved() {
        add("WANTED", Map.of("costs", "USD 2"), 1);
        add("INSTEAD", Map.of("costs", "USD 2"), 2);
        RecoveryCase recovery = desk.lateDelivery()
                .loss("80.00")
                .fact("conversation.emotion", "ANGRY")
                .open();
        desk.complete(
                desk.item(recovery),
                Map.of(
                        "chosen",
                        List.of(Map.of("remedy", "GIFT", "amount", "60.00"), Map.of("remedy", "APOLOGY")),
                        "chosenWhy",
                        "The third delay this year",
                        "chosenItems",
                        Map.of("GIFT", "WANTED"),
                        "conversation.emotion",
                        "ANGRY"),
                AGENT);
        Effect asked = desk.effects(recovery, Effect.State.ASKED).get(0);
        assertThat(asked.item()).isEqualTo("WANTED");
        catalogueDesk.receive("WANTED", -1, "Broken", MANAGER);

        approve(recovery, asked, null);

        assertThat(effects.find(asked.key()).orElseThrow().item()).isEqualTo("INSTEAD");
        assertThat(desk.file(recovery).timeline())
                .filteredOn(entry -> entry.kind().equals("OTHER_ITEM"))
                .singleElement()
                .satisfies(entry -> assertThat(entry.values())
                        .containsEntry("wanted", "WANTED")
                        .containsEntry("item", "INSTEAD"));
    }

    @Test
    void keepsWhyHoweverManyRulesGavePoints() {
        Item item = add("WORDY", Map.of(), 2);
        RecoveryCase recovery = desk.lateDelivery().open();
        List<RuleRef> many = IntStream.range(0, 90)
                .mapToObj(n -> new RuleRef("item-for-those-who-waited-longer-than-promised-" + n))
                .toList();
        ItemWish wish = new ItemWish(
                recovery.customerId(),
                GIFT,
                Money.of("15.00", "USD"),
                new ItemWish.About(recovery.release(), "USD", "en", "", Map.of()),
                null,
                Decider.RULES.login());
        List<ItemChoice.Passed> others = IntStream.range(0, 300)
                .mapToObj(n -> new ItemChoice.Passed("A-THING-THAT-IS-FAR-AWAY-" + n, ItemChoice.Reason.REGION))
                .toList();

        shelf.give(
                new Shelf.Offer(
                        wish,
                        Item.Kind.GIFT,
                        List.of(new ItemFit(item, 10, many), new ItemFit(add("NEARLY", Map.of(), 2), 9, many)),
                        others),
                "wordy-GIFT");

        ItemChoice choice = shelf.choice("wordy-GIFT").orElseThrow();
        assertThat(choice.because()).isEqualTo(many);
        assertThat(choice.passed())
                .as("what was nearly given is said first, and nothing is said by half")
                .startsWith(new ItemChoice.Passed("NEARLY", ItemChoice.Reason.BETTER))
                .hasSizeGreaterThan(100)
                .isSubsetOf(Stream.concat(
                                Stream.of(new ItemChoice.Passed("NEARLY", ItemChoice.Reason.BETTER)), others.stream())
                        .toList());
    }

    @Test
    void tellsTheRulesHowManyPiecesOfWhatCouldBeGivenThereAre() {
        RecoveryCase recovery = desk.lateDelivery().open();
        assertThat(pieces(recovery)).as("nobody counts anything").isNull();
        add("FAR-ONLY", Map.of("regions", "SA"), 4);
        assertThat(pieces(recovery))
                .as("whom nothing fits is for choose-item to say")
                .isNull();

        add("TWO-LEFT", Map.of(), 2);
        add("ONE-LEFT", Map.of("failures", "DAMAGED_ITEM"), 1);
        add("DIRHAMS-ONLY", Map.of("costs", "AED 20"), 8);
        add("LATER", Map.of("from", "2999-01-01"), 16);
        add("A-CARD", Map.of("kind", "CARD"), 32);
        assertThat(pieces(recovery)).isEqualTo("3");

        catalogueDesk.receive("TWO-LEFT", -2, "Broken", MANAGER);
        catalogueDesk.receive("ONE-LEFT", -1, "Broken", MANAGER);
        assertThat(pieces(recovery))
                .as("everything that could be given is gone")
                .isEqualTo("0");

        catalogueDesk.add(typed("UNCOUNTED", Map.of("counted", "no")), "test");
        assertThat(pieces(recovery)).as("of this there is always one").isNull();
    }

    /** What the rules are told is in store. */
    private @Nullable String pieces(RecoveryCase recovery) {
        Decision decision =
                desk.transaction.execute(status -> desk.cases.decide(recovery.id(), Moment.EXCEED, Decider.RULES));
        Map<?, ?> means = (Map<?, ?>) Objects.requireNonNull(
                Objects.requireNonNull(decision).facts().document().get("means"));
        Object pieces = means.get("giftsInStock");
        return pieces == null ? null : pieces.toString();
    }

    @Test
    void namesTheItemInTheLetterInTheLettersLanguage() {
        add("DATES", Map.of("name-en", "Box of dates", "name-ar", "علبة تمر", "costs", "USD 2"), 2);
        for (String language : List.of("en", "ar")) {
            boolean arabic = language.equals("ar");
            RecoveryCase recovery = desk.lateDelivery()
                    .language(language)
                    .loss("80.00")
                    .fact("conversation.emotion", "ANGRY")
                    .open();
            desk.complete(
                    desk.item(recovery),
                    Map.of(
                            "chosen",
                            List.of(Map.of("remedy", "GIFT", "amount", "3.00"), Map.of("remedy", "APOLOGY")),
                            "chosenWhy",
                            "She likes dates",
                            "conversation.emotion",
                            "ANGRY"),
                    AGENT);

            assertThat(desk.letter(recovery, "resolution"))
                    .contains(arabic ? "نرسل إليكم هدية: \u2068علبة تمر\u2069." : "A gift comes to you: Box of dates.")
                    .doesNotContain(arabic ? "هدية صغيرة" : "small gift");
        }
    }

    @Test
    void showsAnAuthorWhatALetterWithAnItemWouldSay() {
        String text = "Subject\n\n[GIFT_ITEM]\n- {item.GIFT}\n[/]\n[GIFT_PLAIN]\n- a gift\n[/]\n";
        assertThat(letters.preview(text, "en", Set.of("GIFT_ITEM"), Map.of("item", "Box of dates"))
                        .body())
                .isEqualTo("- Box of dates");

        add("DATES-TOO", Map.of("name-en", "Box of dates"), 1);
        add("TEA-TOO", Map.of("name-en", "Tin of tea", "name-ar", "علبة شاي"), 1);
        RecoveryCase recovery = desk.lateDelivery().open();
        give(recovery, GIFT, Money.of("15.00", "USD"));
        give(recovery, GIFT, Money.of("15.00", "USD"));
        assertThat(letters.preview(text, "en", Set.of(), recovery.reference()).body())
                .isEqualTo("- Box of dates and Tin of tea");
        assertThat(letters.preview(text, "ar", Set.of(), recovery.reference()).body())
                .contains("شيء صغير", " و", "علبة شاي");
    }

    @Test
    void saysAGiftWithoutAnItemAsBefore() {
        RecoveryCase recovery = desk.lateDelivery()
                .loss("80.00")
                .fact("conversation.emotion", "ANGRY")
                .open();
        desk.complete(
                desk.item(recovery),
                Map.of(
                        "chosen",
                        List.of(Map.of("remedy", "GIFT", "amount", "3.00")),
                        "chosenWhy",
                        "She likes surprises",
                        "conversation.emotion",
                        "ANGRY"),
                AGENT);

        assertThat(desk.letter(recovery, "resolution"))
                .contains("- A small gift comes to you.")
                .doesNotContain("gift comes to you:");
    }

    @Test
    void refusesWhatCannotBe() {
        assertField("code", "CATALOGUE-002", Map.of("code", "no code"));
        assertField("name-ar", "CATALOGUE-003", Map.of("name-ar", ""));
        assertField("name-en", "CATALOGUE-004", Map.of("name-en", "x".repeat(121)));
        assertField("costs", "CATALOGUE-005", Map.of("costs", ""));
        assertField("costs", "CATALOGUE-006", Map.of("costs", "XYZ 5"));
        assertField("costs", "CATALOGUE-007", Map.of("costs", "USD -5"));
        assertField("costs", "CATALOGUE-007", Map.of("costs", "USD 0"));
        assertField("costs", "CATALOGUE-008", Map.of("costs", "USD 5.001"));
        assertField("costs", "CATALOGUE-012", Map.of("costs", "USD 5; USD 6"));
        assertField("until", "CATALOGUE-009", Map.of("from", "2026-03-02", "until", "2026-03-01"));
        assertField("until", "CATALOGUE-011", Map.of("until", "2026-02-30"));
        assertField("languages", "CATALOGUE-010", Map.of("languages", ""));
        assertField("tiers", "CATALOGUE-011", Map.of("tiers", "GLOD"));
        assertField("kind", "CATALOGUE-011", Map.of("kind", "REFUND"));
        assertField("counted", "CATALOGUE-011", Map.of("counted", "perhaps"));
        Item item = add("TAKEN", Map.of(), 1);
        assertField("code", "CATALOGUE-013", Map.of("code", item.code()));
        assertCode("TREASURY-001", () -> catalogueDesk.receive("TAKEN", -2, "Broken", MANAGER));
        assertCode("TREASURY-007", () -> catalogueDesk.receive("TAKEN", 2, " ", MANAGER));
        assertCode("TREASURY-010", () -> catalogueDesk.receive("TAKEN", 2, "Delivered", AGENT));
        assertCode("CATALOGUE-001", () -> catalogueDesk.receive("NO-SUCH", 2, "Delivered", MANAGER));
    }

    @Test
    void remembersEveryChangeAndTellsWhoeverIsLate() {
        Item item = add("MUG", Map.of(), 0);
        Item dearer =
                catalogueDesk.change(item.code(), 1, typed("MUG", Map.of("costs", "USD 6.50; SAR 24")), "manager");
        assertThat(dearer.version()).isEqualTo(2);
        assertCode(
                "CATALOGUE-015",
                () -> catalogueDesk.change(item.code(), 1, typed("MUG", Map.of("name-en", "Cup")), "analyst"));
        assertCode("CATALOGUE-015", () -> catalogueDesk.activate(item.code(), 1, false, "analyst"));
        assertCode(
                "CATALOGUE-016",
                () -> catalogueDesk.change(item.code(), 2, typed("MUG", Map.of("kind", "CARD")), "analyst"));
        assertThat(catalogue.changes("MUG").get(0)).satisfies(change -> assertThat(
                        List.of(change.version(), change.field(), change.was(), change.became(), change.by()))
                .containsExactly(2, "costs", "USD 5.00", "SAR 24.00; USD 6.50", "manager"));
    }

    @Test
    void takesAFileAndRefusesOnlyTheLinesThatAreWrong() {
        Item mug = add("CUP", Map.of(), 0);
        String head = String.join(",", TypedItem.FIELDS);
        String file = "\uFEFF" + head + "\n"
                + line(typed("FLOWERS", Map.of("costs", "USD 9; SAR 35"))) + "\n"
                + line(typed("DATES", Map.of("languages", ""))) + "\n"
                + line(typed("CUP", Map.of("name-en", "A larger cup"))) + "\n"
                + line(typed("FLOWERS", Map.of("costs", "USD 9; SAR 35"))) + "\n";

        CatalogueDesk.Taken taken = catalogueDesk.take(file, "manager");

        assertThat(List.of(taken.added(), taken.changed(), taken.same())).containsExactly(1, 1, 1);
        assertThat(taken.refused()).singleElement().satisfies(line -> assertThat(
                        List.of(line.line(), line.code(), line.problem().code()))
                .containsExactly(3L, "DATES", "CATALOGUE-010"));
        assertThat(catalogue.get("CUP").item().version()).isEqualTo(mug.version() + 1);
        assertCode("CATALOGUE-018", () -> catalogueDesk.take("code,kind\nA,GIFT\n", "manager"));
        assertCode("CATALOGUE-018", () -> catalogueDesk.take("", "manager"));
        assertCode("CATALOGUE-018", () -> catalogueDesk.take(head + "\n\"open", "manager"));
    }

    private static String line(TypedItem typed) {
        return TypedItem.FIELDS.stream()
                .map(field -> "\"" + typed.get(field) + "\"")
                .reduce((a, b) -> a + "," + b)
                .orElseThrow();
    }

    private Item add(String code, Map<String, String> differs, long pieces) {
        Item item = catalogue
                .find(code)
                .map(known -> catalogueDesk.activate(code, known.version(), true, "test"))
                .orElseGet(() -> catalogueDesk.add(typed(code, differs), "test"));
        long missing = pieces - left(code);
        if (missing != 0) {
            catalogueDesk.receive(code, missing, "Delivered", MANAGER);
        }
        return item;
    }

    private static TypedItem typed(String code, Map<String, String> differs) {
        Map<String, String> fields = new HashMap<>(Map.of(
                "code", code,
                "kind", "GIFT",
                "name-en", "A small thing",
                "name-ar", "شيء صغير",
                "about-en", "Made by hand",
                "about-ar", "مصنوع باليد",
                "costs", "USD 5",
                "languages", "en ar",
                "counted", "yes"));
        fields.putAll(differs);
        return new TypedItem(fields);
    }

    private long left(String code) {
        return Objects.requireNonNull(catalogue.get(code).stock()).left();
    }

    /** Grants it by the rules. */
    private Effect give(RecoveryCase recovery, Remedy remedy, @Nullable Money money) {
        long decision = DECISION.incrementAndGet();
        RecoveryCase now = desk.now(recovery);
        desk.transaction.executeWithoutResult(status -> remedies.place(List.of(new RemedyOrder(
                now.id(),
                now.reference(),
                now.customerId(),
                now.queue(),
                decision,
                "exceed",
                remedy,
                money,
                null,
                false,
                false,
                Authority.RULES,
                Decider.RULES.login(),
                new ItemWish.About(
                        now.release(),
                        "USD",
                        "en",
                        "",
                        Map.of(
                                "failure.type",
                                now.failureType(),
                                "customer.tier",
                                "GOLD",
                                "recovery.severity",
                                3L))))));
        return effects.find(decision + "-" + remedy.name()).orElseThrow();
    }

    private void approve(RecoveryCase recovery, Effect asked, @Nullable String item) {
        desk.cases.approve(recovery.id(), asked.key(), true, null, null, item, MANAGER);
    }

    private void assertField(String field, String code, Map<String, String> differs) {
        assertThatThrownBy(() -> catalogueDesk.add(typed("WRONG", differs), "test"))
                .isInstanceOfSatisfying(CatalogueRefused.class, refused -> assertThat(refused.fields())
                        .hasEntrySatisfying(
                                field, problem -> assertThat(problem.code()).isEqualTo(code)));
    }

    private static void assertCode(String code, ThrowingCallable what) {
        assertThatThrownBy(what).isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.code())
                .isEqualTo(code));
    }
}
