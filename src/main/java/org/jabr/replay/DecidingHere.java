package org.jabr.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.jabr.rules.DecisionFailed;
import org.jabr.rules.Finding;
import org.jabr.rules.Problem;
import org.jabr.rules.Rulebook;
import org.jabr.rules.RulebookCompiler;
import org.springframework.stereotype.Component;

/** Compiles content in this process, for as long as it is asked. */
@Component
class DecidingHere implements Deciding.Place {

    private final RulebookCompiler compiler;

    DecidingHere(RulebookCompiler compiler) {
        this.compiler = compiler;
    }

    @Override
    public Deciding open(SortedMap<String, String> files) {
        RulebookCompiler.Compilation compilation = compiler.compile("backtest", files);
        Rulebook rulebook = compilation.rulebook();
        if (rulebook == null) {
            throw new Problem(
                    Problem.Kind.INVALID,
                    "BACKTEST-002",
                    compilation.findings().stream()
                            .filter(Finding::blocking)
                            .map(Finding::file)
                            .findFirst()
                            .orElse(""));
        }
        return new ByRulebook(rulebook);
    }

    /** One rulebook for all threads. */
    record ByRulebook(Rulebook rulebook) implements Deciding {

        @Override
        public List<Decided> all(List<Asked> asked) {
            List<Decided> decided = new ArrayList<>(asked.size());
            for (Asked one : asked) {
                decided.add(one(one));
            }
            return decided;
        }

        private Decided one(Asked asked) {
            try {
                return new Decided(rulebook.decide(asked.moment(), asked.facts()), null);
            } catch (Problem refused) {
                return new Decided(null, refused.code());
            } catch (DecisionFailed failed) {
                return new Decided(null, "RULES-003");
            }
        }

        @Override
        public void close() {
            rulebook.close();
        }
    }
}
