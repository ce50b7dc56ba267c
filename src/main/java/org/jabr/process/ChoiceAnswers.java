package org.jabr.process;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jabr.rules.Choice;
import org.jabr.rules.Money;
import org.jabr.rules.Problem;
import org.jspecify.annotations.Nullable;

/**
 * The remedies that a person chose, among the answers of their work: {@code chosen} is a list of
 * {@code {remedy, amount}}, {@code chosenWhy} one line, {@code chosenItems} the item of the catalogue that was picked for
 * a remedy, by remedy.
 */
public final class ChoiceAnswers {

    /** Name of the answer that lists the chosen remedies. */
    public static final String CHOSEN = "chosen";

    /** Name of the answer that says why. */
    public static final String WHY = "chosenWhy";

    /** Name of the answer that says which items were picked. */
    public static final String ITEMS = "chosenItems";

    private ChoiceAnswers() {}

    /**
     * The picked items by remedy.
     *
     * @throws FormRefused with {@code FORM-005} where they are no such list
     */
    static Map<String, String> items(Map<String, ?> answers) {
        Map<String, String> items = new LinkedHashMap<>();
        Object given = answers.get(ITEMS);
        if (given != null && !(given instanceof Map<?, ?>)) {
            throw new FormRefused(ITEMS, Map.of(ITEMS, new Problem(Problem.Kind.INVALID, "FORM-005", ITEMS)));
        }
        if (given instanceof Map<?, ?> picked) {
            picked.forEach((remedy, item) -> {
                if (item != null && !item.toString().isBlank()) {
                    items.put(String.valueOf(remedy), item.toString().strip());
                }
            });
        }
        return items;
    }

    /**
     * The chosen remedies; null where the answers hold no choice.
     *
     * @param currency of the case; amounts are in it
     * @throws FormRefused with {@code FORM-005} or {@code FORM-006} by {@code chosen.REMEDY} where an amount is none
     */
    public static @Nullable List<Choice> read(Map<String, ?> answers, String currency) {
        Object given = answers.get(CHOSEN);
        if (given == null) {
            return null;
        }
        if (!(given instanceof List<?> list)) {
            throw new FormRefused(CHOSEN, Map.of(CHOSEN, new Problem(Problem.Kind.INVALID, "FORM-005", CHOSEN)));
        }
        Map<String, Problem> problems = new LinkedHashMap<>();
        List<Choice> chosen = new ArrayList<>();
        for (Object one : list) {
            if (one instanceof Map<?, ?> choice && choice.get("remedy") instanceof String remedy) {
                chosen.add(new Choice(remedy, amount(remedy, choice.get("amount"), currency, problems)));
            } else {
                problems.put(CHOSEN, new Problem(Problem.Kind.INVALID, "FORM-005", CHOSEN));
            }
        }
        if (!problems.isEmpty()) {
            throw new FormRefused(CHOSEN, problems);
        }
        return chosen;
    }

    private static @Nullable Money amount(
            String remedy, @Nullable Object amount, String currency, Map<String, Problem> problems) {
        if (amount == null || amount.toString().isBlank()) {
            return null;
        }
        String key = CHOSEN + "." + remedy;
        Form.Field field =
                new Form.Field(key, Form.Kind.MONEY, "", null, true, Form.Limits.NONE, List.of(), null, null);
        return new FormReading(Form.of(CHOSEN, List.of(field)), currency).money(field, amount, problems);
    }
}
