package org.jabr.web.desk;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jabr.cases.CaseFile;
import org.jabr.cases.Cases;
import org.jabr.cases.Contact;
import org.jabr.cases.RecoveryCase;
import org.jabr.customers.Customer;
import org.jabr.customers.CustomerValue;
import org.jabr.customers.Customers;
import org.jabr.post.Deliveries;
import org.jabr.post.Delivery;
import org.jabr.process.KnowledgeNotes;
import org.jabr.process.Recovery;
import org.jabr.web.Once;
import org.jabr.web.Reader;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** What somebody who works on a case has to see of it, wherever they work: nothing has to be looked up elsewhere. */
@Component
class CaseSurroundings {

    private static final int OTHERS = 10;

    /** Channels that a person can note a contact on. */
    private static final List<String> CHANNELS =
            List.of("PHONE", "EMAIL", "SMS", "CHAT", "WEB", "SOCIAL", "IN_PERSON", "LETTER");

    private static final List<String> EMOTIONS = List.of("CALM", "ANNOYED", "ANGRY", "DISTRESSED");

    private final Cases cases;
    private final Customers customers;
    private final Recovery recoveries;
    private final KnowledgeNotes notes;
    private final CaseReading reading;
    private final Deliveries deliveries;
    private final ReleaseWords words;
    private final Reader reader;
    private final Clock clock;

    CaseSurroundings(
            Cases cases,
            Customers customers,
            Recovery recoveries,
            KnowledgeNotes notes,
            CaseReading reading,
            Deliveries deliveries,
            ReleaseWords words,
            Reader reader,
            Clock clock) {
        this.cases = cases;
        this.customers = customers;
        this.recoveries = recoveries;
        this.notes = notes;
        this.reading = reading;
        this.deliveries = deliveries;
        this.words = words;
        this.reader = reader;
        this.clock = clock;
    }

    record CaseRow(RecoveryCase recovery, Customer customer, String customerName, String failureType) {}

    record Said(
            Contact contact,
            String who,
            String channel,
            @Nullable String letter,
            @Nullable Delivery delivery) {}

    /**
     * Fills in the customer, the conversation with what a further contact is noted with, promises and clocks, what was
     * given, what analysts want known about the failure, and the way through the diagram.
     *
     * @param step of the diagram that somebody is at; empty for the case as a whole
     */
    Recovery.Path fill(CaseFile file, String step, Model model) {
        RecoveryCase recovery = file.recovery();
        String release = recovery.release();
        Recovery.Path path = recoveries.path(recovery.id());
        model.addAttribute("file", file);
        model.addAttribute("case", recovery);
        model.addAttribute("customerName", WorkReading.name(file.customer()));
        model.addAttribute("failureType", words.word(release, recovery.failureType()));
        model.addAttribute("channel", words.word(release, recovery.channel()));
        model.addAttribute("language", words.word(release, recovery.language()));
        model.addAttribute("queue", words.word(release, recovery.queue()));
        model.addAttribute("mode", recovery.mode().isEmpty() ? "" : words.word(release, recovery.mode()));
        model.addAttribute("owner", recovery.owner() == null ? null : words.who(recovery.owner()));
        model.addAttribute("preferred", preferred(file.customer(), release));
        model.addAttribute("mood", mood(recovery));
        model.addAttribute("remedies", reading.remedies(file));
        model.addAttribute("said", said(file));
        model.addAttribute("notes", notes.of(recovery, step, reader.locale().getLanguage()));
        model.addAttribute("once", Once.fresh());
        model.addAttribute("channels", choosable(release, CHANNELS));
        model.addAttribute("emotions", choosable(release, EMOTIONS));
        model.addAttribute("passed", reading.passed(recovery, path));
        model.addAttribute("hasDiagram", !path.bpmn().isBlank());
        Optional<CustomerValue> value = customers.value(recovery.customerId());
        model.addAttribute("value", value.orElse(null));
        model.addAttribute(
                "tenure",
                value.map(known -> known.tenureDays(OffsetDateTime.now(clock))).orElse(null));
        model.addAttribute(
                "others",
                cases.ofCustomer(recovery.customerId()).stream()
                        .filter(other -> !other.id().equals(recovery.id()))
                        .limit(OTHERS)
                        .map(this::row)
                        .toList());
        return path;
    }

    CaseRow row(RecoveryCase recovery) {
        Customer customer = customers.get(recovery.customerId());
        return new CaseRow(
                recovery, customer, WorkReading.name(customer), words.word(recovery.release(), recovery.failureType()));
    }

    /** How the customer feels, as far as anybody noticed. */
    private @Nullable String mood(RecoveryCase recovery) {
        Object emotion = recovery.given().get("conversation.emotion");
        return emotion == null ? null : words.word(recovery.release(), emotion.toString());
    }

    private List<Said> said(CaseFile file) {
        String release = file.recovery().release();
        List<Said> said = new ArrayList<>();
        Map<Long, Delivery> way = deliveries.ofCase(file.recovery().id()).stream()
                .collect(Collectors.toMap(Delivery::contactId, delivery -> delivery));
        for (Contact contact : file.contacts()) {
            String letter = contact.letter();
            said.add(
                    0,
                    new Said(
                            contact,
                            contact.direction() == Contact.Direction.IN
                                    ? WorkReading.name(file.customer())
                                    : words.who(contact.by()),
                            words.word(release, contact.channel()),
                            letter == null ? null : words.named(release, "letter.", letter),
                            way.get(contact.id())));
        }
        return said;
    }

    private List<WorklistPages.Choosable> choosable(String release, List<String> values) {
        return values.stream()
                .map(value -> new WorklistPages.Choosable(value, words.word(release, value)))
                .toList();
    }

    private @Nullable String preferred(Customer customer, String release) {
        String channel = customer.preferredChannel();
        return channel == null ? null : words.word(release, channel);
    }
}
