package org.jabr.remedies;

import org.jabr.customers.PersonalText;
import org.jspecify.annotations.Nullable;

/**
 * The other side that pays and delivers. Its answers are what was really read: whoever throws, hangs or talks nonsense has
 * answered {@link Outcome#UNKNOWN}, because what became of the call cannot be told.
 */
interface OutsideGateway {

    /** Asks for the effect; with the same key it happens once, however often it is asked for. */
    Answer send(Effect effect, String customerRef);

    /** Asks what became of it; changes nothing. */
    Answer status(String key);

    enum Outcome {
        DONE,
        PENDING,
        REFUSED,
        /** Only of {@link #status}: safe to send with the same key. */
        NEVER_SEEN,
        UNKNOWN
    }

    /**
     * @param code what happened in one word, such as {@code DONE}, {@code TIMEOUT} or {@code STATUS-500}
     * @param reference the other side's, where it is done
     * @param said the other side's own words about a refusal; they may hold anything
     */
    record Answer(
            Outcome outcome,
            String code,
            @Nullable String reference,
            @Nullable PersonalText said) {

        static Answer of(Outcome outcome) {
            return new Answer(outcome, outcome.name(), null, null);
        }

        static Answer done(String reference) {
            return new Answer(Outcome.DONE, "DONE", reference, null);
        }

        static Answer unknown(String code) {
            return new Answer(Outcome.UNKNOWN, code, null, null);
        }
    }
}
