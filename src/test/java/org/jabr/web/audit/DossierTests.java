package org.jabr.web.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.authentication;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jabr.cases.CaseDesk;
import org.jabr.cases.RecoveryCase;
import org.jabr.intake.CaseIntake;
import org.jabr.intake.Submission;
import org.jabr.journal.Entry;
import org.jabr.journal.Journal;
import org.jabr.journal.SealLook;
import org.jabr.people.Accounts;
import org.jabr.remedies.Effects;
import org.jabr.rules.Money;
import org.jabr.web.SignedIn;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.web.servlet.AutoConfigureMockMvc;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** One case of the real rules, read by somebody who was not there. */
@SpringBootTest(
        properties = {
            "jabr.demo.data=false",
            "jabr.journal.every=PT24H",
            "jabr.pages.zone=Asia/Riyadh",
            "jabr.gateways.effects.every=PT24H"
        })
@AutoConfigureMockMvc
@ActiveProfiles("demo")
@Import(SealLook.class)
abstract class DossierTests {

    @Autowired
    MockMvc mvc;

    @Autowired
    CaseIntake intake;

    @Autowired
    CaseDesk desk;

    @Autowired
    Effects effects;

    @Autowired
    Journal journal;

    @Autowired
    Accounts accounts;

    @Autowired
    SealLook seal;

    @Autowired
    JdbcClient jdbc;

    RecoveryCase recovery;

    @BeforeEach
    void aCase() {
        recovery = report("en");
        until(() -> effects.ofCase(recovery.id()).stream()
                .anyMatch(effect -> effect.remedy().equals("REFUND")));
        // Whatever the engine still writes of the first way through the diagram.
        until(() -> desk.file(recovery.reference()).contacts().stream().anyMatch(one -> one.letter() != null));
    }

    @Test
    void saysWhatWasDecidedOnWhichFactsByWhichRowsAndWhatProvesIt() throws Exception {
        seal.now();
        String page = page("auditor", "en");

        assertThat(page)
                .contains("It came late", "Late delivery", "Decisions and their reasons", "The facts that were used")
                .contains("class=\"lit\"", "What the tables propose", "What was said, as it was sent")
                .contains(recovery.release(), "leaf ", "The newest seal is number")
                .doesNotContain("??");
        desk.file(recovery.reference()).decisions().forEach(decision -> assertThat(page)
                .contains("decision-" + decision.id() + "\""));
        effects.ofCase(recovery.id()).forEach(effect -> assertThat(page).contains(effect.key()));
        desk.file(recovery.reference()).contacts().stream()
                .filter(one -> one.letter() != null && one.subject() != null)
                .forEach(letter -> assertThat(page).contains(letter.subject().value()));
        assertThat(page("auditor", "ar")).contains("dir=\"rtl\"", "القرارات", "ما يثبت ذلك", "تأخر التوصيل");
    }

    @ParameterizedTest
    @ValueSource(strings = {"auditor", "manager", "supervisor", "agent", "admin"})
    void isForThoseWhoWorkOnCasesLeadOrAudit(String login) throws Exception {
        mvc.perform(as(login, get(address("dossier")))).andExpect(status().isOk());
    }

    @ParameterizedTest
    @ValueSource(strings = {"analyst", "approver"})
    void isNotForThoseWhoWriteTheRules(String login) throws Exception {
        mvc.perform(as(login, get(address("dossier")))).andExpect(status().isForbidden());
        assertThat(journal.newest("dossier.read", recovery.reference(), null, 10))
                .isEmpty();
    }

    @Test
    void thatItWasReadIsWrittenDownWithoutAWordAboutTheCustomer() throws Exception {
        page("supervisor", "en");

        List<Entry> read = journal.newest("dossier.read", recovery.reference(), null, 10);
        assertThat(read).hasSize(1);
        assertThat(read.get(0).by()).isEqualTo("supervisor");
        assertThat(read.get(0).content()).isEqualTo("{\"as\":\"PAGE\"}");
        // The one who reads next sees who read before.
        assertThat(page("auditor", "en")).contains("Dossier of a case read");
    }

    @Test
    void saysThatThereIsNoSuchCase() throws Exception {
        mvc.perform(as("auditor", get("/cases/R-1999-000001/dossier"))).andExpect(status().isNotFound());
    }

    String address(String what) {
        return "/cases/" + recovery.reference() + "/" + what;
    }

    String page(String login, String language) throws Exception {
        return mvc.perform(as(login, get(address("dossier")).param("lang", language)))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString(StandardCharsets.UTF_8);
    }

    MockHttpServletRequestBuilder as(String login, MockHttpServletRequestBuilder request) {
        SignedIn who = new SignedIn(accounts.find(login).orElseThrow());
        return request.with(authentication(new UsernamePasswordAuthenticationToken(
                who,
                null,
                AuthorityUtils.createAuthorityList(who.account().roles().stream()
                        .map(role -> "ROLE_" + role.name())
                        .toList()))));
    }

    RecoveryCase report(String language) {
        return intake.receive(
                        new Submission(
                                UUID.randomUUID().toString(),
                                UUID.randomUUID().toString(),
                                "EMAIL",
                                "Delivery",
                                "Late <b>again</b> & again",
                                "It came late",
                                Money.of("40.00", "USD"),
                                null,
                                null,
                                null,
                                language,
                                Map.of("failure.type", "LATE_DELIVERY", "conversation.emotion", "CALM"),
                                Map.of()),
                        "agent")
                .recovery();
    }

    static void until(BooleanSupplier holds) {
        Instant end = Instant.now().plus(Duration.ofSeconds(90));
        while (!holds.getAsBoolean()) {
            assertThat(Instant.now()).isBefore(end);
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
