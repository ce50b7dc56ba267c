package org.jabr.rules.drools;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jabr.rules.CaseFacts;
import org.jabr.rules.Choice;
import org.jabr.rules.Decision;
import org.jabr.rules.DecisionFailed;
import org.jabr.rules.Finding;
import org.jabr.rules.Moment;
import org.jabr.rules.Problem;
import org.jabr.rules.Progress;
import org.jabr.rules.RuleInspector;
import org.jabr.rules.RuleRef;
import org.jabr.rules.Rulebook;
import org.jabr.rules.RulebookCompiler;
import org.jspecify.annotations.Nullable;

/** What a trial process can do. It remembers the last few sets of files, compiled. */
final class TrialWork {

    private static final int KEPT = 2;

    private final RulebookCompiler compiler;
    private final RuleInspector inspector;
    private final ExecutorService cores =
            Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors(), TrialWork::daemon);
    private final Map<String, Held> held = new LinkedHashMap<>(8, 0.75f, true);

    TrialWork(RulebookCompiler compiler, RuleInspector inspector) {
        this.compiler = compiler;
        this.inspector = inspector;
    }

    private static final class Held {
        private final Map<String, String> files;
        private RulebookCompiler.@Nullable Compilation compilation;

        private Held(Map<String, String> files) {
            this.files = files;
        }
    }

    TrialWire.Reply answer(TrialWire.Request request, Progress progress) {
        if (request.files() != null) {
            hold(request.key(), request.files());
        }
        Held known = held.get(request.key());
        if (known == null) {
            return new TrialWire.Reply(true, null, null, null, null);
        }
        try {
            return TrialWire.Reply.of(result(request, known, progress));
        } catch (Problem problem) {
            return new TrialWire.Reply(
                    false, null, null, new TrialWire.Refused(problem.kind(), problem.code(), problem.values()), null);
        } catch (DecisionFailed failed) {
            return new TrialWire.Reply(
                    false,
                    null,
                    null,
                    null,
                    new TrialWire.Failed(failed.moment().name(), failed.code(), what(failed)));
        }
    }

    /** The message without what it begins with. */
    private static String what(DecisionFailed failed) {
        String message = String.valueOf(failed.getMessage());
        return message.substring(message.indexOf(": ") + 2);
    }

    private @Nullable Object result(TrialWire.Request request, Held known, Progress progress) {
        return switch (request.operation()) {
            case "compile" -> compiled(known).findings();
            case "tables" -> inspector.tables(known.files, progress);
            case "scenarios" -> inspector.scenarios(known.files, progress);
            case "mutants" -> inspector.mutants(known.files, progress);
            case "contracts" -> inspector.contracts(known.files, progress);
            default -> asked(request.operation(), rulebook(known), new Arguments(request.arguments()));
        };
    }

    private @Nullable Object asked(String operation, Rulebook rulebook, Arguments given) {
        return switch (operation) {
            case "moments" -> rulebook.moments().stream().map(Moment::name).toList();
            case "catalogue" -> rulebook.catalogue();
            case "currencies" -> rulebook.currencies();
            case "rules" -> rulebook.rules();
            case "parameters" -> rulebook.parameters(given.text("table"));
            case "word" -> rulebook.word(given.text("value"), given.language());
            case "explain" -> rulebook.explain(new RuleRef(given.text("rule")), given.language());
            case "read" -> rulebook.read(given.facts()).asOf();
            case "decide" -> decided(rulebook.decide(given.moment(), rulebook.read(given.facts())));
            case "review" -> decided(rulebook.review(given.moment(), rulebook.read(given.facts()), given.chosen()));
            case "touched" -> rulebook.touched(given.moment(), rulebook.read(given.facts()));
            case "consulted" -> rulebook.consulted(given.moment(), rulebook.read(given.facts()));
            case "nearest" -> rulebook.nearest(given.moment(), rulebook.read(given.facts()), given.number("most"));
            case "decideAll" -> all(rulebook, given.questions());
            default -> throw new IllegalArgumentException(operation);
        };
    }

    private List<TrialWire.Answered> all(Rulebook rulebook, List<Arguments> questions) {
        List<Future<TrialWire.Answered>> asked = questions.stream()
                .map(question -> cores.submit(() -> one(rulebook, question)))
                .toList();
        List<TrialWire.Answered> answers = new ArrayList<>(asked.size());
        for (Future<TrialWire.Answered> answer : asked) {
            try {
                answers.add(answer.get());
            } catch (InterruptedException | ExecutionException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
        return answers;
    }

    private static TrialWire.Answered one(Rulebook rulebook, Arguments question) {
        try {
            CaseFacts facts = rulebook.read(question.facts());
            return new TrialWire.Answered(decided(rulebook.decide(question.moment(), facts)), null);
        } catch (Problem problem) {
            return new TrialWire.Answered(null, problem.code());
        } catch (DecisionFailed failed) {
            return new TrialWire.Answered(null, failed.code());
        }
    }

    private static TrialWire.Decided decided(Decision decision) {
        return new TrialWire.Decided(
                decision.settings(), decision.proposals(), decision.objections(), decision.outcome());
    }

    private void hold(String key, Map<String, String> files) {
        held.computeIfAbsent(key, unknown -> new Held(files));
        while (held.size() > KEPT) {
            String eldest = held.keySet().iterator().next();
            Held gone = Objects.requireNonNull(held.remove(eldest));
            if (gone.compilation != null && gone.compilation.rulebook() != null) {
                gone.compilation.rulebook().close();
            }
        }
    }

    private RulebookCompiler.Compilation compiled(Held known) {
        RulebookCompiler.Compilation compilation = known.compilation;
        if (compilation == null) {
            compilation = compiler.compile("trial", known.files);
            known.compilation = compilation;
        }
        return compilation;
    }

    private Rulebook rulebook(Held known) {
        RulebookCompiler.Compilation compilation = compiled(known);
        Rulebook rulebook = compilation.rulebook();
        if (rulebook == null) {
            String first = compilation.findings().stream()
                    .filter(Finding::blocking)
                    .map(Finding::code)
                    .findFirst()
                    .orElse("");
            throw new Problem(Problem.Kind.INVALID, "RULE-054", first);
        }
        return rulebook;
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "trial");
        thread.setDaemon(true);
        return thread;
    }

    /** What came with a request, by name. */
    private record Arguments(Map<String, Object> given) {

        String text(String name) {
            return String.valueOf(given.get(name));
        }

        int number(String name) {
            return given.get(name) instanceof Number number ? number.intValue() : 0;
        }

        Locale language() {
            return Locale.forLanguageTag(text("language"));
        }

        Moment moment() {
            return new Moment(text("moment"));
        }

        @SuppressWarnings("unchecked")
        Map<String, Object> facts() {
            return (Map<String, Object>) Objects.requireNonNull(given.get("facts"));
        }

        List<Choice> chosen() {
            return List.of(TrialWire.JSON.convertValue(given.get("chosen"), Choice[].class));
        }

        @SuppressWarnings("unchecked")
        List<Arguments> questions() {
            return ((List<Map<String, Object>>) Objects.requireNonNull(given.get("questions")))
                    .stream().map(Arguments::new).toList();
        }
    }
}
