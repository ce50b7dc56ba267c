package org.jabr.rules.drools;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.drools.model.codegen.ExecutableModelProject;
import org.jabr.rules.Finding;
import org.jabr.rules.RulebookCompiler;
import org.jabr.rules.TableView;
import org.jspecify.annotations.Nullable;
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
import org.xml.sax.SAXParseException;

/** Compiles the tables and guardrails of a release into an executable model, in memory. */
@Component
final class DroolsRulebookCompiler implements RulebookCompiler {

    private static final AtomicLong COMPILATIONS = new AtomicLong();
    private static final String DRL = "rules/guardrails.drl";
    private static final String WORDS = "rules/words.csv";
    private static final String PACKAGE = "org/jabr/rules/guardrails/";
    private static final String MODULE = """
            <kmodule xmlns="http://www.drools.org/xsd/kmodule"><kbase name="rules" default="true"/></kmodule>
            """;

    @Override
    public Compilation compile(String release, Map<String, String> files) {
        List<Finding> findings = new ArrayList<>();
        try {
            return compile(release, files, findings);
        } catch (RuntimeException | StackOverflowError engineFailure) {
            findings.add(new Finding(
                    "RULE-010",
                    true,
                    "rules",
                    "",
                    List.of(engineFailure.getClass().getSimpleName())));
            return new Compilation(null, findings);
        }
    }

    @Override
    public List<TableView> tables(Map<String, String> files) {
        return TableReading.of(files);
    }

    private static Compilation compile(String release, Map<String, String> files, List<Finding> findings) {
        List<DmnFile> dmn = read(files, findings);
        String drl = files.get(DRL);
        DrlGate.Checked guardrails = drl == null ? null : DrlGate.check(DRL, drl);
        if (guardrails == null) {
            findings.add(new Finding("RULE-011", true, DRL, "", List.of("guardrails")));
        } else {
            findings.addAll(guardrails.findings());
        }
        if (!blocked(findings)) {
            findings.addAll(DmnLimits.check(dmn));
        }
        if (!blocked(findings)) {
            findings.addAll(new DmnGate(dmn).check());
        }
        Words words = words(files, findings);
        if (drl == null || guardrails == null || words == null || blocked(findings)) {
            return new Compilation(null, findings);
        }
        return build(release, words, dmn, drl, guardrails.guardrails(), findings);
    }

    private static List<DmnFile> read(Map<String, String> files, List<Finding> findings) {
        List<DmnFile> dmn = new ArrayList<>();
        for (Map.Entry<String, String> file : new TreeMap<>(files).entrySet()) {
            String path = file.getKey();
            if (!path.startsWith("rules/") || !path.endsWith(".dmn")) {
                continue;
            }
            try {
                DmnFile read = DmnReader.read(path, file.getValue());
                Optional<SAXParseException> error = DmnSchema.firstError(file.getValue());
                if (error.isPresent()) {
                    findings.add(new Finding("RULE-003", true, path, line(error.get()), List.of(message(error.get()))));
                } else {
                    dmn.add(read);
                }
            } catch (SAXParseException notXml) {
                findings.add(new Finding("RULE-001", true, path, line(notXml), List.of(message(notXml))));
            } catch (NotAllowed foreign) {
                findings.add(foreign.finding(path));
            } catch (SAXException unreadable) {
                findings.add(new Finding("RULE-001", true, path, "", List.of(message(unreadable))));
            }
        }
        return dmn;
    }

    /** Compiles what the gate let through; the compiled rules still find harmless classes only. */
    static Compilation build(
            String release,
            Words words,
            List<DmnFile> dmn,
            String drl,
            List<Guardrail> guardrails,
            List<Finding> findings) {
        KieServices services = KieServices.Factory.get();
        // the engine keeps modules by version: two compilations of one release must not see each other's
        ReleaseId id = services.newReleaseId(
                "org.jabr",
                "release",
                release.replaceAll("[^A-Za-z0-9.-]", "-") + "-" + COMPILATIONS.incrementAndGet());
        KieFileSystem system = services.newKieFileSystem();
        system.generateAndWritePomXML(id);
        system.writeKModuleXML(MODULE);
        for (DmnFile file : dmn) {
            system.write("src/main/resources/" + file.path(), file.xml().getBytes(StandardCharsets.UTF_8));
        }
        system.write("src/main/resources/" + PACKAGE + "guardrails.drl", drl.getBytes(StandardCharsets.UTF_8));
        ClassLoader loader = new RuleClasses(DroolsRulebookCompiler.class.getClassLoader());
        KieBuilder builder = services.newKieBuilder(system, loader).buildAll(ExecutableModelProject.class);
        for (Message message : builder.getResults().getMessages()) {
            if (message.getLevel() != Message.Level.INFO) {
                findings.add(new Finding("RULE-010", true, file(message), place(message), List.of(message.getText())));
            }
        }
        if (blocked(findings)) {
            services.getRepository().removeKieModule(id);
            return new Compilation(null, findings);
        }
        KieContainer container = services.newKieContainer(id, loader);
        ReleaseTables tables = new ReleaseTables(dmn);
        DMNRuntime runtime = KieRuntimeFactory.of(container.getKieBase()).get(DMNRuntime.class);
        List<String> names = guardrails.stream().map(Guardrail::name).toList();
        DroolsRulebook rulebook = new DroolsRulebook(
                release,
                tables,
                new Tables(runtime, dmn),
                spoke -> new DroolsGuardrails(container.getKieBase(), names, spoke),
                names,
                new RuleExplainer(words, tables, guardrails),
                () -> {
                    container.dispose();
                    services.getRepository().removeKieModule(id);
                });
        return new Compilation(rulebook, findings);
    }

    private static @Nullable Words words(Map<String, String> files, List<Finding> findings) {
        String csv = files.get(WORDS);
        if (csv == null) {
            return new Words(Map.of(), Map.of());
        }
        try {
            return Words.read(csv);
        } catch (IllegalArgumentException | UncheckedIOException | IllegalStateException unreadable) {
            findings.add(new Finding("RULE-019", true, WORDS, "", List.of()));
            return null;
        }
    }

    private static boolean blocked(List<Finding> findings) {
        return findings.stream().anyMatch(Finding::blocking);
    }

    private static String line(SAXParseException error) {
        return error.getLineNumber() < 0 ? "" : String.valueOf(error.getLineNumber());
    }

    private static String message(SAXException error) {
        return String.valueOf(error.getMessage());
    }

    private static String file(Message message) {
        String path = String.valueOf(message.getPath());
        return path.endsWith("guardrails.drl") ? DRL : path.replaceFirst("^(src/main/resources/)?", "");
    }

    private static String place(Message message) {
        return message.getLine() > 0 ? String.valueOf(message.getLine()) : "";
    }
}
