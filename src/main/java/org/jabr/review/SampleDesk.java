package org.jabr.review;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jabr.audit.DecisionFilter;
import org.jabr.audit.DecisionSearch;
import org.jabr.cases.Decisions;
import org.jabr.customers.PersonalText;
import org.jabr.journal.Journal;
import org.jabr.people.Account;
import org.jabr.people.Accounts;
import org.jabr.people.Role;
import org.jabr.releases.Releases;
import org.jabr.rules.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Where samples are drawn, shared out, judged and closed; each step is an entry of the journal. */
@Service
public class SampleDesk {

    public static final int LONGEST_NAME = 120;
    public static final int LONGEST_SEED = 60;
    public static final int LONGEST_NOTE = 2000;

    private final Samples samples;
    private final DecisionSearch search;
    private final Decisions decisions;
    private final ReviewRules rules;
    private final Releases releases;
    private final Accounts accounts;
    private final Journal journal;
    private final Clock clock;

    SampleDesk(
            Samples samples,
            DecisionSearch search,
            Decisions decisions,
            ReviewRules rules,
            Releases releases,
            Accounts accounts,
            Journal journal,
            Clock clock) {
        this.samples = samples;
        this.search = search;
        this.decisions = decisions;
        this.rules = rules;
        this.releases = releases;
        this.accounts = accounts;
        this.journal = journal;
        this.clock = clock;
    }

    /**
     * What somebody wants to have drawn.
     *
     * @param plan of the live release
     * @param seed any text; the same seed draws the same from the same decisions
     * @param assignees logins of those among whom it is shared out
     */
    public record Wanted(String name, DecisionFilter filter, String plan, String seed, List<String> assignees) {

        public Wanted {
            assignees = List.copyOf(assignees);
        }
    }

    /** Those who may be asked to look at decisions. */
    public List<Account> auditors() {
        return accounts.holding(Role.AUDITOR);
    }

    /** What a plan of the live release would draw. @param allowed how many errors may turn up for its statement to hold */
    public record Offer(ReviewRules.Plan plan, int size, int allowed) {}

    /** @param population how many decisions there are to draw from */
    public List<Offer> offers(int population) {
        return rules.plans(releases.live().id()).stream()
                .map(plan -> {
                    SampleSize size = plan.size(Math.max(1, population));
                    return new Offer(plan, size.size(), size.allowed());
                })
                .toList();
    }

    /**
     * Draws a sample from what was sealed so far.
     *
     * @return its id
     * @throws Problem {@code REVIEW-001} no such plan, {@code REVIEW-002} nothing to draw from, {@code REVIEW-003} no name
     *     or seed, or too long, {@code REVIEW-004} nobody to look at it who may
     */
    @Transactional
    public long draw(Wanted wanted, String by) {
        String release = releases.live().id();
        ReviewRules.Plan plan = rules.plan(release, wanted.plan());
        String name = text(wanted.name(), LONGEST_NAME);
        String seed = text(wanted.seed(), LONGEST_SEED);
        List<String> assignees = wanted.assignees().stream().distinct().sorted().toList();
        List<String> may = auditors().stream().map(Account::login).toList();
        if (assignees.isEmpty() || !may.containsAll(assignees)) {
            throw new Problem(Problem.Kind.INVALID, "REVIEW-004");
        }
        long through = search.through();
        Layout layout = layout(wanted.filter(), through, plan.strata());
        if (layout.population() == 0) {
            throw new Problem(Problem.Kind.INVALID, "REVIEW-002");
        }
        SampleSize size = plan.size(layout.population());
        List<Samples.Drawn> drawn = layout.draw(seed, size.size(), assignees);
        Sample sample = new Sample(
                0,
                name,
                wanted.filter(),
                through,
                plan.name(),
                plan.confidence(),
                plan.tolerable(),
                plan.expected(),
                plan.strata(),
                seed,
                layout.population(),
                size.size(),
                size.allowed(),
                release,
                by,
                OffsetDateTime.now(clock),
                null,
                null);
        long id = samples.add(sample, layout.strata(size.size()), drawn);
        journal.append("sample.drawn", subject(id), by, drawnEntry(sample, drawn));
        return id;
    }

    /** @throws Problem {@code REVIEW-005} */
    public Sample.Whole get(long id) {
        Sample sample = samples.find(id).orElseThrow(() -> none(id));
        List<SampleItem> items = samples.items(id);
        return new Sample.Whole(sample, samples.strata(id), items, conclusion(sample, items));
    }

    public List<Sample> newest(@Nullable Long before, int most) {
        return samples.newest(before, most);
    }

    /** @throws Problem {@code REVIEW-005} */
    public SampleItem item(long sample, int place) {
        return samples.item(sample, place).orElseThrow(() -> none(sample));
    }

    /** Somebody takes a sample away, as a table. @throws Problem {@code REVIEW-005} */
    @Transactional
    public Sample.Whole take(long id, String by) {
        Sample.Whole whole = get(id);
        journal.append(
                "sample.exported",
                subject(id),
                by,
                Map.of("size", whole.sample().size()));
        return whole;
    }

    /** Draws it again, from what it was drawn from. @return whether the same decisions come out, in the same order */
    public boolean drawnAgain(long id) {
        Sample sample = samples.find(id).orElseThrow(() -> none(id));
        List<Long> then = samples.items(id).stream().map(SampleItem::decision).toList();
        List<Long> now = layout(sample.filter(), sample.through(), sample.strata())
                .draw(sample.seed(), sample.size(), List.of(sample.by()))
                .stream()
                .map(Samples.Drawn::decision)
                .toList();
        return then.equals(now);
    }

    /**
     * Hands over what somebody has not judged yet.
     *
     * @throws Problem {@code REVIEW-004} the other one does not audit, {@code REVIEW-006} it is closed
     */
    @Transactional
    public int assign(long id, String from, String to, String by) {
        Sample sample = held(id);
        if (auditors().stream().noneMatch(account -> account.login().equals(to))) {
            throw new Problem(Problem.Kind.INVALID, "REVIEW-004");
        }
        int handed = samples.assign(sample.id(), from, to);
        journal.append("sample.assigned", subject(id), by, Map.of("from", from, "to", to, "items", handed));
        return handed;
    }

    /**
     * Says what was found about one decision.
     *
     * @param version of the item as it was read
     * @throws Problem {@code REVIEW-006} it is closed, {@code REVIEW-007} somebody else is asked, {@code REVIEW-008} nobody
     *     judges what they decided, {@code REVIEW-009} a question is open, {@code REVIEW-010} an error needs words, {@code
     *     REVIEW-011} too many of them, {@code REVIEW-012} somebody was faster
     */
    @Transactional
    public SampleItem.Verdict judge(
            long id, int place, int version, Map<String, SampleItem.Answer> answers, String note, String by) {
        Sample sample = held(id);
        SampleItem item = item(id, place);
        if (!item.assignedTo().equals(by)) {
            throw new Problem(Problem.Kind.FORBIDDEN, "REVIEW-007", item.assignedTo());
        }
        if (decisions.get(item.decision()).decidedBy().equals(by)) {
            throw new Problem(Problem.Kind.FORBIDDEN, "REVIEW-008");
        }
        Map<String, SampleItem.Answer> given = new TreeMap<>();
        for (ReviewRules.Question question : rules.questions(sample.release(), item.moment())) {
            SampleItem.Answer answer = answers.get(question.name());
            if (answer == null) {
                throw new Problem(Problem.Kind.INVALID, "REVIEW-009");
            }
            given.put(question.name(), answer);
        }
        SampleItem.Verdict verdict =
                given.containsValue(SampleItem.Answer.NO) ? SampleItem.Verdict.ERROR : SampleItem.Verdict.CORRECT;
        String said = note.strip();
        if (verdict == SampleItem.Verdict.ERROR && said.isEmpty()) {
            throw new Problem(Problem.Kind.INVALID, "REVIEW-010");
        }
        if (said.length() > LONGEST_NOTE) {
            throw new Problem(Problem.Kind.INVALID, "REVIEW-011", LONGEST_NOTE);
        }
        if (item.version() != version
                || !samples.judge(item, verdict, given, PersonalText.of(said), by, OffsetDateTime.now(clock))) {
            throw new Problem(Problem.Kind.CONFLICT, "REVIEW-012");
        }
        journal.append(
                "sample.judged",
                subject(id),
                by,
                Map.of(
                        "place",
                        place,
                        "decision",
                        item.decision(),
                        "verdict",
                        verdict.name(),
                        "answers",
                        given.entrySet().stream()
                                .collect(Collectors.toMap(
                                        Map.Entry::getKey,
                                        answer -> answer.getValue().name(),
                                        (a, b) -> a,
                                        TreeMap::new))));
        return verdict;
    }

    /** Ends it; what was judged stays as it is. @throws Problem {@code REVIEW-006}, {@code REVIEW-013} some are not judged */
    @Transactional
    public void close(long id, String by) {
        Sample sample = held(id);
        Sample.Conclusion conclusion = conclusion(sample, samples.items(id));
        BigDecimal upper = conclusion.upperPercent();
        if (upper == null) {
            throw new Problem(Problem.Kind.CONFLICT, "REVIEW-013", sample.size() - conclusion.judged());
        }
        samples.close(id, by, OffsetDateTime.now(clock));
        journal.append(
                "sample.closed",
                subject(id),
                by,
                Map.of(
                        "errors",
                        conclusion.errors(),
                        "upperPercent",
                        upper.toPlainString(),
                        "holds",
                        Boolean.TRUE.equals(conclusion.holds())));
    }

    private Sample held(long id) {
        Sample sample = samples.hold(id).orElseThrow(() -> none(id));
        if (!sample.open()) {
            throw new Problem(Problem.Kind.CONFLICT, "REVIEW-006");
        }
        return sample;
    }

    /** What may be drawn, laid out. */
    private Layout layout(DecisionFilter filter, long through, String strata) {
        SortedMap<String, List<String>> members = new TreeMap<>();
        search.members(filter, strata.isEmpty() ? null : strata, through)
                .forEach((stratum, ids) ->
                        members.put(stratum, ids.stream().map(String::valueOf).toList()));
        return new Layout(members);
    }

    private record Layout(SortedMap<String, List<String>> members) {

        int population() {
            return members.values().stream().mapToInt(List::size).sum();
        }

        SortedMap<String, Integer> shares(int size) {
            SortedMap<String, Integer> strata = new TreeMap<>();
            members.forEach((name, ids) -> strata.put(name, ids.size()));
            return Draw.share(strata, size);
        }

        List<Sample.Stratum> strata(int size) {
            return shares(size).entrySet().stream()
                    .map(share -> new Sample.Stratum(
                            share.getKey(),
                            members.getOrDefault(share.getKey(), List.of()).size(),
                            share.getValue()))
                    .toList();
        }

        /** Stratum by stratum, each in the order of its draw; shared out in turn. */
        List<Samples.Drawn> draw(String seed, int size, List<String> assignees) {
            List<Samples.Drawn> drawn = new ArrayList<>();
            shares(size).forEach((stratum, share) -> Draw.of(seed, members.getOrDefault(stratum, List.of()), share)
                    .forEach(id -> drawn.add(new Samples.Drawn(
                            stratum, Long.parseLong(id), assignees.get(drawn.size() % assignees.size())))));
            return drawn;
        }
    }

    private static Sample.Conclusion conclusion(Sample sample, List<SampleItem> items) {
        int judged = (int) items.stream().filter(item -> item.verdict() != null).count();
        int errors = (int) items.stream()
                .filter(item -> item.verdict() == SampleItem.Verdict.ERROR)
                .count();
        if (judged < items.size()) {
            return new Sample.Conclusion(judged, errors, null, null);
        }
        double upper = SampleSize.upperShare(
                sample.population(), sample.size(), errors, ReviewRules.Plan.share(sample.confidence()));
        BigDecimal percent = BigDecimal.valueOf(upper).movePointRight(2).setScale(2, RoundingMode.UP);
        return new Sample.Conclusion(
                judged,
                errors,
                percent,
                BigDecimal.valueOf(upper).movePointRight(2).compareTo(sample.tolerable()) < 0);
    }

    /** What anybody needs who wants to draw it again; the decisions themselves as a hash of their numbers. */
    private static Map<String, Object> drawnEntry(Sample sample, List<Samples.Drawn> drawn) {
        Map<String, Object> content = new TreeMap<>();
        content.put("filter", sample.filter().words());
        content.put("through", sample.through());
        content.put("plan", sample.plan());
        content.put("release", sample.release());
        content.put("confidence", sample.confidence().toPlainString());
        content.put("tolerable", sample.tolerable().toPlainString());
        content.put("expected", sample.expected().toPlainString());
        content.put("strata", sample.strata());
        content.put("seed", sample.seed());
        content.put("population", sample.population());
        content.put("size", sample.size());
        content.put("allowed", sample.allowed());
        content.put(
                "drawn",
                sha256(drawn.stream().map(one -> String.valueOf(one.decision())).collect(Collectors.joining(","))));
        return content;
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static String text(String typed, int longest) {
        String text = typed.strip();
        if (text.isEmpty() || text.length() > longest || text.chars().anyMatch(Character::isISOControl)) {
            throw new Problem(Problem.Kind.INVALID, "REVIEW-003", longest);
        }
        return text;
    }

    static String subject(long id) {
        return "sample-" + id;
    }

    private static Problem none(long id) {
        return new Problem(Problem.Kind.NOT_FOUND, "REVIEW-005", id);
    }
}
