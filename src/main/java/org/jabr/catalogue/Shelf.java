package org.jabr.catalogue;

import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jabr.rules.Authority;
import org.jabr.rules.CaseId;
import org.jabr.rules.Decider;
import org.jabr.rules.Problem;
import org.jabr.treasury.PotName;
import org.jabr.treasury.Treasury;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Finds what to give: of everything that can be given the item that suits best by the rules, never the same twice
 * running. Days are those of UTC, as of budgets.
 */
@Service
public class Shelf {

    /** So many of the best are held at once; where others were faster with all of them, somebody is asked. */
    private static final int HELD = 8;

    private final Items items;
    private final ItemChoices choices;
    private final ItemRules rules;
    private final Treasury treasury;
    private final Clock clock;

    Shelf(Items items, ItemChoices choices, ItemRules rules, Treasury treasury, Clock clock) {
        this.items = items;
        this.choices = choices;
        this.rules = rules;
        this.treasury = treasury;
        this.clock = clock;
    }

    /**
     * What could be given.
     *
     * @param fits the best first
     * @param passed what cannot be given, and why
     */
    public record Offer(ItemWish wish, Item.Kind kind, List<ItemFit> fits, List<ItemChoice.Passed> passed) {

        public Offer {
            fits = List.copyOf(fits);
            passed = List.copyOf(passed);
        }

        /** What must be held while something is given: the stores, and what the customer may get. */
        public List<PotName> pots() {
            PotName customer = new PotName(
                    PotName.Kind.WINDOW,
                    String.valueOf(wish.customerId()),
                    "",
                    wish.about().currency(),
                    "");
            return Stream.concat(
                            Stream.of(customer),
                            fits.stream()
                                    .map(ItemFit::item)
                                    .filter(Item::counted)
                                    .map(Item::store))
                    .toList();
        }
    }

    /**
     * What is given.
     *
     * @param choice without an item where none fits
     * @param asks who is asked where none fits; null where it is given without one
     */
    public record Given(ItemChoice choice, @Nullable Authority asks) {

        /** Whether a person picked another item than the one that is given. */
        public boolean otherThan(@Nullable String wanted) {
            return wanted != null && !wanted.equals(choice.item());
        }
    }

    /** What fits, as far as can be seen without holding anything; empty where the catalogue has nothing for the remedy. */
    @Transactional(readOnly = true)
    public Optional<Offer> offer(ItemWish wish) {
        return Item.Kind.of(wish.remedy().name()).flatMap(kind -> offer(wish, kind));
    }

    private Optional<Offer> offer(ItemWish wish, Item.Kind kind) {
        List<Item> all = items.active(kind);
        if (all.isEmpty() || !rules.choose(wish.about().release())) {
            return Optional.empty();
        }
        OffsetDateTime now = OffsetDateTime.now(clock);
        LocalDate today = now.withOffsetSameInstant(ZoneOffset.UTC).toLocalDate();
        String last = choices.last(wish.customerId(), kind, null).orElse(null);
        List<ItemFit> fits = new ArrayList<>();
        List<ItemChoice.Passed> passed = new ArrayList<>();
        for (Item item : all) {
            Optional<ItemChoice.Reason> reason = ItemFit.hindrance(item, wish, today)
                    .or(() -> item.code().equals(last) ? Optional.of(ItemChoice.Reason.AGAIN) : Optional.empty())
                    .or(() -> there(item) ? Optional.empty() : Optional.of(ItemChoice.Reason.STOCK));
            Optional<ItemRules.Said> said = reason.isPresent()
                    ? Optional.empty()
                    : rules.about(item, wish, choices.times(wish.customerId(), item.code()), now);
            if (said.filter(ItemRules.Said::fits).isPresent()) {
                fits.add(new ItemFit(item, said.get().points(), said.get().because()));
            } else {
                passed.add(new ItemChoice.Passed(item.code(), reason.orElse(ItemChoice.Reason.RULES)));
            }
        }
        fits.sort(ItemFit.BEST);
        List<ItemFit> held = new ArrayList<>(fits.subList(0, Math.min(HELD, fits.size())));
        fits.stream().skip(HELD).forEach(fit -> {
            if (fit.item().code().equals(wish.wanted())) {
                held.add(fit);
            } else {
                passed.add(new ItemChoice.Passed(fit.item().code(), ItemChoice.Reason.BETTER));
            }
        });
        return Optional.of(new Offer(wish, kind, held, passed));
    }

    /**
     * How many pieces there are of all that could be given in such a case, whatever is granted; empty where something
     * could be given whose pieces nobody counts, and where the catalogue has nothing that could be given.
     *
     * @param asOf whose day counts
     */
    @Transactional(readOnly = true)
    public Optional<Long> pieces(Item.Kind kind, ItemWish.About about, OffsetDateTime asOf) {
        if (!rules.choose(about.release())) {
            return Optional.empty();
        }
        LocalDate today = asOf.withOffsetSameInstant(ZoneOffset.UTC).toLocalDate();
        List<Item> could = items.active(kind).stream()
                .filter(item -> ItemFit.hindrance(item, about, today).isEmpty())
                .toList();
        return could.isEmpty() || !could.stream().allMatch(Item::counted)
                ? Optional.empty()
                : Optional.of(treasury.stock(could.stream().map(Item::store).toList()));
    }

    private boolean there(Item item) {
        return !item.counted() || treasury.stock(item.store()).orElse(0L) > 0;
    }

    /**
     * Which of them is given, and writes down why. Whoever asks holds the pots of the offer: nobody else takes the same
     * piece, and nobody gives this customer anything meanwhile.
     *
     * @param effect key of the remedy
     */
    @Transactional
    public Given give(Offer offer, String effect) {
        ItemWish wish = offer.wish();
        OffsetDateTime now = OffsetDateTime.now(clock);
        ItemFit.Picked picked = ItemFit.pick(
                offer.fits(),
                wish.wanted(),
                item -> !item.counted() || treasury.stockNow(item.store()).orElse(0L) > 0,
                choices.last(wish.customerId(), offer.kind(), effect).orElse(null));
        // What was nearly given first: of very many, not all are written down.
        List<ItemChoice.Passed> passed = new ArrayList<>(picked.passed());
        passed.addAll(offer.passed());
        ItemFit fit = picked.fit();
        boolean own = fit != null && fit.item().code().equals(wish.wanted());
        ItemChoice choice = new ItemChoice(
                effect,
                wish.customerId(),
                offer.kind(),
                fit == null ? null : fit.item().code(),
                wish.about().release(),
                fit == null ? 0 : fit.points(),
                fit == null ? List.of() : fit.because(),
                passed,
                own ? wish.by() : Decider.RULES.login(),
                now,
                false);
        choices.put(choice);
        return new Given(
                choice, fit == null ? rules.asked(offer.kind(), wish, now).orElse(null) : null);
    }

    /** Whether the customer gets what was chosen, or does not after all; says nothing of other remedies. */
    @Transactional
    public void settle(String effect, boolean given) {
        choices.settle(effect, given);
    }

    /** Which item a remedy is; empty where the catalogue was not asked. */
    @Transactional(readOnly = true)
    public Optional<ItemChoice> choice(String effect) {
        return choices.find(effect);
    }

    /**
     * Remembers what somebody picked for a case, until the remedy is granted.
     *
     * @throws Problem {@code CATALOGUE-014} where it does not fit
     */
    @Transactional
    public void pick(CaseId caseId, ItemWish wish) {
        String wanted = wish.wanted();
        if (wanted != null) {
            mustFit(wish, wanted);
            choices.wish(caseId, wish.remedy().name(), wanted, wish.by());
        }
    }

    /** @throws Problem {@code CATALOGUE-014} */
    public void mustFit(ItemWish wish, String wanted) {
        boolean fits = offer(wish).stream()
                .flatMap(offer -> offer.fits().stream())
                .anyMatch(fit -> fit.item().code().equals(wanted));
        if (!fits) {
            throw new Problem(Problem.Kind.INVALID, "CATALOGUE-014", shown(wanted));
        }
    }

    /** What somebody picked for a remedy of a case; it counts once. */
    @Transactional
    public Optional<String> picked(CaseId caseId, String remedy) {
        return choices.takeWish(caseId, remedy);
    }

    static String shown(String typed) {
        return typed.length() <= 40 ? typed : typed.substring(0, 40);
    }
}
