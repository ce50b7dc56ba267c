package org.jabr.post;

import org.jabr.customers.Customer;
import org.jabr.customers.PersonalText;
import org.jspecify.annotations.Nullable;

/** A way out of the house for letters, by the channels that it leads to. */
interface Carrier {

    /**
     * @param key names the letter; the same for every attempt, so that the other side can know it again
     * @param to where it goes; null for channels that know customers by their reference
     */
    record Mail(String key, String channel, @Nullable PersonalText to, String customer, Writing.Text text) {}

    /** What came of it. */
    enum Outcome {
        /** The other side has taken it. */
        HANDED_OVER,
        /** It will never be taken. */
        REFUSED,
        /** Not now. */
        LATER,
        /** Nobody answers, for no letter: none uses up a try. */
        UNREACHABLE
    }

    /** @param code what the house calls it; for HANDED_OVER of no meaning */
    record Answer(Outcome outcome, String code) {

        /** The other side works, and asks for patience with this one letter. */
        static final String NOT_NOW = "NOT_NOW";

        /** Why the other side seems to be ill; null where it does not. */
        @Nullable
        String ill() {
            boolean works = outcome == Outcome.HANDED_OVER || outcome == Outcome.REFUSED || code.equals(NOT_NOW);
            return works ? null : code;
        }
    }

    boolean carries(String channel);

    /** Whether a letter to this customer can leave by the channel. */
    boolean knows(String channel, Customer customer);

    Answer send(Mail mail);
}
