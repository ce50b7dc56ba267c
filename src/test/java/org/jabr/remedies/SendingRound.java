package org.jabr.remedies;

import java.util.List;
import org.jabr.customers.PersonalText;
import org.jabr.remedies.OutsideGateway.Answer;
import org.jabr.remedies.OutsideGateway.Outcome;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/** Lets tests of other rooms have an outside gateway, say what it answers, and let the sender go round. */
public class SendingRound {

    private final Sender sender;
    private final SendingRoom.Partner partner;

    SendingRound(Sender sender, SendingRoom.Partner partner) {
        this.sender = sender;
        this.partner = partner;
    }

    /** To be imported. */
    @TestConfiguration(proxyBeanMethods = false)
    public static class Outside {

        @Bean
        SendingRoom.Partner partner() {
            return new SendingRoom.Partner();
        }

        @Bean
        SendingRound sendingRound(Sender sender, SendingRoom.Partner partner) {
            return new SendingRound(sender, partner);
        }
    }

    public void look() {
        while (sender.round() > 0) {
            // As long as there is something to do.
        }
    }

    public void carriesOut() {
        partner.onSend = partner::carriesOut;
        partner.onStatus = partner::tells;
    }

    public void refuses(String why) {
        partner.onSend = (effect, ref) -> new Answer(Outcome.REFUSED, "REFUSED", null, new PersonalText(why));
    }

    public void saysNothing(String code) {
        partner.onSend = (effect, ref) -> Answer.unknown(code);
        partner.onStatus = key -> Answer.unknown(code);
    }

    public List<String> asked() {
        return List.copyOf(partner.asked);
    }
}
