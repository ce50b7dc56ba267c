package org.jabr.rules.drools;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.drools.model.codegen.ExecutableModelProject;
import org.jabr.rules.Finding;
import org.jabr.rules.RulebookCompiler;
import org.kie.api.KieServices;
import org.kie.api.builder.KieBuilder;
import org.kie.api.builder.KieFileSystem;
import org.kie.api.builder.Message;
import org.kie.api.builder.ReleaseId;
import org.kie.api.runtime.KieContainer;
import org.kie.api.runtime.KieRuntimeFactory;
import org.kie.dmn.api.core.DMNRuntime;
import org.springframework.stereotype.Component;
import org.xml.sax.SAXException;

/** Compiles the tables and guardrails of a release into an executable model, in memory. */
@Component
final class DroolsRulebookCompiler implements RulebookCompiler {

    private static final String DRL = "rules/guardrails.drl";
    private static final String MODULE = """
            <kmodule xmlns="http://www.drools.org/xsd/kmodule"><kbase name="rules" default="true"/></kmodule>
            """;

    @Override
    public Compilation compile(String release, Map<String, String> files) {
        List<Finding> findings = new ArrayList<>();
        List<DmnFile> dmn = new ArrayList<>();
        for (Map.Entry<String, String> file : new TreeMap<>(files).entrySet()) {
            String path = file.getKey();
            if (path.startsWith("rules/") && path.endsWith(".dmn")) {
                try {
                    dmn.add(DmnReader.read(path, file.getValue()));
                } catch (SAXException unreadable) {
                    findings.add(new Finding("RULE-001", true, path, "", List.of()));
                }
            }
        }
        if (!findings.isEmpty()) {
            return new Compilation(null, findings);
        }
        String drl = files.getOrDefault(DRL, "");
        KieServices services = KieServices.Factory.get();
        ReleaseId id = services.newReleaseId("org.jabr", "release", release);
        KieFileSystem system = services.newKieFileSystem();
        system.generateAndWritePomXML(id);
        system.writeKModuleXML(MODULE);
        for (DmnFile file : dmn) {
            system.write("src/main/resources/" + file.path(), file.xml().getBytes(StandardCharsets.UTF_8));
        }
        system.write(
                "src/main/resources/org/jabr/rules/guardrails/guardrails.drl", drl.getBytes(StandardCharsets.UTF_8));
        ClassLoader loader = DroolsRulebookCompiler.class.getClassLoader();
        KieBuilder builder = services.newKieBuilder(system, loader).buildAll(ExecutableModelProject.class);
        for (Message message : builder.getResults().getMessages()) {
            findings.add(new Finding(
                    "RULE-010",
                    message.getLevel() == Message.Level.ERROR,
                    String.valueOf(message.getPath()),
                    "",
                    List.of(message.getText())));
        }
        if (findings.stream().anyMatch(Finding::blocking)) {
            services.getRepository().removeKieModule(id);
            return new Compilation(null, findings);
        }
        KieContainer container = services.newKieContainer(id, loader);
        ReleaseTables tables = new ReleaseTables(dmn);
        DMNRuntime runtime = KieRuntimeFactory.of(container.getKieBase()).get(DMNRuntime.class);
        return new Compilation(
                new DroolsRulebook(
                        release,
                        tables,
                        new Tables(runtime, dmn),
                        container.getKieBase(),
                        ruleNames(drl),
                        new RuleExplainer(new Words(Map.of(), Map.of()), tables, Map.of()),
                        () -> {
                            container.dispose();
                            services.getRepository().removeKieModule(id);
                        }),
                findings);
    }

    private static List<String> ruleNames(String drl) {
        return drl.lines()
                .filter(line -> line.startsWith("rule \""))
                .map(line -> line.substring("rule \"".length(), line.lastIndexOf('"')))
                .toList();
    }
}
