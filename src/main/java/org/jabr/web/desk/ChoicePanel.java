package org.jabr.web.desk;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jabr.cases.Empowerment;
import org.jabr.cases.Gifts;
import org.jabr.cases.RecoveryCase;
import org.jabr.process.ChoiceAnswers;
import org.jabr.process.FormRefused;
import org.jabr.rules.Choice;
import org.jabr.rules.Decider;
import org.jabr.rules.Moment;
import org.jabr.rules.Money;
import org.jabr.rules.Problem;
import org.jabr.rules.Verdict;
import org.jabr.web.Reader;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.util.MultiValueMap;

/** The choice of remedies as a person sees it: recommendation, alternatives, free range, and what the rules say to it. */
@Component
class ChoicePanel {

    private static final String SHOWN = "choice";
    private static final String PICK = "pick";
    private static final String AMOUNT = "amount.";
    private static final String ITEM = "item.";
    static final String WHY = "why";

    private final Empowerment empowerment;
    private final Gifts gifts;
    private final CatalogueReading catalogue;
    private final DecisionReading decisionReading;
    private final ReleaseWords words;
    private final Reader reader;

    ChoicePanel(
            Empowerment empowerment,
            Gifts gifts,
            CatalogueReading catalogue,
            DecisionReading decisionReading,
            ReleaseWords words,
            Reader reader) {
        this.empowerment = empowerment;
        this.gifts = gifts;
        this.catalogue = catalogue;
        this.decisionReading = decisionReading;
        this.words = words;
        this.reader = reader;
    }

    /**
     * The panel.
     *
     * @param asks whether somebody has to agree to a part of it
     * @param why what was typed so far
     * @param errors what is wrong with an amount, by remedy
     */
    record Panel(
            List<Row> rows,
            List<Left> left,
            boolean differs,
            boolean asks,
            String why,
            Map<String, String> errors,
            @Nullable String refused) {

        /** What is offered, before what could be added. */
        public List<Row> offered() {
            return rows.stream().filter(Row::offered).toList();
        }

        /** Whether an item was picked that does not fit any more: as it is, nothing of it can be granted. */
        public boolean gone() {
            return rows.stream().anyMatch(row -> row.gone() != null);
        }

        public List<Row> others() {
            return rows.stream().filter(row -> !row.offered()).toList();
        }
    }

    /**
     * @param stays whether it is given although nobody picked it, because everybody gets it or the law says so
     * @param amount what stands in its field
     * @param picks the items of the catalogue that fit, the best first; null where it has none for the remedy
     * @param item that was picked; empty where the rules choose
     * @param gone what it is called where it does not fit any more; null where it does
     */
    record Row(
            String remedy,
            String name,
            boolean choosable,
            boolean picked,
            boolean recommended,
            boolean stays,
            boolean valued,
            String amount,
            DecisionReading.@Nullable RemedyTold told,
            @Nullable Money from,
            @Nullable Money to,
            @Nullable List<CatalogueReading.Pick> picks,
            String item,
            @Nullable String gone) {

        public boolean offered() {
            return picked || recommended || stays;
        }
    }

    /** What is left of a limit. */
    record Left(String name, Money money) {}

    /** Whether the request comes from a page that showed the panel. */
    static boolean in(MultiValueMap<String, String> request) {
        return request.containsKey(SHOWN);
    }

    /** What was chosen, as answers. */
    static void answer(MultiValueMap<String, String> request, Map<String, Object> answers) {
        if (in(request)) {
            answers.put(ChoiceAnswers.CHOSEN, chosen(request));
            String why = request.getFirst(WHY);
            if (why != null && !why.isBlank()) {
                answers.put(ChoiceAnswers.WHY, why.strip());
            }
            answers.put(ChoiceAnswers.ITEMS, items(request));
        }
    }

    private static Map<String, String> items(MultiValueMap<String, String> request) {
        Map<String, String> items = new LinkedHashMap<>();
        for (String remedy : request.getOrDefault(PICK, List.of())) {
            String item = request.getFirst(ITEM + remedy);
            if (item != null && !item.isBlank()) {
                items.put(remedy, item);
            }
        }
        return items;
    }

    private static List<Map<String, Object>> chosen(MultiValueMap<String, String> request) {
        List<Map<String, Object>> chosen = new ArrayList<>();
        for (String remedy : new HashSet<>(request.getOrDefault(PICK, List.of()))) {
            Map<String, Object> choice = new LinkedHashMap<>();
            choice.put("remedy", remedy);
            String amount = request.getFirst(AMOUNT + remedy);
            if (amount != null && !amount.isBlank()) {
                choice.put("amount", amount.strip());
            }
            chosen.add(choice);
        }
        return chosen;
    }

    /**
     * @param moment whose remedies are chosen
     * @param learned what the form says meanwhile, as facts
     * @param request what was typed; empty for the recommendation as it is
     */
    Panel of(
            RecoveryCase recovery,
            Moment moment,
            Map<String, ?> learned,
            MultiValueMap<String, String> request,
            Decider by) {
        Map<String, String> errors = new LinkedHashMap<>();
        List<Choice> chosen = in(request) ? readable(recovery, request, errors) : null;
        Empowerment.Weighed weighed;
        String refused = null;
        try {
            weighed = empowerment.weigh(recovery.id(), moment, learned, chosen, by);
        } catch (Problem cannotBe) {
            if (cannotBe.kind() != Problem.Kind.INVALID) {
                throw cannotBe;
            }
            refused = reader.words(cannotBe);
            weighed = empowerment.weigh(recovery.id(), moment, Map.of(), null, by);
        }
        String why = request.getFirst(WHY);
        return new Panel(
                rows(recovery, weighed, request),
                left(recovery, weighed),
                weighed.differs(),
                weighed.decision().anyAsked(),
                why == null ? "" : why,
                errors,
                refused);
    }

    /** Amounts that cannot be read are told beside their field; the others still show what comes of them. */
    private List<Choice> readable(
            RecoveryCase recovery, MultiValueMap<String, String> request, Map<String, String> errors) {
        List<Choice> readable = new ArrayList<>();
        for (Map<String, Object> choice : chosen(request)) {
            try {
                List<Choice> read =
                        ChoiceAnswers.read(Map.of(ChoiceAnswers.CHOSEN, List.of(choice)), recovery.currency());
                readable.addAll(read == null ? List.of() : read);
            } catch (FormRefused refused) {
                refused.fields()
                        .forEach((field, problem) ->
                                errors.put(String.valueOf(choice.get("remedy")), reader.words(problem)));
            }
        }
        return readable;
    }

    private List<Row> rows(RecoveryCase recovery, Empowerment.Weighed weighed, MultiValueMap<String, String> request) {
        String release = recovery.release();
        Set<String> ticked = new HashSet<>(request.getOrDefault(PICK, List.of()));
        return weighed.options().stream()
                .map(option -> {
                    String remedy = option.remedy().name();
                    String typed = request.getFirst(AMOUNT + remedy);
                    Money amount = option.amount();
                    boolean picked = in(request) ? ticked.contains(remedy) : option.picked();
                    boolean given = option.outcome() != null && option.outcome().verdict() != Verdict.REFUSE;
                    List<CatalogueReading.Pick> picks = picked || given ? picks(recovery, remedy, amount) : null;
                    String item =
                            Optional.ofNullable(request.getFirst(ITEM + remedy)).orElse("");
                    return new Row(
                            remedy,
                            words.word(release, remedy),
                            option.choosable(),
                            picked,
                            option.recommended(),
                            !picked && given,
                            option.valued(),
                            typed != null && !typed.isBlank()
                                    ? typed
                                    : amount == null ? "" : amount.amount().toPlainString(),
                            option.outcome() == null
                                    ? null
                                    : decisionReading.told(release, weighed.decision(), option.outcome()),
                            option.range() == null ? null : option.range().from(),
                            option.range() == null ? null : option.range().to(),
                            picks,
                            item,
                            picks == null ? null : catalogue.gone(item, picks));
                })
                .toList();
    }

    private @Nullable List<CatalogueReading.Pick> picks(RecoveryCase recovery, String remedy, @Nullable Money amount) {
        return gifts.offer(recovery, remedy, amount).map(catalogue::picks).orElse(null);
    }

    private List<Left> left(RecoveryCase recovery, Empowerment.Weighed weighed) {
        return weighed.remaining().entrySet().stream()
                .map(one -> new Left(words.word(recovery.release(), one.getKey()), one.getValue()))
                .toList();
    }
}
