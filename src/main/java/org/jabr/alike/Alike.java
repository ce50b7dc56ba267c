package org.jabr.alike;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.SortedMap;

/**
 * What there is to say about whether like cases were treated alike. Whatever it says is a reason to look, no proof.
 *
 * @param release whose policy it was looked at by
 * @param basis how the decisions were that were asked for
 * @param tests every comparison, those that found something first
 * @param rare how many values were too rare to be compared
 * @param patterns of people, those that stand out first
 * @param fourEyes where somebody agreed with themselves
 * @param late decisions and approvals of people outside the business's hours, the newest first
 * @param latePeople how many of them each person made, the most first
 * @param unknownHours how many could not be judged, because their release has no calendar
 */
public record Alike(
        String moment,
        LocalDate from,
        LocalDate to,
        String release,
        AlikePolicy policy,
        Basis basis,
        List<Comparison> tests,
        int rare,
        List<Twins> twins,
        List<Pattern> patterns,
        List<FourEyes> fourEyes,
        List<Late> late,
        List<LatePerson> latePeople,
        int unknownHours) {

    /** What was compared by a test. */
    public enum Outcome {
        /** Whether anything was given that costs money. */
        GRANTED,
        /** How much was given. */
        AMOUNT
    }

    /**
     * @param decisions how many are compared: the newest one of each case
     * @param earlier how many were left out because the same case was decided again later
     * @param erased how many were left out because their facts were erased
     * @param unreadable how many were left out because what is stored cannot be read
     * @param cut whether there were more, of which the oldest were left out
     * @param strata into how many groups the permitted reasons divide them
     */
    public record Basis(int decisions, int earlier, int erased, int unreadable, boolean cut, int strata) {}

    /**
     * A value of what must not make a difference against all the others.
     *
     * @param suspect its name
     * @param with how many with the value could be compared
     * @param without with how many others
     * @param silent how many more decisions lie where only one of both groups occurs, which says nothing
     * @param shareWith percent granted; for amounts the mean in policy units; before anything is explained
     * @param difference what permitted reasons do not explain: percentage points, or policy units
     * @param p before the correction for many tests
     * @param corrected after it
     * @param finding whether it stays after the correction, and is large enough to matter
     */
    public record Comparison(
            String suspect,
            String value,
            Outcome outcome,
            long with,
            long without,
            int strata,
            long silent,
            double shareWith,
            double shareWithout,
            double difference,
            double low,
            double high,
            double p,
            double corrected,
            boolean finding) {}

    /**
     * Two decisions with the same permitted reasons that came out otherwise.
     *
     * @param difference in policy units
     * @param exact whether their permitted reasons are the same to the value, not only in bands
     * @param sameRelease whether both were decided by one release
     * @param facts in which they differ
     */
    public record Twins(
            Twin less, Twin more, BigDecimal difference, boolean exact, boolean sameRelease, List<FactPair> facts) {}

    /** @param given by remedy, in policy units */
    public record Twin(
            long decision,
            String caseReference,
            String release,
            OffsetDateTime at,
            String by,
            SortedMap<String, BigDecimal> given) {}

    /** @param permitted whether it lies in the same band of a permitted reason */
    public record FactPair(String name, Object less, Object more, boolean permitted) {}

    /** What is counted of a person. */
    public enum Doing {
        /** Cases in which they chose otherwise than the rules, of those whose work they did. */
        OVERRIDES,
        /** Decisions that used up what they might still give, of those that had such a limit. */
        TOP_OF_AUTHORITY,
        /** Approvals within a very short time, of those that they gave. */
        QUICK_APPROVALS,
        /** Refusals, of what they were asked to approve. */
        REFUSALS
    }

    /**
     * A share of one person's doings against all others'.
     *
     * @param low of the exact interval of their share, in percent
     * @param finding whether it stays after the correction, and is far enough from the others to be unusual
     */
    public record Pattern(
            String login,
            Doing doing,
            int some,
            int of,
            int othersSome,
            int othersOf,
            double low,
            double high,
            double p,
            double corrected,
            boolean finding) {

        public double percent() {
            return 100.0 * some / of;
        }

        public double othersPercent() {
            return 100.0 * othersSome / othersOf;
        }
    }

    /**
     * Somebody agreed with themselves.
     *
     * @param what was agreed: APPROVAL, UNDO, CHOICE, WORK, RELEASE, BUDGET, OBSERVATION, SAMPLE or FINDING
     * @param subject what it is about: key, number or id
     * @param caseReference empty where it is about no case
     */
    public record FourEyes(String what, String subject, String caseReference, String login, OffsetDateTime at) {}

    /**
     * Something that somebody did outside the hours.
     *
     * @param what DECISION or APPROVAL
     * @param subject the decision's id, or the effect's key
     */
    public record Late(String what, String subject, String caseReference, String login, OffsetDateTime at) {}

    public record LatePerson(String login, int late, int of) {}
}
