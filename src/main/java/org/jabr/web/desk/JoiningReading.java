package org.jabr.web.desk;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jabr.cases.CaseLink;
import org.jabr.cases.Cases;
import org.jabr.cases.Contact;
import org.jabr.cases.Merges;
import org.jabr.cases.RecoveryCase;
import org.jabr.cases.Suggestion;
import org.jabr.cases.Suggestions;
import org.jabr.web.Reader;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What a case has to do with other cases of its customer, for people to read. */
@Component
class JoiningReading {

    private static final int MOST_OTHERS = 20;

    private final Cases cases;
    private final Merges merges;
    private final Suggestions suggestions;
    private final ReleaseWords words;
    private final Reader reader;

    JoiningReading(Cases cases, Merges merges, Suggestions suggestions, ReleaseWords words, Reader reader) {
        this.cases = cases;
        this.merges = merges;
        this.suggestions = suggestions;
        this.words = words;
        this.reader = reader;
    }

    /**
     * Everything at once.
     *
     * @param into reference of the case that this one goes on in; null for all others
     * @param others open cases of the customer that it could be merged with
     * @param heard what the customer said, where there is enough of it to split
     */
    record Joined(
            @Nullable String into,
            List<Linked> links,
            List<Asked> asked,
            List<Other> others,
            List<Heard> heard,
            String category) {}

    /** @param key of the message that says what the cases have to do with each other */
    record Linked(String key, String reference, @Nullable String reason, String by, Instant at) {}

    record Asked(long id, Other other, List<String> because) {}

    record Other(String reference, String subject, String failureType, String stage, Instant received) {}

    record Heard(long id, Instant at, String channel, String said) {}

    Joined of(RecoveryCase recovery) {
        boolean open = !recovery.stage().ended();
        Set<Long> merged = merges.mergedOf(recovery.customerId()).stream()
                .map(id -> id.value())
                .collect(Collectors.toSet());
        List<Other> others = new ArrayList<>();
        if (open) {
            cases.ofCustomer(recovery.customerId()).stream()
                    .filter(one -> !one.id().equals(recovery.id())
                            && !one.stage().ended()
                            && !merged.contains(one.id().value())
                            && one.currency().equals(recovery.currency()))
                    .limit(MOST_OTHERS)
                    .map(this::other)
                    .forEach(others::add);
        }
        List<Heard> heard = merges.heard(recovery.id()).stream()
                .map(contact -> heard(recovery, contact))
                .toList();
        return new Joined(
                merges.mergedInto(recovery.id()).map(RecoveryCase::reference).orElse(null),
                merges.links(recovery.id()).stream()
                        .map(link -> linked(recovery, link))
                        .toList(),
                suggestions.open(recovery.id()).stream()
                        .map(asked -> asked(recovery, asked))
                        .toList(),
                others,
                open && heard.size() > 1 ? heard : List.of(),
                recovery.category());
    }

    private Asked asked(RecoveryCase recovery, Suggestion suggestion) {
        return new Asked(
                suggestion.id(),
                other(cases.get(suggestion.otherThan(recovery.id()))),
                suggestion.because().stream()
                        .filter(one -> !one.isEmpty())
                        .map(one -> reader.words("joining.because." + one))
                        .toList());
    }

    private Other other(RecoveryCase other) {
        return new Other(
                other.reference(),
                other.subject().value(),
                words.word(other.release(), other.failureType()),
                other.stage().name(),
                other.receivedAt().toInstant());
    }

    private Linked linked(RecoveryCase recovery, CaseLink link) {
        boolean out = link.caseId().equals(recovery.id());
        return new Linked(
                "joining.link." + link.kind() + (out ? ".out" : ".in"),
                cases.get(out ? link.otherId() : link.caseId()).reference(),
                link.reason() == null ? null : reader.said(link.reason()),
                words.who(link.by()),
                link.at().toInstant());
    }

    private Heard heard(RecoveryCase recovery, Contact contact) {
        String said = reader.said(contact.body());
        return new Heard(
                contact.id(),
                contact.at().toInstant(),
                words.word(recovery.release(), contact.channel()),
                said.isBlank() ? reader.said(contact.subject()) : said);
    }
}
