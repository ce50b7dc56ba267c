package org.jabr.cases;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jabr.releases.Releases;
import org.jabr.rules.Authority;
import org.jabr.rules.CaseId;
import org.jabr.rules.Decider;
import org.jabr.rules.Decision;
import org.jabr.rules.DecisionFailed;
import org.jabr.rules.Moment;
import org.jabr.rules.RuleRef;
import org.jabr.rules.Rulebook;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** How long an approval may wait for one authority, and who is asked then: the case's own rules say so. */
@Service
public class ApprovalRules {

    static final Moment WAIT = new Moment("approval-wait");

    private static final String NOBODY = "NONE";

    private final Cases cases;
    private final FactsGathering gathering;
    private final Calendars calendars;
    private final Releases releases;
    private final Clock clock;

    ApprovalRules(Cases cases, FactsGathering gathering, Calendars calendars, Releases releases, Clock clock) {
        this.cases = cases;
        this.gathering = gathering;
        this.calendars = calendars;
        this.releases = releases;
        this.clock = clock;
    }

    /**
     * What happens where nobody answers.
     *
     * @param at when, in working time of the calendar that the rules name
     * @param to who is asked then
     * @param minutes elapsed minutes by which the work moves forward then
     * @param because rule ids
     */
    public record Step(OffsetDateTime at, Authority to, long minutes, List<String> because) {}

    /**
     * The next step of an approval.
     *
     * @param waitsFor whose answer it waits for
     * @param since from when on it does
     * @return empty where it stays where it is, or where the release says nothing about it
     * @throws DecisionFailed where the rules did not answer
     */
    @Transactional(readOnly = true, noRollbackFor = DecisionFailed.class)
    public Optional<Step> next(CaseId id, Authority waitsFor, OffsetDateTime since) {
        RecoveryCase recovery = cases.get(id);
        Rulebook rulebook = releases.rulebook(recovery.release());
        if (!rulebook.moments().contains(WAIT)) {
            return Optional.empty();
        }
        Map<String, Object> document = new LinkedHashMap<>(gathering
                .about(recovery, OffsetDateTime.now(clock), rulebook, Decider.RULES)
                .document(recovery, Decider.RULES));
        Map<String, Object> answers = new LinkedHashMap<>();
        if (document.get("answers") instanceof Map<?, ?> given) {
            given.forEach((name, value) -> answers.put(String.valueOf(name), value));
        }
        answers.put("waitsFor", waitsFor.name());
        document.put("answers", answers);
        Decision decision = rulebook.decide(WAIT, rulebook.read(document));
        String next = CaseDesk.required(decision, "nextAuthority");
        if (next.equals(NOBODY) || waitsFor.satisfies(Authority.valueOf(next))) {
            return Optional.empty();
        }
        return Optional.of(new Step(
                calendars.plusMinutes(
                        recovery.release(),
                        CaseDesk.required(decision, "waitCalendar"),
                        since,
                        CaseDesk.requiredNumber(decision, "waitMinutes")),
                Authority.valueOf(next),
                CaseDesk.requiredNumber(decision, "raiseMinutes"),
                decision.setting("nextAuthority").orElseThrow().because().stream()
                        .map(RuleRef::id)
                        .toList()));
    }
}
