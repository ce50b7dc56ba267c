package org.jabr.review;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.jabr.releases.Check;
import org.jabr.releases.Releases;
import org.jabr.releases.RuleSheet;
import org.jabr.rules.Finding;
import org.jabr.rules.Problem;
import org.springframework.stereotype.Component;

/** How decisions are reviewed: plans, questions, causes and severities, each a small table of a release. */
@Component
public class ReviewRules implements Check {

    private static final RuleSheet PLANS = new RuleSheet(
            "rules/audit-plans.csv",
            "PLANS",
            List.of("plan", "confidence", "tolerable", "expected", "strata", "en", "ar"));
    private static final RuleSheet QUESTIONS =
            new RuleSheet("rules/audit-checklist.csv", "CHECKLIST", List.of("question", "moment", "en", "ar"));
    private static final RuleSheet SEVERITIES =
            new RuleSheet("rules/audit-severities.csv", "SEVERITIES", List.of("severity", "days", "en", "ar"));
    private static final RuleSheet CAUSES = new RuleSheet(
            "rules/audit-causes.csv",
            "CAUSES",
            List.of("cause", "department", "en", "ar", "department-en", "department-ar"));

    private static final String WORD = "[A-Za-z0-9][A-Za-z0-9_-]{0,59}";
    private static final String SENTENCE = "\\S[^\\p{Cntrl}]{0,199}";

    /** By what a sample may be laid out in strata. */
    public static final Set<String> STRATA = Set.of("moment", "release", "tier", "type", "channel", "language");

    private final Releases releases;

    ReviewRules(Releases releases) {
        this.releases = releases;
    }

    /** A text in both languages. */
    public record Words(String en, String ar) {

        public String in(Locale language) {
            return language.getLanguage().equals("ar") ? ar : en;
        }
    }

    /**
     * How sure a sample shall make.
     *
     * @param confidence in percent
     * @param tolerable share of errors, in percent
     * @param expected share of errors, in percent
     * @param strata by what it is laid out; empty for not at all
     */
    public record Plan(
            String name, BigDecimal confidence, BigDecimal tolerable, BigDecimal expected, String strata, Words words) {

        SampleSize size(int population) {
            return SampleSize.of(population, share(confidence), share(tolerable), share(expected));
        }

        static double share(BigDecimal percent) {
            return percent.movePointLeft(2).doubleValue();
        }
    }

    /** @param moment of which decisions it is asked; empty for all */
    public record Question(String name, String moment, Words words) {

        boolean isAskedOf(String moment) {
            return this.moment.isEmpty() || this.moment.equals(moment);
        }
    }

    /** @param days within which an observation is answered */
    public record Severity(String name, int days, Words words) {}

    /** @param department that looks into it */
    public record Cause(String name, String department, Words words, Words departmentWords) {}

    public List<Plan> plans(String release) {
        return PLANS.lines(releases, release).stream()
                .map(line -> new Plan(
                        line.text("plan"),
                        new BigDecimal(line.text("confidence")),
                        new BigDecimal(line.text("tolerable")),
                        new BigDecimal(line.text("expected")),
                        line.text("strata"),
                        words(line, "")))
                .toList();
    }

    /** What is asked of decisions of one moment. */
    public List<Question> questions(String release, String moment) {
        return QUESTIONS.lines(releases, release).stream()
                .map(line -> new Question(line.text("question"), line.text("moment"), words(line, "")))
                .filter(question -> question.isAskedOf(moment))
                .toList();
    }

    public List<Severity> severities(String release) {
        return SEVERITIES.lines(releases, release).stream()
                .map(line -> new Severity(line.text("severity"), line.whole("days"), words(line, "")))
                .toList();
    }

    public List<Cause> causes(String release) {
        return CAUSES.lines(releases, release).stream()
                .map(line -> new Cause(
                        line.text("cause"), line.text("department"), words(line, ""), words(line, "department-")))
                .toList();
    }

    /** @throws Problem {@code REVIEW-001} the release has no such plan */
    Plan plan(String release, String name) {
        return found(
                plans(release).stream().filter(plan -> plan.name().equals(name)).findFirst());
    }

    /** @throws Problem {@code REVIEW-001} the release has no such severity */
    Severity severity(String release, String name) {
        return found(severities(release).stream()
                .filter(severity -> severity.name().equals(name))
                .findFirst());
    }

    /** @throws Problem {@code REVIEW-001} the release has no such cause */
    Cause cause(String release, String name) {
        return found(causes(release).stream()
                .filter(cause -> cause.name().equals(name))
                .findFirst());
    }

    @Override
    public List<Finding> check(SortedMap<String, String> files) {
        List<Finding> findings = new ArrayList<>();
        findings.addAll(PLANS.check(files, ReviewRules::validPlan, line -> line.text("plan")));
        findings.addAll(QUESTIONS.check(
                files,
                (line, column, value) -> switch (column) {
                    case "question" -> value.matches(WORD);
                    case "moment" -> value.isEmpty() || value.matches(WORD);
                    default -> value.matches(SENTENCE);
                },
                line -> line.text("question")));
        findings.addAll(SEVERITIES.check(
                files,
                (line, column, value) -> switch (column) {
                    case "severity" -> value.matches(WORD);
                    case "days" -> value.matches("[1-9]\\d{0,2}");
                    default -> value.matches(SENTENCE);
                },
                line -> line.text("severity")));
        findings.addAll(CAUSES.check(
                files,
                (line, column, value) -> switch (column) {
                    case "cause", "department" -> value.matches(WORD);
                    default -> value.matches(SENTENCE);
                },
                line -> line.text("cause")));
        return findings;
    }

    private static boolean validPlan(RuleSheet.Line line, String column, String value) {
        return switch (column) {
            case "plan" -> value.matches(WORD);
            case "confidence" -> percent(value) && new BigDecimal(value).compareTo(BigDecimal.valueOf(50)) >= 0;
            case "tolerable" -> percent(value);
            // An expected share above the tolerable one could never be shown to be tolerable.
            case "expected" ->
                value.equals("0")
                        || percent(value)
                                && percent(line.text("tolerable"))
                                && new BigDecimal(value).compareTo(new BigDecimal(line.text("tolerable"))) < 0;
            case "strata" -> value.isEmpty() || STRATA.contains(value);
            default -> value.matches(SENTENCE);
        };
    }

    /** Above 0 and below 100. */
    private static boolean percent(String value) {
        return value.matches("\\d{1,2}(\\.\\d{1,2})?") && new BigDecimal(value).signum() > 0;
    }

    private static Words words(RuleSheet.Line line, String prefix) {
        return new Words(line.text(prefix + "en"), line.text(prefix + "ar"));
    }

    private static <T> T found(Optional<T> one) {
        return one.orElseThrow(() -> new Problem(Problem.Kind.INVALID, "REVIEW-001"));
    }
}
