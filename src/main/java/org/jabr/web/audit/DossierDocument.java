package org.jabr.web.audit;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jabr.audit.Dossier;
import org.jabr.audit.EvidencePack;
import org.jabr.cases.DecisionDocument;
import org.jabr.cases.Decisions;
import org.jabr.cases.StoredDecision;
import org.jabr.customers.PersonalText;
import org.jabr.journal.Journal;
import org.jabr.rules.CaseId;
import org.jabr.rules.Money;
import org.jabr.rules.RuleRef;
import org.springframework.stereotype.Component;

/** A dossier as JSON: ids, codes and values as they are stored, for programs and in no language. */
@Component
class DossierDocument {

    private final ObjectMapper json;

    DossierDocument(ObjectMapper json) {
        this.json = json.copy()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .registerModule(new SimpleModule()
                        .addSerializer(PersonalText.class, as(PersonalText::value))
                        .addSerializer(CaseId.class, as(id -> String.valueOf(id.value())))
                        .addSerializer(RuleRef.class, as(RuleRef::id))
                        .addSerializer(Money.class, as(Money::toString)));
    }

    String of(EvidencePack pack) {
        Dossier dossier = pack.dossier();
        Map<Long, Decisions.AsStored> stored =
                pack.stored().stream().collect(Collectors.toMap(Decisions.AsStored::id, Function.identity()));
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("at", dossier.at());
        document.put("case", dossier.file().recovery());
        document.put("customer", dossier.file().customer());
        document.put("timeline", dossier.file().timeline());
        document.put("way", dossier.visits());
        document.put(
                "decisions",
                dossier.file().decisions().stream()
                        .map(one -> decision(dossier, one, stored))
                        .toList());
        document.put("choices", dossier.choices());
        document.put("effects", dossier.file().remedies());
        document.put("effectSteps", dossier.steps());
        document.put("work", dossier.work());
        document.put("contacts", dossier.file().contacts());
        document.put("deliveries", dossier.deliveries());
        document.put("clocks", dossier.clocks());
        document.put("promises", dossier.file().promises());
        document.put(
                "journal",
                dossier.entries().stream().map(DossierDocument::entry).toList());
        document.put("releases", dossier.releases());
        document.put("seal", pack.part().seal());
        try {
            return json.writeValueAsString(document) + "\n";
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Object> decision(
            Dossier dossier, StoredDecision decision, Map<Long, Decisions.AsStored> stored) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("id", decision.id());
        one.put("case", decision.caseReference());
        one.putAll(DecisionDocument.of(decision.decision()));
        one.put("decidedBy", decision.decidedBy());
        Dossier.Asked asked = dossier.asked().get(decision.id());
        one.put("consulted", asked == null ? List.of() : asked.consulted());
        one.put("nearest", asked == null ? List.of() : asked.nearest());
        one.put("stored", stored.get(decision.id()));
        return one;
    }

    private static Map<String, Object> entry(Journal.Placed placed) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("id", placed.entry().id());
        one.put("kind", placed.entry().kind());
        one.put("subject", placed.entry().subject());
        one.put("by", placed.entry().by());
        one.put("at", placed.entry().at());
        one.put("position", placed.position());
        return one;
    }

    private static <T> JsonSerializer<T> as(Function<T, String> text) {
        return new JsonSerializer<>() {
            @Override
            public void serialize(T value, JsonGenerator out, SerializerProvider serializers) throws IOException {
                out.writeString(text.apply(value));
            }
        };
    }
}
