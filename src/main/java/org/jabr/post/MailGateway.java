package org.jabr.post;

/** The way out of the house for e-mail. */
interface MailGateway {

    /** @param key names the letter; the same for every attempt, so that the other side can know it again */
    record Mail(String key, String to, Writing.Text text) {}

    /** What came of it. */
    enum Outcome {
        /** The mail server has taken it. */
        HANDED_OVER,
        /** It will never be taken. */
        REFUSED,
        /** Not now. */
        LATER,
        /** Nobody answers, for no letter. */
        UNREACHABLE
    }

    /** @param code what the house calls it; for HANDED_OVER of no meaning */
    record Answer(Outcome outcome, String code) {}

    Answer send(Mail mail);
}
