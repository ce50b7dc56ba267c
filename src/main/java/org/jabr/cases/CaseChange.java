package org.jabr.cases;

import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What changes in a case in one step; everything that is not set stays as it was. */
final class CaseChange {

    private final RecoveryCase before;
    String release;
    String process;
    Stage stage;
    int severity;
    String tier;
    String failureType;
    Map<String, Object> given;
    String language;
    String channel;
    String queue;
    String skill;

    @Nullable
    String owner;

    String mode;
    int contacts;
    int handovers;
    int channelHops;
    boolean reopened;
    boolean openEscalation;
    int boostMinutes;
    List<String> boostBecause;
    OffsetDateTime resolveDueAt;
    OffsetDateTime personDueAt;

    @Nullable
    OffsetDateTime closedAt;

    CaseChange(RecoveryCase before) {
        this.before = before;
        this.release = before.release();
        this.process = before.process();
        this.stage = before.stage();
        this.severity = before.severity();
        this.tier = before.tier();
        this.failureType = before.failureType();
        this.given = new HashMap<>(before.given());
        this.language = before.language();
        this.channel = before.channel();
        this.queue = before.queue();
        this.skill = before.skill();
        this.owner = before.owner();
        this.mode = before.mode();
        this.contacts = before.contacts();
        this.handovers = before.handovers();
        this.channelHops = before.channelHops();
        this.reopened = before.reopened();
        this.openEscalation = before.openEscalation();
        this.boostMinutes = before.boostMinutes();
        this.boostBecause = before.boostBecause();
        this.resolveDueAt = before.resolveDueAt();
        this.personDueAt = before.personDueAt();
        this.closedAt = before.closedAt();
    }

    RecoveryCase done() {
        return new RecoveryCase(
                before.id(),
                before.reference(),
                before.externalRef(),
                before.customerId(),
                release,
                process,
                stage,
                severity,
                tier,
                failureType,
                before.category(),
                before.subject(),
                before.description(),
                before.loss(),
                before.currency(),
                given,
                language,
                channel,
                queue,
                skill,
                owner,
                mode,
                contacts,
                handovers,
                channelHops,
                reopened,
                openEscalation,
                boostMinutes,
                boostBecause,
                before.occurredAt(),
                before.reportedAt(),
                before.receivedAt(),
                resolveDueAt,
                personDueAt,
                closedAt,
                before.version());
    }
}
