package org.jabr.remedies;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jabr.customers.CustomerRoom;
import org.jabr.remedies.OutsideGateway.Answer;
import org.jabr.worklist.Worklist;
import org.mockito.Mockito;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcClientAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcTemplateAutoConfiguration;
import org.springframework.boot.autoconfigure.transaction.TransactionAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;

/** The room by itself (no configuration that a scan of the house would find): its database, no engine, nothing that runs by itself. */
@ImportAutoConfiguration({
    DataSourceAutoConfiguration.class,
    DataSourceTransactionManagerAutoConfiguration.class,
    TransactionAutoConfiguration.class,
    JdbcTemplateAutoConfiguration.class,
    JdbcClientAutoConfiguration.class,
    FlywayAutoConfiguration.class
})
@Import({
    RemedyDesk.class,
    Effects.class,
    EffectHistory.class,
    BookedGateway.class,
    SendingLedger.class,
    Sender.class,
    GatewayDesk.class,
    GatewaySetup.class,
    CustomerRoom.class
})
class SendingRoom {

    /** The case's work is held in a room that is not here. */
    @Bean
    Worklist worklist() {
        return Mockito.mock(Worklist.class);
    }

    /** What there is to give is another room's. */
    @Bean
    Purse purse() {
        return orders -> orders;
    }

    /** A clock that tests move, and a gateway that says what tests want. */
    static class ByHand {

        @Bean
        Ticking clock() {
            return new Ticking();
        }

        @Bean
        Partner partner() {
            return new Partner();
        }

        @Bean
        News news() {
            return new News();
        }
    }

    static final class News {

        final List<Effect.Changed> heard = Collections.synchronizedList(new ArrayList<>());

        @EventListener
        void changed(Effect.Changed event) {
            heard.add(event);
        }
    }

    /** Remembers what it was asked; answers as it is told. */
    static final class Partner implements OutsideGateway {

        final List<String> asked = Collections.synchronizedList(new ArrayList<>());
        final Map<String, String> done = new ConcurrentHashMap<>();
        volatile BiFunction<Effect, String, Answer> onSend = this::carriesOut;
        volatile Function<String, Answer> onStatus = this::tells;

        Answer carriesOut(Effect effect, String customer) {
            return Answer.done(done.computeIfAbsent(effect.key(), key -> "G-" + key));
        }

        Answer tells(String key) {
            String reference = done.get(key);
            return reference == null ? Answer.of(Outcome.NEVER_SEEN) : Answer.done(reference);
        }

        void asBefore() {
            asked.clear();
            done.clear();
            onSend = this::carriesOut;
            onStatus = this::tells;
        }

        @Override
        public Answer send(Effect effect, String customerRef) {
            asked.add("send " + effect.key());
            return onSend.apply(effect, customerRef);
        }

        @Override
        public Answer status(String key) {
            asked.add("status " + key);
            return onStatus.apply(key);
        }
    }
}
