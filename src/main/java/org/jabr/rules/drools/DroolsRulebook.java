package org.jabr.rules.drools;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jabr.rules.Authority;
import org.jabr.rules.CaseFacts;
import org.jabr.rules.CatalogueEntry;
import org.jabr.rules.Choice;
import org.jabr.rules.Combination;
import org.jabr.rules.Consulted;
import org.jabr.rules.CurrencyTerms;
import org.jabr.rules.Decision;
import org.jabr.rules.DecisionFailed;
import org.jabr.rules.FactSheet;
import org.jabr.rules.Guardrails;
import org.jabr.rules.Heard;
import org.jabr.rules.Moment;
import org.jabr.rules.Money;
import org.jabr.rules.NearMiss;
import org.jabr.rules.Objection;
import org.jabr.rules.Outcome;
import org.jabr.rules.Problem;
import org.jabr.rules.Proposal;
import org.jabr.rules.Proposals;
import org.jabr.rules.Remedy;
import org.jabr.rules.RemedyRow;
import org.jabr.rules.RuleRef;
import org.jabr.rules.RuleWords;
import org.jabr.rules.Rulebook;
import org.jabr.rules.Setting;
import org.jabr.rules.Vocabulary;
import org.kie.api.KieServices;

/** The rules of one release on Drools: DMN tables propose, DRL guardrails object, plain Java combines. */
final class DroolsRulebook implements Rulebook {

    /** What decides here; without a jar of its own the version is not known. */
    static final String ENGINE = "Drools "
            + Objects.requireNonNullElse(KieServices.class.getPackage().getImplementationVersion(), "?");

    private final String release;
    private final ReleaseTables tables;
    private final Vocabulary vocabulary;
    private final Asking engine;
    private final Function<Consumer<String>, Guardrails> guards;
    private final List<String> guardrails;
    private final RuleExplainer explainer;
    private final Runnable close;

    DroolsRulebook(
            String release,
            ReleaseTables tables,
            Asking engine,
            Function<Consumer<String>, Guardrails> guards,
            List<String> guardrails,
            RuleExplainer explainer,
            Runnable close) {
        this.release = release;
        this.tables = tables;
        this.vocabulary = new Vocabulary(tables.terms());
        this.engine = engine;
        this.guards = guards;
        this.guardrails = guardrails;
        this.explainer = explainer;
        this.close = close;
    }

    @Override
    public String release() {
        return release;
    }

    @Override
    public String engine() {
        return ENGINE;
    }

    @Override
    public List<Moment> moments() {
        return tables.moments().keySet().stream().map(Moment::new).toList();
    }

    @Override
    public List<Remedy> catalogue() {
        return tables.terms().catalogue().stream().map(CatalogueEntry::remedy).toList();
    }

    @Override
    public Map<String, Object> parameters(String table) {
        DmnFile.Decision found = tables.table(table)
                .filter(decision -> !decision.rows().isEmpty())
                .orElseThrow(() -> new Problem(Problem.Kind.NOT_FOUND, "RULES-004", table));
        Map<String, Object> parameters = new LinkedHashMap<>();
        DmnFile.Row row = found.rows().get(0);
        for (int i = 0; i < found.outputs().size(); i++) {
            String name = found.outputs().get(i).name();
            Literals.value(row.outputs().get(i)).ifPresent(value -> parameters.put(name, value));
        }
        return parameters;
    }

    @Override
    public List<CurrencyTerms> currencies() {
        return tables.terms().currencies().values().stream()
                .sorted(Comparator.comparing(CurrencyTerms::code))
                .toList();
    }

    @Override
    public CaseFacts read(Map<String, ?> document) {
        FactSheet sheet = vocabulary.read(document);
        Map<String, Object> copy = new LinkedHashMap<>(document);
        return new CaseFacts(sheet.asOf(), copy);
    }

    @Override
    public Decision review(Moment moment, CaseFacts facts, List<Choice> chosen) {
        Map<String, Object> document = new LinkedHashMap<>(facts.document());
        Map<String, Object> recovery = new LinkedHashMap<>();
        if (document.get("recovery") instanceof Map<?, ?> given) {
            given.forEach((key, value) -> recovery.put(String.valueOf(key), value));
        }
        List<Object> choices = new ArrayList<>();
        for (Choice choice : chosen) {
            Map<String, Object> item = new LinkedHashMap<>();
            item.put("remedy", choice.remedy());
            Money amount = choice.amount();
            if (amount != null) {
                item.put("amount", Map.of("amount", amount.amount().toPlainString(), "currency", amount.currency()));
            }
            choices.add(item);
        }
        recovery.put("chosen", choices);
        document.put("recovery", recovery);
        return decide(moment, read(document));
    }

    @Override
    public Decision decide(Moment moment, CaseFacts facts) {
        return decide(moment, facts, new LinkedHashSet<>(), engine);
    }

    @Override
    public Set<RuleRef> touched(Moment moment, CaseFacts facts) {
        Set<RuleRef> touched = new LinkedHashSet<>();
        decide(moment, facts, touched, engine);
        return touched;
    }

    @Override
    public List<Consulted> consulted(Moment moment, CaseFacts facts) {
        List<Consulted> consulted = new ArrayList<>();
        asked(moment, facts).forEach(asked -> consulted.addAll(NearMisses.consulted(asked)));
        return consulted;
    }

    @Override
    public List<NearMiss> nearest(Moment moment, CaseFacts facts, int most) {
        return new NearMisses(tables, vocabulary.read(facts.document()).currency()).of(asked(moment, facts), most);
    }

    @Override
    public List<Heard> heard(Moment moment, CaseFacts facts) {
        List<Heard> heard = new ArrayList<>();
        with(spoke -> Heard.overheard(guards.apply(spoke), heard::add)).decide(moment, facts);
        return heard;
    }

    /** Every file that has a part in a decision, each time that it is asked. */
    List<Asked> asked(Moment moment, CaseFacts facts) {
        List<Asked> all = new ArrayList<>();
        decide(moment, facts, new LinkedHashSet<>(), (at, file, about) -> {
            Tables.Answer answer = engine.ask(at, file, about);
            all.add(new Asked(file, about, answer));
            return answer;
        });
        return all;
    }

    /** The same rules with other tables. */
    DroolsRulebook with(ReleaseTables others, Asking asking) {
        return new DroolsRulebook(release, others, asking, guards, guardrails, explainer, () -> {});
    }

    /** The same rules with other guardrails. */
    DroolsRulebook with(Function<Consumer<String>, Guardrails> others) {
        return new DroolsRulebook(release, tables, engine, others, guardrails, explainer, () -> {});
    }

    ReleaseTables tables() {
        return tables;
    }

    Asking asking() {
        return engine;
    }

    List<String> guardrails() {
        return guardrails;
    }

    @Override
    public List<RuleRef> rules() {
        List<RuleRef> rules = new ArrayList<>();
        tables.files().forEach(file -> file.decisions()
                .forEach(decision -> decision.rows().forEach(row -> rules.add(new RuleRef(row.id())))));
        guardrails.forEach(name -> rules.add(new RuleRef(name)));
        return rules;
    }

    @Override
    public RuleWords explain(RuleRef rule, Locale language) {
        return explainer.explain(rule, language);
    }

    @Override
    public String word(String value, Locale language) {
        return explainer.word(value, language);
    }

    @Override
    public void close() {
        close.run();
    }

    private Decision decide(Moment moment, CaseFacts facts, Set<RuleRef> touched, Asking asking) {
        DmnFile file = tables.moments().get(moment.name());
        if (file == null) {
            throw new Problem(Problem.Kind.INVALID, "RULES-002", moment.name());
        }
        FactSheet sheet = vocabulary.read(facts.document());
        Situation situation = new Situation(moment, sheet, tables, asking);
        try {
            return decide(moment, facts, sheet, situation, file, touched);
        } catch (DecisionFailed | Problem expected) {
            throw expected;
        } catch (RuntimeException engineFailure) {
            throw new DecisionFailed(moment, engineFailure.getClass().getSimpleName(), engineFailure);
        }
    }

    private Decision decide(
            Moment moment, CaseFacts facts, FactSheet sheet, Situation situation, DmnFile file, Set<RuleRef> touched) {
        Tables.Answer answer = situation.ask(file);
        List<Setting> settings = new ArrayList<>();
        List<RemedyRow> rows = new ArrayList<>();
        boolean proposes = false;
        for (DmnFile.Decision decision : file.answers()) {
            if (decision.proposes()) {
                proposes = true;
                rows.addAll(TableAnswers.remedies(decision, answer));
            } else {
                settings.addAll(TableAnswers.settings(file, decision, answer));
            }
        }
        for (ReleaseTables.MomentSetting shared : tables.settingsOf(moment.name())) {
            touched.add(new RuleRef(shared.row()));
            settings.add(new Setting(
                    shared.setting(),
                    TableAnswers.plain(situation.value(shared.value())),
                    situation.because(shared.value())));
        }
        List<Proposal> proposals = List.of();
        List<Objection> objections = List.of();
        List<Outcome> outcome = List.of();
        if (proposes) {
            Proposals maker =
                    new Proposals(tables.terms().catalogue(), sheet.currency(), (BigDecimal) situation.value("loss"));
            proposals = maker.chosen(maker.of(rows), sheet.chosen());
            Combination.Result result = combine(moment, sheet, situation, proposals, touched);
            objections = result.objections();
            outcome = result.outcome();
        }
        touched.addAll(situation.touched());
        tables.rowNaming(ReleaseTables.CURRENCY, sheet.currency().code())
                .ifPresent(row -> touched.add(new RuleRef(row)));
        outcome.forEach(o ->
                tables.rowNaming(ReleaseTables.REMEDIES, o.remedy()).ifPresent(row -> touched.add(new RuleRef(row))));
        return new Decision(moment, facts.asOf(), release, facts, settings, proposals, objections, outcome);
    }

    private Combination.Result combine(
            Moment moment, FactSheet sheet, Situation situation, List<Proposal> proposals, Set<RuleRef> touched) {
        Guardrails rules = guards.apply(name -> touched.add(new RuleRef(name)));
        try (Guardrails.Hearing hearing =
                rules.open(situation.forGuardrails(), sheet.currency().code())) {
            return new Combination(
                            tables.terms().catalogue(),
                            TableAnswers.authorities(moment, situation, tables),
                            hearing,
                            new Combination.Ground(
                                    moment.name(),
                                    sheet.currency(),
                                    Authority.valueOf(situation.text("decider")),
                                    situation.decimal("goodwillLast12Months"),
                                    sheet.granted(),
                                    sheet.chosen()))
                    .combine(proposals);
        }
    }
}
