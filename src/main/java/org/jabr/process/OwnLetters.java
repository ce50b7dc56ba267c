package org.jabr.process;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jabr.cases.CaseDesk;
import org.jabr.cases.Cases;
import org.jabr.cases.RecoveryCase;
import org.jabr.customers.PersonalText;
import org.jabr.customers.Vault;
import org.jabr.rules.Decider;
import org.jabr.rules.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Letters that a person writes. Wording is pointed out before they leave and never refused; another channel than the
 * one that the rules answered is asked about once, and the answer is kept.
 */
@Service
public class OwnLetters {

    /** Channels that a letter can go out on. */
    public static final List<String> CHANNELS = List.of("EMAIL", "PHONE", "SMS", "CHAT", "LETTER");

    /** What a letter is called that started from none of the release. */
    private static final String OWN = "own";

    private static final int LONGEST_SUBJECT = 200;
    private static final int LONGEST_BODY = 8000;
    private static final int LONGEST_WHY = 400;

    private final Cases cases;
    private final CaseDesk desk;
    private final Letters letters;
    private final Phrases phrases;
    private final JdbcClient jdbc;
    private final Vault vault;
    private final Clock clock;

    OwnLetters(
            Cases cases, CaseDesk desk, Letters letters, Phrases phrases, JdbcClient jdbc, Clock clock, Vault vault) {
        this.vault = vault;
        this.cases = cases;
        this.desk = desk;
        this.letters = letters;
        this.phrases = phrases;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * A letter as a person wrote it.
     *
     * @param start the letter of the release that it started from; null for none
     * @param why on another channel than the usual one
     * @param anyway whether its wording was pointed out and it goes out as it is
     */
    public record Own(
            @Nullable String start, String subject, String body, String channel, String why, boolean anyway) {}

    /**
     * What is to be said before a letter leaves.
     *
     * @param usual the channel that the rules answered
     * @param asksWhy whether the channel is another one and nobody has said why
     */
    public record Look(List<Phrases.Pointed> subject, List<Phrases.Pointed> body, String usual, boolean asksWhy) {

        public boolean pointsOut() {
            return !subject.isEmpty() || !body.isEmpty();
        }
    }

    /** @throws Problem {@code LETTER-001} to {@code LETTER-003} where it could not be sent at all, {@code CASE-001} */
    public Look look(String reference, Own own) {
        RecoveryCase recovery = cases.get(reference);
        if (own.subject().isBlank()
                || own.body().isBlank()
                || own.subject().length() > LONGEST_SUBJECT
                || own.body().length() > LONGEST_BODY
                || own.why().length() > LONGEST_WHY) {
            throw new Problem(Problem.Kind.INVALID, "LETTER-001");
        }
        if (!CHANNELS.contains(own.channel())) {
            throw new Problem(Problem.Kind.INVALID, "LETTER-003", own.channel());
        }
        String usual = letters.channel(recovery);
        return new Look(
                phrases.in(recovery.release(), recovery.language(), own.subject()),
                phrases.in(recovery.release(), recovery.language(), own.body()),
                usual,
                !own.channel().equals(usual) && own.why().isBlank());
    }

    /**
     * Sends it, unless something is to be said before.
     *
     * @return what is to be said; the letter has left where nothing is left to say
     * @throws Problem as {@link #look}, and {@code LETTER-002} where the case has ended
     */
    @Transactional
    public Look send(String reference, Own own, Decider by) {
        Look look = look(reference, own);
        RecoveryCase recovery = cases.get(reference);
        if (recovery.stage().ended()) {
            throw new Problem(Problem.Kind.CONFLICT, "LETTER-002", reference);
        }
        if (waits(look, own)) {
            return look;
        }
        String name = own.start() != null && letters.names(recovery).contains(own.start()) ? own.start() : OWN;
        desk.said(
                recovery.id(),
                name,
                recovery.language(),
                own.channel(),
                own.subject().strip(),
                own.body().strip(),
                by.login());
        boolean elsewhere = !own.channel().equals(look.usual());
        if (elsewhere) {
            desk.note(
                    recovery.id(),
                    "OTHER_CHANNEL",
                    Map.of("channel", own.channel(), "usual", look.usual()),
                    by.login());
        }
        if (look.pointsOut()) {
            desk.note(recovery.id(), "SENT_AS_IS", Map.of("phrases", ids(look)), by.login());
        }
        if (elsewhere || look.pointsOut()) {
            keep(recovery, own, look, by);
        }
        return look;
    }

    /** Whether a letter does not leave before a person has answered. */
    public static boolean waits(Look look, Own own) {
        return look.asksWhy() || look.pointsOut() && !own.anyway();
    }

    private static String ids(Look look) {
        return String.join(
                ",",
                Stream.concat(look.subject().stream(), look.body().stream())
                        .map(Phrases.Pointed::id)
                        .distinct()
                        .limit(6)
                        .toList());
    }

    private void keep(RecoveryCase recovery, Own own, Look look, Decider by) {
        jdbc.sql("""
                        insert into letter_answer (case_id, channel, usual_channel, why_text, phrases, by_whom, at)
                        values (:case, :channel, :usual, :why, :phrases, :by, :at)
                        """)
                .param("case", recovery.id().value())
                .param("channel", own.channel())
                .param("usual", look.usual())
                .param(
                        "why",
                        own.why().isBlank()
                                ? null
                                : vault.stored(
                                        recovery.customerId(),
                                        new PersonalText(own.why().strip())))
                .param("phrases", ids(look))
                .param("by", by.login())
                .param("at", OffsetDateTime.now(clock))
                .update();
    }
}
