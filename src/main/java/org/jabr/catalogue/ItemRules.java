package org.jabr.catalogue;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jabr.releases.Releases;
import org.jabr.rules.Authority;
import org.jabr.rules.CurrencyTerms;
import org.jabr.rules.Decision;
import org.jabr.rules.DecisionFailed;
import org.jabr.rules.Moment;
import org.jabr.rules.Money;
import org.jabr.rules.Problem;
import org.jabr.rules.RuleRef;
import org.jabr.rules.Rulebook;
import org.jabr.rules.Setting;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** What the rules of a release say about items: the moment {@code choose-item}. A release without it chooses none. */
@Component
class ItemRules {

    static final Moment MOMENT = new Moment("choose-item");

    private static final Logger LOG = LoggerFactory.getLogger(ItemRules.class);
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final String WITHOUT = "WITHOUT";

    private final Releases releases;

    ItemRules(Releases releases) {
        this.releases = releases;
    }

    /**
     * What the rules say about one item.
     *
     * @param fits whether it may be given
     */
    record Said(boolean fits, long points, List<RuleRef> because) {}

    /** Whether the release has anything to say about items. */
    boolean choose(String release) {
        return releases.rulebook(release).moments().contains(MOMENT);
    }

    /** @return empty where the rules could not answer */
    Optional<Said> about(Item item, ItemWish wish, int timesGiven, OffsetDateTime now) {
        Money cost = item.costs().get(wish.about().currency());
        Map<String, Object> answers = new LinkedHashMap<>();
        answers.put("itemKind", item.kind().name());
        answers.put(
                "itemForFailure", meant(item.failures(), wish.about().facts().get("failure.type")));
        answers.put("itemForTier", meant(item.tiers(), wish.about().facts().get("customer.tier")));
        answers.put("itemForMood", meant(item.moods(), wish.about().facts().get("conversation.emotion")));
        answers.put("itemTimesGiven", (long) timesGiven);
        if (cost != null) {
            units(wish.about(), cost).ifPresent(units -> answers.put("itemUnits", units));
            Money amount = wish.amount();
            if (amount != null && amount.isPositive()) {
                answers.put(
                        "itemPricePercent",
                        cost.amount()
                                .multiply(HUNDRED)
                                .divide(amount.amount(), 0, RoundingMode.DOWN)
                                .longValue());
            }
        }
        return ask(wish, answers, now)
                .map(decision -> new Said(
                        "YES".equals(decision.text("itemFits")),
                        Optional.ofNullable(decision.number("itemPoints")).orElse(0L),
                        Stream.of("itemFits", "itemPoints")
                                .flatMap(name -> decision.setting(name).stream())
                                .map(Setting::because)
                                .flatMap(List::stream)
                                .toList()));
    }

    /** Who is asked where no item fits; empty where the remedy is given without one. */
    Optional<Authority> asked(Item.Kind kind, ItemWish wish, OffsetDateTime now) {
        String whom = ask(wish, Map.of("itemKind", kind.name()), now)
                .map(decision -> decision.text("itemNone"))
                .orElse(Authority.MANAGER.name());
        return Stream.of(Authority.values())
                .filter(one -> one.name().equals(whom))
                .findFirst()
                .or(() -> WITHOUT.equals(whom) ? Optional.empty() : Optional.of(Authority.MANAGER));
    }

    private static String meant(Set<String> named, @Nullable Object is) {
        if (named.isEmpty()) {
            return "ALL";
        }
        return is != null && named.contains(is.toString()) ? "YES" : "OTHER";
    }

    private Optional<BigDecimal> units(ItemWish.About about, Money cost) {
        return releases.rulebook(about.release()).currencies().stream()
                .filter(terms -> terms.code().equals(cost.currency()))
                .map(CurrencyTerms::factor)
                .map(factor -> cost.amount().divide(factor, 2, RoundingMode.HALF_EVEN))
                .findFirst();
    }

    private Optional<Decision> ask(ItemWish wish, Map<String, Object> answers, OffsetDateTime now) {
        Map<String, Map<String, Object>> groups = new LinkedHashMap<>();
        wish.about().facts().forEach((path, value) -> {
            int dot = path.indexOf('.');
            groups.computeIfAbsent(path.substring(0, dot), group -> new LinkedHashMap<>())
                    .put(path.substring(dot + 1), value);
        });
        groups.computeIfAbsent("failure", group -> new LinkedHashMap<>())
                .put("currency", wish.about().currency());
        Map<String, Object> document = new LinkedHashMap<>(groups);
        document.put("asOf", now.toString());
        document.put("answers", answers);
        try {
            Rulebook rulebook = releases.rulebook(wish.about().release());
            return Optional.of(rulebook.decide(MOMENT, rulebook.read(document)));
        } catch (Problem | DecisionFailed unanswered) {
            // Nothing that was granted is lost over it: somebody is asked.
            LOG.warn("The rules did not answer {}: {}", MOMENT, unanswered.toString());
            return Optional.empty();
        }
    }
}
