package org.jabr.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestBuilders.formLogin;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.sql.Clob;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jabr.cases.RecoveryCase;
import org.jabr.customers.Fingerprint;
import org.jabr.customers.PersonalText;
import org.jabr.customers.Vault;
import org.jabr.intake.CaseIntake;
import org.jabr.intake.Submission;
import org.jabr.journal.Entry;
import org.jabr.journal.Journal;
import org.jabr.people.Passwords;
import org.jabr.post.Delivery;
import org.jabr.releases.Release;
import org.jabr.releases.Releases;
import org.jabr.rules.Authority;
import org.jabr.rules.Money;
import org.jabr.surveys.Survey;
import org.jabr.testing.OnH2;
import org.jabr.testing.StubEngines;
import org.jabr.worklist.NewWork;
import org.jabr.worklist.WorkItem;
import org.jabr.worklist.Worklist;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.web.servlet.AutoConfigureMockMvc;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.transaction.support.TransactionTemplate;

/** What the journal says about what happened, and what it must not say. */
@SpringBootTest(properties = {"jabr.demo.data=false", "jabr.journal.every=PT24H"})
@AutoConfigureMockMvc
@ActiveProfiles("demo")
@Import(StubEngines.class)
@OnH2
class JournalKeeperTests {

    private static final String SAID = "Said by Nadia Haddad of Jeddah";

    @Autowired
    MockMvc mvc;

    @Autowired
    Vault vault;

    @Autowired
    CaseIntake intake;

    @Autowired
    Journal journal;

    @Autowired
    Worklist worklist;

    @Autowired
    Releases releases;

    @Autowired
    Passwords passwords;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    ObjectMapper json;

    @Test
    void aDecisionStandsWithItsReasonsItsEngineAndAFingerprintOfItsFacts() {
        RecoveryCase recovery = report();

        List<JsonNode> decided = of("case.decided", recovery.reference());

        assertThat(decided).isNotEmpty();
        for (JsonNode content : decided) {
            Map<String, Object> kept = jdbc.sql("select salt, facts_text, result, engine from decision where id = :id")
                    .param("id", content.path("decision").asLong())
                    .query()
                    .singleRow();
            String salt = String.valueOf(kept.get("salt"));
            String facts = PersonalText.shown(vault.read(text(kept.get("facts_text"))));
            assertThat(content.path("facts").asText())
                    .isEqualTo(Fingerprint.of(salt, facts).hash());
            assertThat(content.path("result").asText())
                    .isEqualTo(Fingerprint.of(salt, text(kept.get("result"))).hash());
            assertThat(content.path("engine").asText())
                    .isEqualTo(kept.get("engine"))
                    .isEqualTo("stub");
        }
        assertThat(decided.stream().map(one -> one.path("moment").asText())).contains("intake", "route");
        assertThat(decided.get(0).path("settings").findValuesAsText("name")).contains("type", "severity", "tier");
        assertThat(decided.stream().map(one -> one.path("facts").asText())).doesNotHaveDuplicates();
    }

    @Test
    void whatIsNotedStandsInWordsOfTheRulesAndNothingThatAPersonSaid() {
        RecoveryCase recovery = report();

        assertThat(of("case.noted", recovery.reference())).anySatisfy(content -> {
            assertThat(content.path("kind").asText()).isEqualTo("RECEIVED");
            assertThat(content.path("channel").asText()).isEqualTo("EMAIL");
        });
        assertThat(journal.of(recovery.reference()))
                .extracting(Entry::content)
                .noneMatch(content -> content.contains("Nadia") || content.contains("Jeddah"));
    }

    @Test
    void whoReadsAboutACustomerWithoutWorkingOnTheCaseIsWrittenDown() throws Exception {
        RecoveryCase recovery = report();
        String page = "/api/cases/" + recovery.reference();
        mvc.perform(get(page).with(httpBasic("agent", "agent"))).andExpect(status().isOk());
        assertThat(of("personal.read", recovery.reference()))
                .as("whoever works on cases leaves other traces")
                .isEmpty();

        mvc.perform(get(page).with(httpBasic("auditor", "auditor"))).andExpect(status().isOk());
        mvc.perform(get(page).with(httpBasic("auditor", "auditor"))).andExpect(status().isOk());
        mvc.perform(get(page).with(httpBasic("approver", "approver"))).andExpect(status().isOk());
        assertThat(journal.newest("personal.read", recovery.reference(), null, 10))
                .extracting(Entry::by)
                .as("once each")
                .containsExactlyInAnyOrder("auditor", "approver");
        mvc.perform(get("/api/cases/Nadia Haddad").with(httpBasic("auditor", "auditor")))
                .andExpect(status().isNotFound());
        assertThat(journal.newest("personal.read", null, null, 100))
                .extracting(Entry::subject)
                .noneMatch(about -> about.contains("Nadia"));

        worklist.open(new NewWork(
                WorkItem.Kind.TASK,
                "ACKNOWLEDGE",
                recovery.id(),
                recovery.reference(),
                recovery.release(),
                "task-" + recovery.reference(),
                "acknowledge",
                null,
                null,
                Authority.AGENT,
                null,
                "GENERAL",
                "STANDARD",
                "en",
                null,
                OffsetDateTime.now(),
                List.of()));
        long work = worklist.ofCase(recovery.id()).get(0).id();
        mvc.perform(get("/api/worklist/" + work).with(httpBasic("auditor", "auditor")))
                .andExpect(status().isOk());
        mvc.perform(get("/api/worklist").with(httpBasic("auditor", "auditor"))).andExpect(status().isOk());
        assertThat(of("personal.read", recovery.reference()))
                .anySatisfy(content -> assertThat(content.path("page").asText()).isEqualTo("work"));
        assertThat(of("personal.read", "worklist")).hasSize(1);
    }

    @Test
    void whereALetterIsAndWhatACustomerAnsweredStandsWithoutTheirWords() {
        RecoveryCase recovery = report();
        Delivery delivery = new Delivery(
                7,
                1,
                recovery.id(),
                recovery.customerId(),
                "EMAIL",
                2,
                Delivery.State.NEEDS_PERSON,
                Delivery.BOUNCED,
                1,
                null,
                OffsetDateTime.now(),
                OffsetDateTime.now());
        transaction.executeWithoutResult(status -> {
            events.publishEvent(new Delivery.Changed(delivery));
            events.publishEvent(new Survey.Answered(
                    recovery.id(), new Survey.Answer(2, null, null, false, PersonalText.of("I am Nadia and angry"))));
        });
        assertThat(of("letter.changed", recovery.reference())).singleElement().satisfies(content -> {
            assertThat(content.path("letter").asText()).isEqualTo("letter-7.2");
            assertThat(content.path("code").asText()).isEqualTo("BOUNCED");
        });
        assertThat(of("survey.answered", recovery.reference())).singleElement().satisfies(content -> {
            assertThat(content.path("answers.csat").asInt()).isEqualTo(2);
            assertThat(content.toString()).doesNotContain("Nadia");
        });
    }

    @Test
    void whoTakesATableOfFinanceAwayIsWrittenDown() throws Exception {
        mvc.perform(get("/api/finance/effects.csv")
                        .param("from", "2026-01-01")
                        .param("to", "2026-01-02")
                        .with(httpBasic("manager", "manager")))
                .andExpect(status().isOk());
        assertThat(journal.newest("table.exported", "effects", null, 5))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.by()).isEqualTo("manager");
                    assertThat(entry.content()).contains("2026-01-01");
                });
        mvc.perform(get("/api/finance/effects.csv")
                        .param("from", "2026-02-01")
                        .param("to", "2026-01-02")
                        .with(httpBasic("manager", "manager")))
                .andExpect(status().is4xxClientError());
        assertThat(journal.newest("table.exported", "effects", null, 5)).hasSize(1);
    }

    @Test
    void whoComesInIsRefusedAndGoesOutIsWrittenDownAndNoPasswordIs() throws Exception {
        mvc.perform(formLogin("/sign-in").userParameter("login").user("agent").password("agent"));
        assertThat(of("sign-in.done", "agent")).hasSize(1);
        mvc.perform(get("/api/journal").with(httpBasic("auditor", "auditor")));
        assertThat(of("sign-in.done", "auditor"))
                .as("programs come in with every call")
                .isEmpty();

        for (int i = 0; i < 3; i++) {
            mvc.perform(
                    formLogin("/sign-in").userParameter("login").user("agent2").password("guessed-" + i));
        }
        assertThat(of("sign-in.refused", "agent2"))
                .singleElement()
                .satisfies(content -> assertThat(content.path("times").asInt()).isEqualTo(1));
        mvc.perform(
                formLogin("/sign-in").userParameter("login").user("My-Secret-1").password("agent"));
        assertThat(journal.newest("sign-in.refused", null, null, 100))
                .extracting(Entry::subject)
                .containsOnly("agent2");

        mvc.perform(post("/sign-out").with(csrf()).with(user("agent")));
        assertThat(of("sign-in.left", "agent")).hasSize(1);
    }

    @Test
    void aNewPasswordIsWrittenDownWithoutIt() {
        passwords.change("analyst", "a-long-new-password");

        assertThat(of("password.changed", "analyst")).hasSize(1);
        assertThat(journal.of("analyst")).extracting(Entry::content).noneMatch(one -> one.contains("long-new"));
    }

    @Test
    void aStepInTheLifeOfAReleaseStandsWithItsContentButNotWithItsNote() {
        Release release = releases.live();
        Release.Step step =
                new Release.Step(Release.Deed.APPROVED, "approver", OffsetDateTime.parse("2026-03-01T08:00:00Z"), SAID);

        transaction.executeWithoutResult(status -> events.publishEvent(new Release.Stepped(release, step)));

        assertThat(of("release.stepped", release.id())).anySatisfy(content -> {
            assertThat(content.path("deed").asText()).isEqualTo("APPROVED");
            assertThat(content.path("hash").asText()).isEqualTo(release.contentHash());
            assertThat(content.size()).isEqualTo(2);
        });
    }

    private List<JsonNode> of(String kind, String subject) {
        return journal.of(subject).stream()
                .filter(entry -> entry.kind().equals(kind))
                .map(entry -> read(entry.content()))
                .toList();
    }

    private JsonNode read(String content) {
        try {
            return json.readTree(content);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Object column) {
        try {
            return column instanceof Clob clob ? clob.getSubString(1, (int) clob.length()) : column.toString();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private RecoveryCase report() {
        return intake.receive(
                        new Submission(
                                null,
                                UUID.randomUUID().toString(),
                                "EMAIL",
                                "Delivery",
                                "Late",
                                SAID,
                                Money.of("12.00", "USD"),
                                null,
                                null,
                                null,
                                "en",
                                Map.of(),
                                Map.of()),
                        "agent")
                .recovery();
    }
}
