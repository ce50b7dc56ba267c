package org.jabr.replay;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Function;
import org.jabr.releases.Releases;
import org.jabr.rules.CaseFacts;
import org.jabr.rules.Consulted;
import org.jabr.rules.Decision;
import org.jabr.rules.DecisionFailed;
import org.jabr.rules.Moment;
import org.jabr.rules.NearMiss;
import org.jabr.rules.Problem;
import org.jabr.rules.Rulebook;
import org.jabr.rules.RulebookCompiler;
import org.jabr.rules.TableView;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Tries content on one case: what comes out, which tables said so, and what came near to saying something else. */
@Service
public class Trials {

    private static final int KEPT = 4;
    private static final int NEAREST = 8;

    private final RulebookCompiler compiler;
    private final Map<String, Held> compiled = new LinkedHashMap<>(8, 0.75f, true);

    Trials(RulebookCompiler compiler) {
        this.compiler = compiler;
    }

    /**
     * What came of it.
     *
     * @param decision null where it could not be decided
     * @param problem why not
     * @param consulted the tables that had a part in it
     * @param nearest the rows that came nearest to matching
     */
    public record Tried(
            @Nullable Decision decision,
            @Nullable Problem problem,
            List<Consulted> consulted,
            List<NearMiss> nearest) {}

    /** A compiled content, and how many are asking it now. */
    private static final class Held {

        private final Rulebook rulebook;
        private int users;
        private boolean gone;

        Held(Rulebook rulebook) {
            this.rulebook = rulebook;
        }
    }

    /**
     * Asks the compiled rules of some content; they are kept for a while, because a try is seldom alone.
     *
     * @throws Problem {@code BACKTEST-002} where it does not compile
     */
    public <T> T ask(SortedMap<String, String> files, Function<Rulebook, T> question) {
        Held held = take(files);
        try {
            return question.apply(held.rulebook);
        } finally {
            giveBack(held);
        }
    }

    /** The tables as their authors wrote them. */
    public List<TableView> tables(SortedMap<String, String> files) {
        return compiler.tables(files);
    }

    /** Decides one case; what is wrong with its facts is part of the answer. */
    public static Tried decide(Rulebook rulebook, Moment moment, Map<String, ?> document) {
        try {
            CaseFacts facts = rulebook.read(document);
            return new Tried(
                    rulebook.decide(moment, facts),
                    null,
                    rulebook.consulted(moment, facts),
                    rulebook.nearest(moment, facts, NEAREST));
        } catch (DecisionFailed failed) {
            return new Tried(null, new Problem(Problem.Kind.INVALID, "RULES-003", moment.name()), List.of(), List.of());
        } catch (Problem refused) {
            return new Tried(null, refused, List.of(), List.of());
        }
    }

    private Held take(SortedMap<String, String> files) {
        String hash = Releases.contentHash(files);
        synchronized (compiled) {
            Held known = compiled.get(hash);
            if (known == null) {
                known = new Held(compile(files));
                compiled.put(hash, known);
                forgetOldest();
            }
            known.users++;
            return known;
        }
    }

    private Rulebook compile(SortedMap<String, String> files) {
        Rulebook rulebook = compiler.compile("try", files).rulebook();
        if (rulebook == null) {
            throw new Problem(Problem.Kind.INVALID, "BACKTEST-002");
        }
        return rulebook;
    }

    /** Whoever still asks a rulebook that is forgotten gives it back last. */
    private void forgetOldest() {
        if (compiled.size() <= KEPT) {
            return;
        }
        String oldest = compiled.keySet().iterator().next();
        Held held = compiled.remove(oldest);
        if (held != null) {
            held.gone = true;
            if (held.users == 0) {
                held.rulebook.close();
            }
        }
    }

    private void giveBack(Held held) {
        synchronized (compiled) {
            held.users--;
            if (held.gone && held.users == 0) {
                held.rulebook.close();
            }
        }
    }
}
