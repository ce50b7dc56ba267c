package org.jabr.post;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Has each carrier's letters looked after, each as often as it is configured. */
@Component
class PostClock {

    private final ObjectProvider<PostRound> rounds;

    PostClock(ObjectProvider<PostRound> rounds) {
        this.rounds = rounds;
    }

    @Scheduled(
            initialDelayString = "${jabr.gateways.email.every:PT2S}",
            fixedDelayString = "${jabr.gateways.email.every:PT2S}")
    void lookForEmail() {
        look(PostSetup.EMAIL);
    }

    @Scheduled(
            initialDelayString = "${jabr.gateways.messages.every:PT2S}",
            fixedDelayString = "${jabr.gateways.messages.every:PT2S}")
    void lookForMessages() {
        look(PostSetup.MESSAGES);
    }

    private void look(String name) {
        rounds.stream().filter(round -> round.way().name().equals(name)).forEach(PostRound::look);
    }
}
