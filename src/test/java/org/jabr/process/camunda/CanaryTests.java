package org.jabr.process.camunda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jabr.process.camunda.Desk.AGENT;
import static org.jabr.process.camunda.Desk.MANAGER;
import static org.jabr.process.camunda.Desk.SUPERVISOR;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.authentication;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jabr.cases.CaseDesk;
import org.jabr.cases.ClockDesk;
import org.jabr.cases.PromiseDesk;
import org.jabr.cases.RecoveryCase;
import org.jabr.cases.Stage;
import org.jabr.customers.Customer;
import org.jabr.customers.Customers;
import org.jabr.customers.PersonalText;
import org.jabr.customers.Purchase;
import org.jabr.customers.Purchases;
import org.jabr.people.Account;
import org.jabr.people.Role;
import org.jabr.privacy.PrivacyDesk;
import org.jabr.process.OwnLetters;
import org.jabr.remedies.Effect;
import org.jabr.remedies.RemedyDesk;
import org.jabr.replay.Replay;
import org.jabr.replay.Replayed;
import org.jabr.rules.Money;
import org.jabr.surveys.Survey;
import org.jabr.surveys.Surveys;
import org.jabr.web.SignedIn;
import org.jabr.worklist.WorkItem;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.web.servlet.AutoConfigureMockMvc;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.RequestPostProcessor;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Words that only a customer or somebody who speaks of them would say go in by every door of the house, each under its
 * own name. Then everything that the house keeps or tells is searched for them.
 */
@AutoConfigureMockMvc
abstract class CanaryTests {

    @Autowired
    Desk desk;

    @Autowired
    CaseDesk cases;

    @Autowired
    Customers customers;

    @Autowired
    Purchases purchases;

    @Autowired
    ClockDesk clocks;

    @Autowired
    PromiseDesk promises;

    @Autowired
    OwnLetters letters;

    @Autowired
    RemedyDesk remedies;

    @Autowired
    Surveys surveys;

    @Autowired
    PrivacyDesk privacy;

    @Autowired
    Replay replay;

    @Autowired
    MeterRegistry meters;

    @Autowired
    MockMvc mvc;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    private final Map<String, String> canaries = new TreeMap<>();

    @Test
    void whatIsSaidByOrAboutACustomerStandsNowhereInPlainWordsAndNowhereAtAllOnceErased() throws Exception {
        Heard log = Heard.listening();
        RecoveryCase recovery;
        try {
            recovery = throughEveryDoor();
            assertThat(canaries)
                    .as("doors that were gone through")
                    .containsKeys(
                            "name",
                            "address",
                            "subject",
                            "description",
                            "answer",
                            "contact",
                            "pause",
                            "promise",
                            "letter-subject",
                            "letter-body",
                            "letter-why",
                            "acknowledgement",
                            "choice",
                            "refusal",
                            "comment",
                            "undo",
                            "undo-refused");
            assertThat(found()).as("before the erasure").isEmpty();
            assertThat(shown(recovery)).as("those who may read it do").contains(canaries.get("description"));

            String ref = customers.get(recovery.customerId()).externalRef();
            long asked = privacy.ask(ref, "asked", "supervisor");
            privacy.erase(asked, "manager");

            assertThat(found()).as("in the database").isEmpty();
            assertThat(foundText(ref)).as("the customer's reference").isEmpty();
            String pages = shown(recovery);
            canaries.forEach(
                    (door, canary) -> assertThat(pages).as("pages: " + door).doesNotContain(canary));
            assertThat(pages).doesNotContain(">" + ref + "<");
            assertThat(desk.file(recovery).decisions()).isNotEmpty().allSatisfy(decision -> {
                Replayed again = replay.of(decision.id());
                assertThat(again.erased()).isTrue();
            });
        } finally {
            log.stop();
        }
        canaries.forEach((door, canary) -> {
            assertThat(log.lines).as("log: " + door).noneMatch(line -> line.contains(canary));
            assertThat(meters.getMeters())
                    .as("metrics: " + door)
                    .noneMatch(meter -> meter.getId().toString().contains(canary));
        });
        assertThat(log.lines).isNotEmpty();
    }

    // ---- the doors

    private RecoveryCase throughEveryDoor() throws Exception {
        String ref = "canary-" + UUID.randomUUID();
        customers.save(new Customer.Details(
                ref,
                new PersonalText(canary("name")),
                new PersonalText(canary("address") + "@example.com"),
                new PersonalText("+9665" + System.nanoTime()),
                "en",
                null,
                true,
                false,
                false));
        String body = "{\"externalRef\":\"" + UUID.randomUUID() + "\",\"customer\":\"" + ref
                + "\",\"channel\":\"EMAIL\",\"category\":\"Delivery\",\"subject\":\"" + canary("subject")
                + "\",\"description\":\"" + canary("description")
                + "\",\"loss\":{\"amount\":\"80.00\",\"currency\":\"USD\"},"
                + "\"occurredAt\":\"2026-01-31T14:30:00+03:00\",\"failureType\":\"LATE_DELIVERY\","
                + "\"answers\":{\"seat\":\"" + canary("answer") + "\"}}";
        sent(post("/api/cases").content(body), 201);
        RecoveryCase recovery = found(ref);
        desk.work(recovery);
        sent(
                post("/api/cases/" + recovery.reference() + "/contacts")
                        .content("{\"channel\":\"CHAT\",\"text\":\"" + canary("contact") + "\"}"),
                200);
        clocks.stories(recovery.reference()).stream()
                .filter(story -> !story.clock().statutory() && !story.reasons().isEmpty())
                .findFirst()
                .ifPresent(story -> {
                    clocks.pause(
                            recovery.reference(),
                            story.clock().id(),
                            story.reasons().get(0),
                            new PersonalText(canary("pause")),
                            AGENT);
                    clocks.resume(recovery.reference(), story.clock().id(), AGENT);
                });
        promises.make(
                recovery.reference(),
                new PersonalText(canary("promise")),
                OffsetDateTime.now().plus(Duration.ofDays(40)),
                AGENT);
        letters.send(
                recovery.reference(),
                new OwnLetters.Own(
                        "thanks", canary("letter-subject"), canary("letter-body"), "PHONE", canary("letter-why"), true),
                AGENT);
        finish(recovery);
        purchases(ref);
        return desk.now(recovery);
    }

    /** Whatever waits is done, with words where a form takes words. */
    private void finish(RecoveryCase recovery) {
        for (int i = 0; i < 20 && !desk.stage(recovery).ended(); i++) {
            Optional<WorkItem> next = desk.items(recovery).stream().findFirst();
            if (next.isEmpty()) {
                surveys.ask(recovery.id(), "CSAT");
                surveys.answer(
                        recovery.id(), new Survey.Answer(5, null, null, true, new PersonalText(canary("comment"))));
                desk.work(recovery);
                continue;
            }
            WorkItem item = next.get();
            desk.complete(item, answers(item), item.authority().name().equals("AGENT") ? AGENT : MANAGER);
        }
        desk.effects(recovery, Effect.State.CONFIRMED).stream()
                .filter(remedies::undoable)
                .findFirst()
                .ifPresent(effect -> {
                    String undo = remedies.undo(effect.key(), canary("undo"), SUPERVISOR);
                    remedies.refuse(undo, canary("undo-refused"), MANAGER);
                });
        if (!desk.stage(recovery).ended()) {
            cases.move(recovery.id(), Stage.CLOSED, "test");
        }
        jdbc.sql("update effect set state = 'CONFIRMED' where case_id = :id and state in ('ASKED', 'RESERVED')")
                .param("id", recovery.id().value())
                .update();
        jdbc.sql("update delivery set state = 'CONFIRMED' where case_id = :id")
                .param("id", recovery.id().value())
                .update();
    }

    private Map<String, Object> answers(WorkItem item) {
        Map<String, Object> answers = new HashMap<>();
        switch (String.valueOf(item.form())) {
            case "personal-acknowledgement" -> {
                answers.put("conversation.emotion", "ANGRY");
                answers.put("note", canary("acknowledgement"));
                answers.put("chosen", List.of(Map.of("remedy", "CREDIT", "amount", "95.00")));
                answers.put("chosenWhy", canary("choice"));
            }
            case "confirmation" -> {
                answers.put("agreed", true);
                answers.put("note", canary("confirmation"));
            }
            case "follow-up" -> {
                answers.put("satisfied", true);
                answers.put("note", canary("follow-up"));
            }
            case "escalation" -> answers.put("solution", canary("escalation"));
            case "mend-remedy" -> answers.put("note", canary("mending"));
            default -> {
                answers.put("verdict", "REFUSE");
                answers.put("reason", canary("refusal"));
            }
        }
        return answers;
    }

    /** Known until the erasure: what was bought says something of a person, too. */
    private void purchases(String ref) {
        transaction.executeWithoutResult(status -> purchases.add(List.of(
                new Purchase(ref, UUID.randomUUID().toString(), LocalDate.now(), Money.of("5.00", "USD"), "a ring"))));
    }

    private RecoveryCase found(String ref) {
        long customer = customers.find(ref).orElseThrow().id();
        return jdbc.sql("select reference from recovery_case where customer_id = :id")
                .param("id", customer)
                .query(String.class)
                .optional()
                .map(reference -> desk.cases.file(reference).recovery())
                .orElseThrow();
    }

    private String canary(String door) {
        return canaries.computeIfAbsent(
                door,
                name -> "canary " + name + " " + UUID.randomUUID().toString().substring(0, 13));
    }

    // ---- where they may not be

    /** Places by canary. */
    private Map<String, List<String>> found() {
        Map<String, List<String>> places = new LinkedHashMap<>();
        canaries.forEach((door, canary) -> {
            // Texts may stand as JSON or as part of an address: the last part is enough to know one.
            List<String> at = foundText(canary.substring(canary.lastIndexOf(' ') + 1));
            if (!at.isEmpty()) {
                places.put(door, at);
            }
        });
        return places;
    }

    /** Every column of every table of the database, the engine's as well. */
    private List<String> foundText(String text) {
        record Place(String table, String column, String type) {}
        List<Place> all = jdbc.sql("""
                        select table_name, column_name, lower(data_type) as kind from information_schema.columns
                        where lower(table_schema) = 'public'
                        """)
                .query((row, n) ->
                        new Place(row.getString("table_name"), row.getString("column_name"), row.getString("kind")))
                .list();
        assertThat(all).extracting(Place::table).anyMatch(table -> table.equalsIgnoreCase("ACT_HI_VARINST"));
        List<String> places = new ArrayList<>();
        for (Place place : all) {
            boolean words =
                    place.type.contains("char") || place.type.equals("text") || place.type.contains("large object");
            boolean bytes = place.type.contains("bytea") || place.type.contains("binary");
            if (words || bytes) {
                boolean there = jdbc
                        .sql("select " + quoted(place.column) + " as it from " + quoted(place.table) + " where "
                                + quoted(place.column) + " is not null")
                        .query((row, n) -> bytes
                                ? new String(row.getBytes("it"), StandardCharsets.ISO_8859_1)
                                : row.getString("it"))
                        .list()
                        .stream()
                        .anyMatch(value -> value.contains(text));
                if (there) {
                    places.add(place.table + "." + place.column);
                }
            }
        }
        return places;
    }

    private static String quoted(String name) {
        return '"' + name + '"';
    }

    /** What pages and interfaces tell about the case. */
    private String shown(RecoveryCase recovery) throws Exception {
        StringBuilder all = new StringBuilder();
        long decision = desk.file(recovery).decisions().get(0).id();
        for (String page : List.of(
                "/cases/" + recovery.reference(),
                "/cases/" + recovery.reference() + "/dossier",
                "/decisions/" + decision,
                "/api/cases/" + recovery.reference(),
                "/api/decisions/" + decision)) {
            all.append(mvc.perform(get(page).with(as(Role.AUDITOR)))
                    .andReturn()
                    .getResponse()
                    .getContentAsString());
        }
        return all.toString();
    }

    /** An auditor, or a manager where something is to be done. */
    private static RequestPostProcessor as(Role role) {
        Account account =
                new Account("canary", "Canary", "كناري", "en", Set.of(role), Set.of(), Set.of(), Set.of(), false, true);
        return authentication(UsernamePasswordAuthenticationToken.authenticated(
                new SignedIn(account), "", List.of(new SimpleGrantedAuthority("ROLE_" + role))));
    }

    private void sent(MockHttpServletRequestBuilder request, int status) throws Exception {
        MockHttpServletResponse answer = mvc.perform(request.contentType(MediaType.APPLICATION_JSON)
                        .header("Idempotency-Key", UUID.randomUUID().toString())
                        .with(as(Role.MANAGER)))
                .andReturn()
                .getResponse();
        assertThat(answer.getStatus()).as(answer.getContentAsString()).isEqualTo(status);
    }

    /** Everything that is logged, with the traces of what was thrown. */
    private static final class Heard extends AppenderBase<ILoggingEvent> {

        private final List<String> lines = Collections.synchronizedList(new ArrayList<>());

        static Heard listening() {
            Heard heard = new Heard();
            heard.setContext(root().getLoggerContext());
            heard.start();
            root().addAppender(heard);
            LoggerFactory.getLogger(CanaryTests.class).info("listening");
            return heard;
        }

        @Override
        public void stop() {
            root().detachAppender(this);
            super.stop();
        }

        @Override
        protected void append(ILoggingEvent event) {
            lines.add(event.getFormattedMessage()
                    + Optional.ofNullable(event.getThrowableProxy())
                            .map(thrown -> thrown.getMessage())
                            .orElse(""));
        }

        private static Logger root() {
            return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        }
    }
}
