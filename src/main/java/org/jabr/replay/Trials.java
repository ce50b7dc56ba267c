package org.jabr.replay;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
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

    private static final int NEAREST = 8;

    private final DecidingPlaces places;
    private final RulebookCompiler compiler;

    Trials(DecidingPlaces places, RulebookCompiler compiler) {
        this.places = places;
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

    /**
     * The rules of some content, to be asked; nothing has to be closed.
     *
     * @param release the release that it is; null for a draft
     * @throws Problem {@code RULE-054} where it does not compile, or why it could not be tried
     */
    public Rulebook rulebook(SortedMap<String, String> files, @Nullable String release) {
        return places.rulebook(files, release);
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
}
