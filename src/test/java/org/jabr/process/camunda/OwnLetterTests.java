package org.jabr.process.camunda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jabr.process.camunda.Desk.AGENT;

import java.time.Duration;
import java.util.List;
import org.jabr.cases.Contact;
import org.jabr.cases.RecoveryCase;
import org.jabr.customers.PersonalText;
import org.jabr.customers.Vault;
import org.jabr.process.Letters;
import org.jabr.process.OwnLetters;
import org.jabr.process.Phrases;
import org.jabr.process.PromiseRound;
import org.jabr.rules.Problem;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a person writes to a customer, and how letters speak to somebody we failed before. */
@ProcessTest
class OwnLetterTests {

    private static final String GOOD = "We are with you, and write again on Monday.";
    private static final String BLAMING = "You should have called us.";

    @Autowired
    Desk desk;

    @Autowired
    private Vault vault;

    @Autowired
    OwnLetters own;

    @Autowired
    Letters letters;

    @Autowired
    PromiseRound promises;

    @Autowired
    MovableClock clock;

    @Autowired
    JdbcClient jdbc;

    @Test
    void startsFromALetterOfTheReleaseInTheLanguageOfTheCustomer() {
        RecoveryCase recovery = desk.lateDelivery().language("ar").open();

        Letters.Preview draft = letters.draft(recovery, "thanks").orElseThrow();

        assertThat(draft.subject()).contains("وصلتنا رسالتكم").contains(recovery.reference());
        assertThat(draft.body()).contains("هدى").doesNotContain("{");
        assertThat(letters.draft(recovery, "../secret")).isEmpty();
        assertThat(desk.letters(recovery)).doesNotContain("thanks");
    }

    @Test
    void sendsAPlainLetterOnTheUsualChannelAtOnce() {
        RecoveryCase recovery = desk.lateDelivery().open();

        own.send(recovery.reference(), letter(GOOD, "EMAIL", "", false), AGENT);

        Contact sent = newest(recovery);
        assertThat(List.of(sent.by(), sent.channel(), PersonalText.shown(sent.body())))
                .containsExactly("agent", "EMAIL", GOOD);
        assertThat(kinds(recovery)).doesNotContain("OTHER_CHANNEL", "SENT_AS_IS");
    }

    @Test
    void pointsOutWhatBlamesAndSendsItWhereThePersonStandsByIt() {
        RecoveryCase recovery = desk.lateDelivery().open();
        int before = desk.letters(recovery).size();

        OwnLetters.Look look = own.send(recovery.reference(), letter(BLAMING, "EMAIL", "", false), AGENT);

        assertThat(look.body()).extracting(Phrases.Pointed::kind).containsExactly(Phrases.Kind.BLAMES);
        assertThat(desk.letters(recovery)).hasSize(before);
        own.send(recovery.reference(), letter(BLAMING, "EMAIL", "", true), AGENT);
        assertThat(desk.letters(recovery)).hasSize(before + 1);
        assertThat(kinds(recovery)).contains("SENT_AS_IS");
    }

    @Test
    void asksOnceWhyALetterGoesOutOnAnotherChannelAndKeepsTheAnswer() {
        RecoveryCase recovery = desk.lateDelivery().open();
        int before = desk.letters(recovery).size();

        assertThat(own.send(recovery.reference(), letter(GOOD, "PHONE", "", false), AGENT)
                        .asksWhy())
                .isTrue();
        assertThat(desk.letters(recovery)).hasSize(before);
        own.send(recovery.reference(), letter(GOOD, "PHONE", "Asked for it", false), AGENT);

        assertThat(newest(recovery).channel()).isEqualTo("PHONE");
        assertThat(kinds(recovery)).contains("OTHER_CHANNEL");
        assertThat(vault.read(jdbc.sql("select why_text from letter_answer where case_id = :id")
                                .param("id", recovery.id().value())
                                .query(String.class)
                                .single())
                        .value())
                .isEqualTo("Asked for it");
    }

    @Test
    void refusesWhatCannotBeALetter() {
        RecoveryCase recovery = desk.lateDelivery().open();

        refused("LETTER-001", recovery, letter("", "EMAIL", "", false));
        refused("LETTER-001", recovery, letter("x".repeat(8001), "EMAIL", "", false));
        refused("LETTER-003", recovery, letter(GOOD, "PIGEON", "", false));
        desk.cases.withdraw(recovery.id(), "customer");
        refused("LETTER-002", recovery, letter(GOOD, "EMAIL", "", false));
    }

    @Test
    void speaksDifferentlyToSomebodyWhomWeFailedBefore() {
        RecoveryCase first = desk.lateDelivery().open();
        RecoveryCase again = desk.lateDelivery().of(first).open();

        assertThat(letters.draft(first, "check-in").orElseThrow().body()).doesNotContain("not the first time");
        assertThat(letters.draft(again, "check-in").orElseThrow().body()).contains("not the first time");
    }

    @Test
    void ownsUpToAPromiseThatWasBroken() {
        RecoveryCase recovery = desk.lateDelivery()
                .fact("conversation.emotion", "ANGRY")
                .language("ar")
                .open();
        assertThat(letters.draft(recovery, "thanks").orElseThrow().body()).doesNotContain("تركنا موعدًا");

        clock.pass(Duration.ofDays(30));
        promises.look();

        assertThat(letters.draft(recovery, "thanks").orElseThrow().body()).contains("تركنا موعدًا");
    }

    private static OwnLetters.Own letter(String body, String channel, String why, boolean anyway) {
        return new OwnLetters.Own("thanks", "About your report", body, channel, why, anyway);
    }

    private void refused(String code, RecoveryCase recovery, OwnLetters.Own letter) {
        assertThatThrownBy(() -> own.send(recovery.reference(), letter, AGENT))
                .isInstanceOfSatisfying(Problem.class, p -> assertThat(p.code()).isEqualTo(code));
    }

    private Contact newest(RecoveryCase recovery) {
        List<Contact> contacts = desk.file(recovery).contacts();
        return contacts.get(contacts.size() - 1);
    }

    private List<String> kinds(RecoveryCase recovery) {
        return desk.file(recovery).timeline().stream()
                .map(entry -> entry.kind())
                .toList();
    }
}
