package org.jabr.hooks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jabr.cases.Cases;
import org.jabr.cases.RecoveryCase;
import org.jabr.customers.Customers;
import org.jabr.customers.MadeUp;
import org.jabr.outside.CloudEvent;
import org.jabr.post.Delivery;
import org.jabr.remedies.Effect;
import org.jabr.rules.Money;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Puts what happened into the outbox, in the transaction in which it happens: ids, codes and amounts, nothing about a
 * person. Of customers who were made up nobody is told.
 */
@Component
class NewsDesk {

    private final Receivers receivers;
    private final Outbox outbox;
    private final Cases cases;
    private final Customers customers;
    private final MadeUp madeUp;
    private final URI source;
    private final Clock clock;
    private final ObjectMapper json = new ObjectMapper();

    NewsDesk(
            Receivers receivers,
            Outbox outbox,
            Cases cases,
            Customers customers,
            MadeUp madeUp,
            @Value("${jabr.public-url:http://localhost:${server.port:8080}}") URI source,
            Clock clock) {
        this.receivers = receivers;
        this.outbox = outbox;
        this.cases = cases;
        this.customers = customers;
        this.madeUp = madeUp;
        this.source = source;
        this.clock = clock;
    }

    @EventListener
    void moved(RecoveryCase.Moved event) {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("from", event.from().name());
        data.put("stage", event.recovery().stage().name());
        tell(NewsType.STAGE_CHANGED, event.recovery(), data);
    }

    @EventListener
    void noted(RecoveryCase.Noted event) {
        if (event.kind().equals("PROMISE_MISSED")) {
            Map<String, @Nullable Object> data = new LinkedHashMap<>();
            data.put("promise", event.values().get("promise"));
            tell(NewsType.PROMISE_MISSED, event.recovery(), data);
        }
    }

    @EventListener
    void changed(Effect.Changed event) {
        Effect effect = event.effect();
        NewsType type =
                switch (effect.state()) {
                    case CONFIRMED -> NewsType.EFFECT_CONFIRMED;
                    case REFUSED -> NewsType.EFFECT_REFUSED;
                    case REVERSED -> NewsType.EFFECT_REVERSED;
                    default -> null;
                };
        // What takes an effect back is told as the end of that effect.
        if (type == null || effect.undo() || wanting(type).isEmpty()) {
            return;
        }
        Money money = effect.money();
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("key", effect.key());
        data.put("remedy", effect.remedy());
        data.put("kind", effect.kind());
        data.put(
                "money",
                money == null ? null : Map.of("amount", money.amount().toPlainString(), "currency", money.currency()));
        data.put("item", effect.item());
        data.put("reference", effect.reference());
        tell(type, cases.get(effect.caseId()), data);
    }

    @EventListener
    void failed(Delivery.Failed event) {
        Delivery delivery = event.delivery();
        if (wanting(NewsType.MESSAGE_FAILED).isEmpty()) {
            return;
        }
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("message", delivery.name());
        data.put("channel", delivery.channel());
        data.put("code", delivery.code());
        tell(NewsType.MESSAGE_FAILED, cases.get(delivery.caseId()), data);
    }

    private List<Receiver> wanting(NewsType type) {
        return receivers.all().stream().filter(one -> one.wants(type)).toList();
    }

    private void tell(NewsType type, RecoveryCase recovery, Map<String, @Nullable Object> what) {
        List<Receiver> wanting = wanting(type);
        if (wanting.isEmpty()
                || madeUp.contains(customers.get(recovery.customerId()).externalRef())) {
            return;
        }
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("case", recovery.reference());
        data.put("externalRef", recovery.externalRef());
        data.putAll(what);
        String id = UUID.randomUUID().toString();
        String body;
        try {
            body = json.writeValueAsString(
                    CloudEvent.of(id, source, type.type(), OffsetDateTime.now(clock), recovery.reference(), data));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("news cannot be written", e);
        }
        wanting.forEach(receiver -> outbox.add(receiver.name(), id, type, recovery, body));
    }
}
