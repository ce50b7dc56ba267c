package org.jabr.treasury;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jabr.releases.Check;
import org.jabr.rules.Finding;
import org.junit.jupiter.api.Test;

/** What analysts may write into the files about budgets and rates. */
@SuppressWarnings("NullAway") // looking at files needs no releases
class BudgetFilesTests {

    private static final String BUDGETS =
            "budget,pot,who,remedy,counts,units,period,warn-percent,carry-percent,stops,asks,second-person-units\n";
    private static final String RATES = "from,to,rate,since,until\n";

    @Test
    void acceptsTheFilesOfTheDefaultRelease() throws Exception {
        assertThat(budgets(Files.readString(Path.of("rules/budgets.csv")))).isEmpty();
        assertThat(rates(Files.readString(Path.of("rules/rates.csv")))).isEmpty();
        assertThat(budgets(BUDGETS
                        + "gold,TEAM,DELIVERY,GIFT,GOODWILL,12.5,MONTH,10,50,RULES AGENT,MANAGER,100\n"
                        + "week,ALLOWANCE,amal,,GOODWILL RESTITUTION,,P7D,0,0,,SUPERVISOR,\n"))
                .isEmpty();
    }

    @Test
    void saysWhichLineAndColumnCannotBe() {
        assertThat(budgets("budget,pot\nteam,TEAM\n")).containsExactly("BUDGETS-001 1");
        assertThat(budgets(BUDGETS + "a,PURSE,,,GOODWILL,,,0,0,,MANAGER,\n")).containsExactly("BUDGETS-002 2");
        for (String line : List.of(
                "a,TEAM,,,NOTHING,,,0,0,,MANAGER,",
                "a,TEAM,,,GOODWILL,-1,,0,0,,MANAGER,",
                "a,TEAM,,,GOODWILL,,FORTNIGHT,0,0,,MANAGER,",
                "a,TEAM,,,GOODWILL,,P0D,0,0,,MANAGER,",
                "a,TEAM,,,GOODWILL,,,101,0,,MANAGER,",
                "a,TEAM,,,GOODWILL,,,0,,,MANAGER,",
                "a,TEAM,,,GOODWILL,,,0,0,NOBODY,MANAGER,",
                "a,TEAM,,,GOODWILL,,,0,0,,,")) {
            assertThat(budgets(BUDGETS + line + "\n")).as(line).containsExactly("BUDGETS-002 2");
        }
        String twice = "a,TEAM,,,GOODWILL,,,0,0,,MANAGER,\n";
        assertThat(budgets(BUDGETS + twice + twice)).containsExactly("BUDGETS-003 3");
    }

    @Test
    void refusesRatesThatCannotBe() {
        assertThat(rates("from,to\n")).containsExactly("RATES-001 1");
        for (String line : List.of(
                "USD,XXXX,3.75,2026-01-01,2026-12-31",
                "USD,SAR,0,2026-01-01,2026-12-31",
                "USD,SAR,-3,2026-01-01,2026-12-31",
                "USD,SAR,3.75,2026-02-30,2026-12-31")) {
            assertThat(rates(RATES + line + "\n")).as(line).containsExactly("RATES-002 2");
        }
        // A line serves both ways, so this says two things about one day.
        assertThat(rates(RATES + "USD,SAR,3.75,2026-01-01,2026-06-30\nSAR,USD,0.27,2026-06-30,2026-12-31\n"))
                .containsExactly("RATES-003 3");
        assertThat(rates(RATES + "USD,SAR,3.75,2026-01-01,2026-06-30\nUSD,SAR,3.76,2026-07-01,2026-12-31\n"))
                .isEmpty();
    }

    @Test
    void namesCalendarPeriodsAndTheirEnds() {
        OffsetDateTime newYear = OffsetDateTime.parse("2027-01-01T01:00:00+03:00");
        assertThat(Stream.of("WEEK", "MONTH", "QUARTER", "YEAR").map(kind -> Period.of(kind, newYear)))
                .extracting(Period::code, period -> period.before().code(), period -> period.end()
                        .toString())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("2026-W53", "2026-W52", "2027-01-04T00:00Z"),
                        org.assertj.core.groups.Tuple.tuple("2026-12", "2026-11", "2027-01-01T00:00Z"),
                        org.assertj.core.groups.Tuple.tuple("2026-Q4", "2026-Q3", "2027-01-01T00:00Z"),
                        org.assertj.core.groups.Tuple.tuple("2026", "2025", "2027-01-01T00:00Z"));
    }

    private static List<String> budgets(String text) {
        return said(new BudgetRules(null), BudgetRules.SHEET.file(), text);
    }

    private static List<String> rates(String text) {
        return said(new Rates(null), Rates.SHEET.file(), text);
    }

    private static List<String> said(Check check, String path, String text) {
        return check.check(new TreeMap<>(Map.of(path, text))).stream()
                .map(BudgetFilesTests::said)
                .toList();
    }

    private static String said(Finding finding) {
        return finding.code() + " " + finding.place();
    }
}
