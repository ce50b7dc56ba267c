package org.jabr.rules.drools;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.drools.model.codegen.ExecutableModelProject;
import org.jabr.rules.Guarded;
import org.jabr.rules.Moment;
import org.jabr.rules.Scenarios;
import org.kie.api.KieBase;
import org.kie.api.KieServices;
import org.kie.api.builder.KieBuilder;
import org.kie.api.builder.KieFileSystem;
import org.kie.api.builder.Message;
import org.kie.api.builder.ReleaseId;
import org.kie.api.runtime.KieContainer;
import org.kie.api.runtime.rule.Match;

/**
 * The guardrails and all their changed copies, compiled once together; which of them speak is chosen when a case is
 * heard. First every scenario is heard with all of them listening: a copy that would have spoken exactly where its
 * original did goes unnoticed for certain.
 */
final class ChangedGuardrails implements AutoCloseable {

    private static final AtomicLong BUILDS = new AtomicLong();
    private static final String MODULE = """
            <kmodule xmlns="http://www.drools.org/xsd/kmodule"><kbase name="rules" default="true"/></kmodule>
            """;

    private final DroolsRulebook rulebook;
    private final List<GuardrailMutants.Mutant> mutants;
    private final KieContainer container;
    private final Set<String> originals;
    /** For each scenario the rules that would have spoken, with the place and the remedy each time. */
    private final Map<TableMutants.Played, Map<String, List<String>>> heard = new HashMap<>();

    private ChangedGuardrails(DroolsRulebook rulebook, List<GuardrailMutants.Mutant> mutants, KieContainer container) {
        this.rulebook = rulebook;
        this.mutants = mutants;
        this.container = container;
        this.originals = Set.copyOf(rulebook.guardrails());
    }

    /** Compiles the copies; where the engine refuses one of them none is tried. */
    static ChangedGuardrails build(DroolsRulebook rulebook, String drl, List<GuardrailMutants.Mutant> mutants) {
        KieServices services = KieServices.Factory.get();
        ReleaseId id = services.newReleaseId("org.jabr", "mutants", String.valueOf(BUILDS.incrementAndGet()));
        KieFileSystem system = services.newKieFileSystem();
        system.generateAndWritePomXML(id);
        system.writeKModuleXML(MODULE);
        String text =
                drl + "\n" + mutants.stream().map(GuardrailMutants.Mutant::text).collect(Collectors.joining("\n"));
        system.write("src/main/resources/org/jabr/rules/guardrails/mutants.drl", text.getBytes(StandardCharsets.UTF_8));
        ClassLoader loader = ChangedGuardrails.class.getClassLoader();
        KieBuilder builder = services.newKieBuilder(system, loader).buildAll(ExecutableModelProject.class);
        if (builder.getResults().hasMessages(Message.Level.ERROR)) {
            services.getRepository().removeKieModule(id);
            if (mutants.isEmpty()) {
                throw new IllegalStateException(builder.getResults().toString());
            }
            return build(rulebook, drl, List.of());
        }
        return new ChangedGuardrails(rulebook, mutants, services.newKieContainer(id, loader));
    }

    List<GuardrailMutants.Mutant> mutants() {
        return mutants;
    }

    /** Hears every scenario once, all copies listening. */
    void listen(List<TableMutants.Played> played, Scenarios player) {
        KieBase base = container.getKieBase();
        for (TableMutants.Played scenario : played) {
            if (scenario.asked().isEmpty()) {
                continue;
            }
            Map<String, List<String>> spoken = new HashMap<>();
            int[] turn = {0};
            DroolsRulebook listening = rulebook.with(spoke -> new DroolsGuardrails(base, rulebook.guardrails(), spoke) {
                @Override
                protected boolean mayFire(Match match) {
                    String name = match.getRule().getName();
                    spoken.computeIfAbsent(name, silent -> new ArrayList<>()).add(turn[0] + " " + remedy(match));
                    return originals.contains(name);
                }

                @Override
                protected void nextTurn() {
                    turn[0]++;
                }
            });
            listening.decide(new Moment(scenario.scenario().moment()), player.facts(scenario.scenario(), listening));
            heard.put(scenario, spoken);
        }
    }

    private static String remedy(Match match) {
        return match.getObjects().stream()
                .filter(Guarded.class::isInstance)
                .map(object -> ((Guarded) object).remedy())
                .collect(Collectors.joining(" "));
    }

    /** Whether some scenario decides otherwise with the change. */
    boolean noticed(GuardrailMutants.Mutant mutant, List<TableMutants.Played> played, Scenarios player) {
        Set<String> speaking = new HashSet<>(originals);
        speaking.remove(mutant.name());
        speaking.add(mutant.alias());
        KieBase base = container.getKieBase();
        for (TableMutants.Played scenario : played) {
            Map<String, List<String>> spoken = heard.get(scenario);
            if (spoken == null || !speaksOtherwise(mutant, spoken)) {
                continue;
            }
            DroolsRulebook changed = rulebook.with(spoke -> new DroolsGuardrails(base, rulebook.guardrails(), spoke) {
                @Override
                protected boolean mayFire(Match match) {
                    return speaking.contains(match.getRule().getName());
                }

                @Override
                protected String named(String rule) {
                    return rule.equals(mutant.alias()) ? mutant.name() : rule;
                }
            });
            try {
                if (!player.play(scenario.scenario(), changed).isEmpty()) {
                    return true;
                }
            } catch (RuntimeException broken) {
                return true;
            }
        }
        return false;
    }

    private static boolean speaksOtherwise(GuardrailMutants.Mutant mutant, Map<String, List<String>> spoken) {
        Set<String> before = new HashSet<>(spoken.getOrDefault(mutant.name(), List.of()));
        Set<String> now = new HashSet<>(spoken.getOrDefault(mutant.alias(), List.of()));
        return mutant.consequence() ? !before.isEmpty() : !before.equals(now);
    }

    @Override
    public void close() {
        ReleaseId id = container.getReleaseId();
        container.dispose();
        KieServices.Factory.get().getRepository().removeKieModule(id);
    }
}
