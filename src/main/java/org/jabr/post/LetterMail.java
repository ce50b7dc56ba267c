package org.jabr.post;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Date;
import java.util.stream.Collectors;
import org.springframework.web.util.HtmlUtils;

/** A letter as e-mail: as plain text, and as a page whose paragraphs each run in their own direction. */
final class LetterMail extends MimeMessage {

    private static final String UTF_8 = StandardCharsets.UTF_8.name();

    private final String messageId;

    private LetterMail(Session session, String messageId) {
        super(session);
        this.messageId = messageId;
    }

    static LetterMail of(Session session, InternetAddress from, InternetAddress to, Carrier.Mail mail)
            throws MessagingException {
        String address = from.getAddress();
        LetterMail message =
                new LetterMail(session, "<" + mail.key() + address.substring(address.lastIndexOf('@')) + ">");
        Writing.Text text = mail.text();
        message.setFrom(from);
        message.setRecipient(Message.RecipientType.TO, to);
        message.setSubject(oneLine(text.subject()), UTF_8);
        message.setSentDate(new Date());
        message.setContentLanguage(new String[] {text.language()});
        // RFC 3834: machines shall not answer machines.
        message.setHeader("Auto-Submitted", "auto-generated");
        MimeBodyPart plain = new MimeBodyPart();
        plain.setText(text.body(), UTF_8);
        MimeBodyPart page = new MimeBodyPart();
        page.setText(page(text), UTF_8, "html");
        message.setContent(new MimeMultipart("alternative", plain, page));
        message.saveChanges();
        return message;
    }

    @Override
    protected void updateMessageID() throws MessagingException {
        setHeader("Message-ID", messageId);
    }

    private static String oneLine(String subject) {
        return subject.replaceAll("[\\p{Cntrl}\u2028\u2029]+", " ").strip();
    }

    private static String page(Writing.Text text) {
        return "<!DOCTYPE html><html lang=\"" + HtmlUtils.htmlEscape(text.language())
                + "\"><head><meta charset=\"utf-8\"></head><body>"
                + Arrays.stream(text.body().split("\\R{2,}"))
                        .map(paragraph -> "<p dir=\"auto\">"
                                + HtmlUtils.htmlEscape(paragraph.strip(), UTF_8).replaceAll("\\R", "<br>") + "</p>")
                        .collect(Collectors.joining())
                + "</body></html>";
    }
}
