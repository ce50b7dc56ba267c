package org.jabr.remedies;

import java.util.function.BiConsumer;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Every step between a reservation and its confirmation, for tests that stop or kill somebody there. */
enum Step {
    /** In the transaction that places the order. */
    RESERVING,
    /** Placed, not yet looked at. */
    RESERVED,
    /** In the transaction that claims it. */
    CLAIMING,
    /** Claimed; the lease is looked at after this. */
    CLAIMED,
    /** After the lease was looked at: the next thing is the call. */
    CALLING,
    /** The gateway has answered. */
    ANSWERED,
    /** In the transaction that takes the answer. */
    TAKING,
    /** It is taken. */
    TAKEN;

    private static BiConsumer<Step, String> seen = (step, key) -> {};

    /** @param watcher is told each step with the key of the effect, in the thread that takes it */
    static void watch(BiConsumer<Step, String> watcher) {
        seen = watcher;
    }

    /** Puts somebody beside the real gateway and the real ledger who sees each step. */
    static class Watched {

        @Bean
        static BeanPostProcessor watchedGateway() {
            return new BeanPostProcessor() {
                @Override
                public Object postProcessAfterInitialization(Object bean, String name) {
                    return bean instanceof OutsideGateway gateway ? new WatchedGateway(gateway) : bean;
                }
            };
        }

        @EventListener
        void changed(Effect.Changed event) {
            String key = event.effect().key();
            switch (event.effect().state()) {
                case RESERVED -> {
                    seen.accept(RESERVING, key);
                    afterwards(RESERVED, key);
                }
                case SENT -> {
                    seen.accept(CLAIMING, key);
                    afterwards(CLAIMED, key);
                }
                case CONFIRMED -> {
                    seen.accept(TAKING, key);
                    afterwards(TAKEN, key);
                }
                default -> {
                    // No step between a reservation and its confirmation.
                }
            }
        }

        private static void afterwards(Step step, String key) {
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    seen.accept(step, key);
                }
            });
        }
    }

    private record WatchedGateway(OutsideGateway gateway) implements OutsideGateway {

        @Override
        public Answer send(Effect effect, String customerRef) {
            seen.accept(CALLING, effect.key());
            Answer answer = gateway.send(effect, customerRef);
            seen.accept(ANSWERED, effect.key());
            return answer;
        }

        @Override
        public Answer status(String key) {
            return gateway.status(key);
        }
    }
}
