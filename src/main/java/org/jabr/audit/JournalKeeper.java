package org.jabr.audit;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jabr.cases.Cases;
import org.jabr.cases.RecoveryCase;
import org.jabr.catalogue.Item;
import org.jabr.customers.StaffLink;
import org.jabr.guard.GuardFinding;
import org.jabr.journal.Journal;
import org.jabr.people.AccountChange;
import org.jabr.people.SignIn;
import org.jabr.post.Delivery;
import org.jabr.releases.Release;
import org.jabr.remedies.Effect;
import org.jabr.replay.ReplayRun;
import org.jabr.rules.Money;
import org.jabr.surveys.Survey;
import org.jabr.worklist.WorkItem;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Hears what happens in the house and writes it down, in the transaction in which it happens. */
@Component
class JournalKeeper {

    private static final List<String> OWN_ENTRIES = List.of("DECIDED", "STAGE");

    /** What is noted with a case in words of the rules, never in a person's own. */
    private static final Set<String> PLAIN = Set.of(
            "channel",
            "clock",
            "contacts",
            "dueAt",
            "from",
            "kind",
            "letter",
            "moment",
            "other",
            "promise",
            "reason",
            "stage",
            "survey",
            "to",
            "why");

    private final Journal journal;
    private final Cases cases;

    JournalKeeper(Journal journal, Cases cases) {
        this.journal = journal;
        this.cases = cases;
    }

    @EventListener
    void published(Release.Published event) {
        Release release = event.release();
        journal.append("release.published", release.id(), event.by(), Map.of("hash", release.contentHash()));
    }

    /** What is offered to customers, and for how much. */
    @EventListener
    void changed(Item.Changed event) {
        journal.append(
                "catalogue.changed",
                event.item().code(),
                event.by(),
                Map.of("version", event.item().version(), "fields", new TreeMap<>(event.became())));
    }

    @EventListener
    void changed(StaffLink.Changed event) {
        StaffLink link = event.link();
        journal.append(
                link.endedAt() == null ? "link.declared" : "link.ended",
                link.login(),
                event.by(),
                Map.of(
                        "customer",
                        link.customerId(),
                        "relation",
                        link.relation().name()));
    }

    @EventListener
    void judged(GuardFinding.News event) {
        journal.append(
                "finding.judged",
                String.valueOf(event.finding()),
                event.by(),
                Map.of("rule", event.rule(), "judgement", event.judgement().name()));
    }

    @EventListener
    void opened(RecoveryCase.Opened event) {
        RecoveryCase recovery = event.recovery();
        journal.append(
                "case.opened",
                recovery.reference(),
                "intake",
                Map.of("release", recovery.release(), "customer", recovery.customerId()));
    }

    @EventListener
    void decided(RecoveryCase.Decided event) {
        journal.append("case.decided", event.recovery().reference(), event.by(), DecidedEntry.of(event));
    }

    @EventListener
    void moved(RecoveryCase.Moved event) {
        journal.append(
                "case.moved",
                event.recovery().reference(),
                event.by(),
                Map.of(
                        "from",
                        event.from().name(),
                        "to",
                        event.recovery().stage().name()));
    }

    @EventListener
    void noted(RecoveryCase.Noted event) {
        if (!OWN_ENTRIES.contains(event.kind())) {
            Map<String, Object> content = new TreeMap<>();
            event.values().forEach((name, value) -> {
                if (PLAIN.contains(name)) {
                    content.put(name, String.valueOf(value));
                }
            });
            content.put("kind", event.kind());
            journal.append("case.noted", event.recovery().reference(), event.by(), content);
        }
    }

    @EventListener
    void effect(Effect.Changed event) {
        Effect effect = event.effect();
        Money money = effect.money();
        journal.append(
                "effect.changed",
                effect.key(),
                event.by(),
                Map.of(
                        "case",
                        effect.caseReference(),
                        "remedy",
                        effect.remedy(),
                        "state",
                        effect.state().name(),
                        "money",
                        money == null ? "" : money.toString()));
    }

    /** What a letter says and where it went stands with the case. */
    @EventListener
    void letter(Delivery.Changed event) {
        Delivery delivery = event.delivery();
        journal.append(
                "letter.changed",
                cases.get(delivery.caseId()).reference(),
                "post",
                Map.of(
                        "letter",
                        delivery.name(),
                        "channel",
                        delivery.channel(),
                        "state",
                        delivery.state().name(),
                        "code",
                        Objects.requireNonNullElse(delivery.code(), "")));
    }

    /** What the customer chose; what they said in words stands with the case. */
    @EventListener
    void answered(Survey.Answered event) {
        journal.append(
                "survey.answered",
                cases.get(event.caseId()).reference(),
                "customer",
                new TreeMap<>(event.answer().facts()));
    }

    /** What was answered stands with the work; here are the fields, and of an approval the verdict and what it is about. */
    @EventListener
    void completed(WorkItem.Completed event) {
        WorkItem item = event.item();
        Map<String, Object> content = new TreeMap<>(Map.of(
                "item",
                item.id(),
                "element",
                item.element(),
                "fields",
                event.answers().keySet().stream().sorted().toList()));
        if (item.kind() == WorkItem.Kind.APPROVAL) {
            content.put("effect", Objects.requireNonNullElse(item.subject(), ""));
            content.put("verdict", String.valueOf(event.answers().get("verdict")));
        }
        journal.append("work.completed", item.about(), event.by().login(), content);
    }

    /** Who made, tried, checked, approved or gave back a release; what was said with it stands with the release. */
    @EventListener
    void stepped(Release.Stepped event) {
        journal.append(
                "release.stepped",
                event.release().id(),
                event.step().by(),
                Map.of(
                        "deed",
                        event.step().deed().name(),
                        "hash",
                        event.release().contentHash()));
    }

    @EventListener
    void started(ReplayRun.Started event) {
        ReplayRun run = event.run();
        journal.append(
                "replay.started",
                "replay-" + run.id(),
                run.startedBy(),
                Map.of(
                        "since",
                        run.since() == null ? "" : run.since().toInstant().toString(),
                        "moment",
                        Objects.requireNonNullElse(run.moment(), ""),
                        "decisions",
                        run.total()));
    }

    @EventListener
    void ended(ReplayRun.Ended event) {
        ReplayRun run = event.run();
        journal.append(
                "replay.ended",
                "replay-" + run.id(),
                event.by(),
                Map.of(
                        "state",
                        run.state().name(),
                        "failure",
                        Objects.requireNonNullElse(run.failure(), ""),
                        "decisions",
                        run.counts().done(),
                        "identical",
                        run.counts().identical(),
                        "different",
                        run.counts().different(),
                        "failed",
                        run.counts().failed(),
                        "erased",
                        run.counts().erased()));
    }

    @EventListener
    void signedIn(SignIn event) {
        String kind =
                switch (event.kind()) {
                    case DONE -> "sign-in.done";
                    case REFUSED -> "sign-in.refused";
                    case LEFT -> "sign-in.left";
                    case PASSWORD_CHANGED -> "password.changed";
                };
        journal.append(kind, event.login(), event.login(), Map.of("times", event.times()));
    }

    @EventListener
    void handed(WorkItem.Handed event) {
        journal.append(
                "work.handed",
                event.item().about(),
                event.by(),
                Map.of(
                        "item",
                        event.item().id(),
                        "from",
                        Objects.requireNonNullElse(event.from(), ""),
                        "to",
                        Objects.requireNonNullElse(event.to(), "")));
    }

    @EventListener
    void redirected(WorkItem.Redirected event) {
        journal.append(
                "work.redirected",
                event.item().about(),
                event.by(),
                Map.of(
                        "item",
                        event.item().id(),
                        "from",
                        event.from(),
                        "to",
                        event.item().queue()));
    }

    @EventListener
    void changed(AccountChange event) {
        journal.append(
                "account.changed",
                event.login(),
                event.by(),
                Map.of("kind", event.kind().name(), "detail", event.detail()));
    }

    @EventListener
    void snoozed(WorkItem.Snoozed event) {
        journal.append(
                "work.snoozed",
                event.item().about(),
                event.by(),
                Map.of("item", event.item().id(), "until", event.until().toString()));
    }
}
