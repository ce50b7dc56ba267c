package org.jabr.testing;

import java.util.List;
import java.util.Map;
import org.jabr.rules.Finding;
import org.jabr.rules.Progress;
import org.jabr.rules.RuleTrial;
import org.jabr.rules.Rulebook;
import org.jabr.rules.RulebookCompiler;

/** Tries rules right here, with whatever compiler a test has. */
public record StubTrial(RulebookCompiler compiler) implements RuleTrial {

    @Override
    public List<Finding> compile(Map<String, String> files) {
        return compiler.compile("trial", files).findings();
    }

    @Override
    public Rulebook rulebook(String release, Map<String, String> files) {
        return compiler.compile(release, files).rulebook();
    }

    @Override
    public List<Answer> decideAll(String release, Map<String, String> files, List<Question> questions) {
        Rulebook rulebook = rulebook(release, files);
        return questions.stream()
                .map(question -> new Answer(rulebook.decide(question.moment(), rulebook.read(question.facts())), null))
                .toList();
    }

    @Override
    public List<Finding> tables(Map<String, String> files, Progress progress) {
        return List.of();
    }

    @Override
    public List<Finding> scenarios(Map<String, String> files, Progress progress) {
        return List.of();
    }

    @Override
    public List<Finding> mutants(Map<String, String> files, Progress progress) {
        return List.of();
    }

    @Override
    public List<Finding> contracts(Map<String, String> files, Progress progress) {
        return List.of();
    }
}
