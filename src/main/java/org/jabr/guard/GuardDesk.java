package org.jabr.guard;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jabr.cases.Cases;
import org.jabr.customers.PersonalText;
import org.jabr.rules.Authority;
import org.jabr.rules.Decider;
import org.jabr.rules.Problem;
import org.jabr.worklist.WorkItem;
import org.jabr.worklist.Worklist;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Where those who lead read findings and say what they make of them. Nothing else comes of it: no case changes. */
@Service
public class GuardDesk {

    /** The longest reason, in characters. */
    public static final int LONGEST_REASON = 1000;

    private static final String JUDGEMENT = "judgement";
    private static final String REASON = "reason";

    private final Findings findings;
    private final GuardRules rules;
    private final Looking looking;
    private final Worklist worklist;
    private final ApplicationEventPublisher events;
    private final Cases cases;

    GuardDesk(
            Findings findings,
            GuardRules rules,
            Looking looking,
            Worklist worklist,
            ApplicationEventPublisher events,
            Cases cases) {
        this.cases = cases;
        this.findings = findings;
        this.rules = rules;
        this.looking = looking;
        this.worklist = worklist;
        this.events = events;
    }

    /**
     * Who reads.
     *
     * @param audits whether they read findings for every authority
     */
    public record Reading(Decider who, boolean audits) {

        private List<String> authorities() {
            return Arrays.stream(Authority.values())
                    .filter(one -> audits || who.authority().satisfies(one))
                    .map(Enum::name)
                    .toList();
        }
    }

    /**
     * One page of findings, the newest first; never those about the reader.
     *
     * @param before the last one seen; null for the first page
     */
    public List<GuardFinding> list(
            GuardFinding.@Nullable State state,
            @Nullable Sign sign,
            @Nullable Long before,
            Reading reading,
            int limit) {
        return findings.list(state, sign, before, reading.who.login(), reading.authorities(), limit);
    }

    /** @throws Problem {@code GUARD-002} no such finding, or none that this person may read */
    public GuardFinding get(long id, Reading reading) {
        return find(id, reading).orElseThrow(() -> new Problem(Problem.Kind.NOT_FOUND, "GUARD-002", id));
    }

    /** The finding, where this person may read it. */
    public Optional<GuardFinding> find(long id, Reading reading) {
        return findings.find(id)
                .filter(one -> !one.concerned().contains(reading.who.login())
                        && reading.authorities().contains(one.authority().name()));
    }

    /** The id of the finding that work is about. */
    public long findingOf(WorkItem item) {
        return Looking.finding(item);
    }

    public boolean mayJudge(GuardFinding finding, Decider by) {
        return finding.open()
                && by.authority().satisfies(finding.authority())
                && !finding.concerned().contains(by.login());
    }

    /**
     * Says what somebody makes of a finding; the work of looking at it is done with that.
     *
     * @throws Problem {@code GUARD-002} as {@link #get}, {@code GUARD-003} no judgement, {@code GUARD-004} no reason or one
     *     that is too long, {@code GUARD-005} judged meanwhile, {@code WORK-002} where somebody else has the work
     */
    @Transactional
    public void judge(long id, GuardFinding.@Nullable Judgement judgement, String reason, Decider by) {
        GuardFinding finding = get(id, new Reading(by, false));
        Map<String, Object> answers = Map.of(JUDGEMENT, judgement == null ? "" : judgement.name(), REASON, reason);
        Optional<WorkItem> work = looking.of(finding);
        if (work.isPresent()) {
            // Work first, as everywhere; what was said comes back with it.
            worklist.complete(work.get().id(), answers, by);
        } else {
            judged(finding, answers, by);
        }
    }

    @EventListener
    void completed(WorkItem.Completed event) {
        if (event.item().aboutAFinding()) {
            judged(get(Looking.finding(event.item()), new Reading(event.by(), false)), event.answers(), event.by());
        }
    }

    private void judged(GuardFinding finding, Map<String, Object> answers, Decider by) {
        if (!finding.open()) {
            throw new Problem(Problem.Kind.CONFLICT, "GUARD-005", finding.id());
        }
        GuardFinding.Judgement judgement = Arrays.stream(GuardFinding.Judgement.values())
                .filter(one -> one.name().equals(answers.get(JUDGEMENT)))
                .findFirst()
                .orElseThrow(() -> new Problem(Problem.Kind.INVALID, "GUARD-003", finding.id()));
        String reason = Objects.toString(answers.get(REASON), "").strip();
        if (reason.isEmpty() || reason.length() > LONGEST_REASON) {
            throw new Problem(Problem.Kind.INVALID, "GUARD-004", LONGEST_REASON);
        }
        boolean above = judgement == GuardFinding.Judgement.ESCALATE && finding.authority() != Authority.MANAGER;
        boolean first = findings.judge(
                finding.id(),
                cases.customerOf(finding.caseId()),
                finding.state(),
                above ? GuardFinding.State.ESCALATED : GuardFinding.State.JUDGED,
                above ? Authority.MANAGER : finding.authority(),
                judgement,
                new PersonalText(reason),
                by.login());
        if (!first) {
            throw new Problem(Problem.Kind.CONFLICT, "GUARD-005", finding.id());
        }
        events.publishEvent(new GuardFinding.News(finding.id(), finding.rule(), judgement, by.login()));
        if (above) {
            looking.open(finding.id(), finding.caseId(), Authority.MANAGER, finding.concerned(), lookDays(finding));
        }
    }

    private int lookDays(GuardFinding finding) {
        return rules.rows(finding.release()).stream()
                .filter(row -> row.name().equals(finding.rule()))
                .map(GuardRules.Row::lookDays)
                .findFirst()
                .orElse(1);
    }
}
