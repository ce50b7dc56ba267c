package org.jabr.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What analysts may write into the files about reviewing. */
@SuppressWarnings("NullAway") // looking at files needs no releases
class ReviewFilesTests {

    private static final String PLANS = "plan,confidence,tolerable,expected,strata,en,ar\n";
    private static final String QUESTIONS = "question,moment,en,ar\n";
    private static final String SEVERITIES = "severity,days,en,ar\n";
    private static final String CAUSES = "cause,department,en,ar,department-en,department-ar\n";

    @Test
    void acceptsTheFilesOfTheDefaultRelease() throws Exception {
        for (String file : List.of("plans", "checklist", "severities", "causes")) {
            assertThat(found(file, Files.readString(Path.of("rules/audit-" + file + ".csv"))))
                    .as(file)
                    .isEmpty();
        }
    }

    @Test
    void saysWhichPlanCannotBe() {
        assertThat(found("plans", "plan,confidence\nusual,95\n")).containsExactly("PLANS-001 1");
        assertThat(found("plans", PLANS + "usual,95,5,0,tier,Usual,معتادة\n")).isEmpty();
        for (String line : List.of(
                "a b,95,5,0,tier,Usual,معتادة",
                "usual,49,5,0,tier,Usual,معتادة",
                "usual,100,5,0,tier,Usual,معتادة",
                "usual,95,0,0,tier,Usual,معتادة",
                "usual,95,5,5,tier,Usual,معتادة",
                "usual,95,5,-1,tier,Usual,معتادة",
                "usual,95,5,0,customer,Usual,معتادة",
                "usual,95,5,0,tier,,معتادة",
                "usual,95,5,0,tier,Usual,")) {
            assertThat(found("plans", PLANS + line + "\n"))
                    .as(line)
                    .isNotEmpty()
                    .allMatch(one -> one.startsWith("PLANS-00"));
        }
        String twice = "usual,95,5,0,tier,Usual,معتادة\n";
        assertThat(found("plans", PLANS + twice + twice)).containsExactly("PLANS-003 3");
    }

    @Test
    void saysWhichQuestionSeverityOrCauseCannotBe() {
        assertThat(found("checklist", QUESTIONS + "right,resolve,Right?,صحيح؟\n"))
                .isEmpty();
        assertThat(found("checklist", QUESTIONS + "right,,Right?,صحيح؟\n")).isEmpty();
        assertThat(found("checklist", QUESTIONS + "right,a moment,Right?,صحيح؟\n"))
                .containsExactly("CHECKLIST-002 2");
        assertThat(found("severities", SEVERITIES + "minor,30,Minor,بسيطة\n")).isEmpty();
        for (String days : List.of("0", "-1", "1000", "soon", "1.5")) {
            assertThat(found("severities", SEVERITIES + "minor," + days + ",Minor,بسيطة\n"))
                    .as(days)
                    .containsExactly("SEVERITIES-002 2");
        }
        assertThat(found("causes", CAUSES + "late,OPERATIONS,Late,متأخر,Operations,العمليات\n"))
                .isEmpty();
        assertThat(found("causes", CAUSES + "late,THE DESK,Late,متأخر,Operations,العمليات\n"))
                .containsExactly("CAUSES-002 2");
    }

    private static List<String> found(String file, String text) {
        return new ReviewRules(null)
                .check(new TreeMap<>(Map.of("rules/audit-" + file + ".csv", text))).stream()
                        .map(finding -> finding.code() + " " + finding.place())
                        .toList();
    }
}
