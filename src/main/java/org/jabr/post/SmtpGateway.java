package org.jabr.post;

import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.util.MailConnectException;
import org.jabr.customers.Customer;
import org.jabr.customers.PersonalText;
import org.jspecify.annotations.Nullable;

/**
 * Hands letters to a mail server over SMTP. A connection that breaks after the letter was handed over leaves nobody sure
 * whether it was taken; it is handed over again with the same message id, by which mailboxes know a letter again: words
 * that come twice are better than words that never come.
 */
class SmtpGateway implements Carrier {

    private static final int PERMANENT = 500;

    private final PostTerms terms;
    private final Session session;
    private final InternetAddress from;

    SmtpGateway(PostTerms terms) {
        this.terms = terms;
        this.session = Session.getInstance(properties(terms));
        this.from = java.util.Objects.requireNonNull(address(terms.from()));
    }

    /** One plain address, or null where it is none. */
    static @Nullable InternetAddress address(String text) {
        try {
            InternetAddress[] all = InternetAddress.parse(text.strip(), true);
            if (all.length != 1
                    || all[0].isGroup()
                    || !String.valueOf(all[0].getAddress()).contains("@")) {
                return null;
            }
            all[0].validate();
            return all[0];
        } catch (AddressException none) {
            return null;
        }
    }

    @Override
    public boolean carries(String channel) {
        return channel.equals("EMAIL");
    }

    @Override
    public boolean knows(String channel, Customer customer) {
        return customer.email() != null;
    }

    @Override
    public Answer send(Mail mail) {
        InternetAddress to = address(PersonalText.shown(mail.to()));
        if (to == null) {
            return new Answer(Outcome.REFUSED, "NO_SUCH_ADDRESS");
        }
        try {
            Message message = LetterMail.of(session, from, to, mail);
            try (Transport transport =
                    session.getTransport(terms.security() == PostTerms.Security.TLS ? "smtps" : "smtp")) {
                transport.connect(
                        terms.host(),
                        terms.port(),
                        terms.username().isBlank() ? null : terms.username(),
                        terms.password().isBlank() ? null : terms.password());
                transport.sendMessage(message, new Address[] {to});
            }
            return new Answer(Outcome.HANDED_OVER, "");
        } catch (MessagingException e) {
            return answer(e);
        }
    }

    private static Answer answer(MessagingException e) {
        if (e instanceof MailConnectException) {
            return new Answer(Outcome.UNREACHABLE, "NO_CONNECTION");
        }
        if (e instanceof AuthenticationFailedException) {
            return new Answer(Outcome.UNREACHABLE, "SIGN_IN_REFUSED");
        }
        for (Exception next = e; next instanceof MessagingException one; next = one.getNextException()) {
            if (next instanceof SMTPAddressFailedException refused) {
                return refused(refused.getReturnCode(), "NO_SUCH_ADDRESS");
            }
            if (next instanceof SMTPSendFailedException refused && refused.getReturnCode() > 0) {
                return refused(refused.getReturnCode(), "LETTER_REFUSED");
            }
        }
        return new Answer(Outcome.LATER, e instanceof SendFailedException ? "NOT_TAKEN" : "BROKEN_CONNECTION");
    }

    private static Answer refused(int code, String what) {
        return code >= PERMANENT ? new Answer(Outcome.REFUSED, what) : new Answer(Outcome.LATER, Answer.NOT_NOW);
    }

    private static Properties properties(PostTerms terms) {
        Properties properties = new Properties();
        String timeout = String.valueOf(terms.timeout().toMillis());
        for (String protocol : new String[] {"mail.smtp.", "mail.smtps."}) {
            properties.put(protocol + "connectiontimeout", timeout);
            properties.put(protocol + "timeout", timeout);
            properties.put(protocol + "writetimeout", timeout);
            properties.put(protocol + "ssl.checkserveridentity", "true");
            properties.put(protocol + "auth", String.valueOf(!terms.username().isBlank()));
            // A server that does not say goodbye has taken the letter all the same.
            properties.put(protocol + "quitwait", "false");
        }
        boolean protect = terms.security() == PostTerms.Security.STARTTLS;
        properties.put("mail.smtp.starttls.enable", String.valueOf(protect));
        properties.put("mail.smtp.starttls.required", String.valueOf(protect));
        return properties;
    }
}
