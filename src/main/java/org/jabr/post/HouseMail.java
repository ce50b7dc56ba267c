package org.jabr.post;

import org.jabr.customers.PersonalText;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Mail that is not about a case, to people who look after the house; by the same mail server as letters. */
@Component
public class HouseMail {

    private final ObjectProvider<SmtpGateway> gateway;

    HouseMail(ObjectProvider<SmtpGateway> gateway) {
        this.gateway = gateway;
    }

    /** Whether there is a mail server. */
    public boolean leaves() {
        return gateway.getIfAvailable() != null;
    }

    /** Whether that is one plain address. */
    public static boolean isAddress(String text) {
        return SmtpGateway.address(text) != null;
    }

    /**
     * Hands it to the mail server.
     *
     * @param key names it; the same for every attempt, by which mailboxes know it again
     * @return why the mail server did not take it, as a code; null where it did
     */
    public @Nullable String send(String to, String subject, String text, String key) {
        SmtpGateway server = gateway.getIfAvailable();
        if (server == null) {
            return "NO_MAIL_SERVER";
        }
        Carrier.Answer answer = server.send(new Carrier.Mail(
                key, PostDesk.EMAIL, new PersonalText(to), "", new Writing.Text(subject, text, "en", "")));
        return answer.outcome() == Carrier.Outcome.HANDED_OVER ? null : answer.code();
    }
}
