package org.jabr.finance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jabr.releases.Check;
import org.junit.jupiter.api.Test;

/** What analysts may write into the files about settlements and accounts. */
@SuppressWarnings("NullAway") // looking at files needs no releases
class FinanceFilesTests {

    private static final String ACCOUNTS = "account,remedy,number,name\n";

    @Test
    void acceptsTheFilesOfTheDefaultRelease() throws Exception {
        assertThat(settlement(Files.readString(Path.of("rules/settlement.csv"))))
                .isEmpty();
        assertThat(accounts(Files.readString(Path.of("rules/finance-accounts.csv"))))
                .isEmpty();
    }

    @Test
    void saysWhichSettingCannotBe() throws Exception {
        String usual = Files.readString(Path.of("rules/settlement.csv"));
        assertThat(settlement("setting\nkinds\n")).containsExactly("SETTLEMENT-001 1");
        assertThat(settlement(usual + "colour,red\n")).containsExactly("SETTLEMENT-003 13");
        assertThat(settlement(usual + "queue,OTHER\n")).containsExactly("SETTLEMENT-003 13");
        assertThat(settlement(usual.replace("due-days,2\n", ""))).containsExactly("SETTLEMENT-004 ");
        for (String wrong : List.of(
                "kinds,WISHES",
                "kinds,",
                "since,2026-02-30",
                "placed-days,-1",
                "executed-days,P5D",
                "most-lines,0",
                "ceiling-units,1e9",
                "most-open,0",
                "queue,finance desk",
                "authority,AGENT")) {
            String setting = wrong.substring(0, wrong.indexOf(','));
            assertThat(settlement(usual.replaceFirst("(?m)^" + setting + ",.*$", wrong)))
                    .as(wrong)
                    .singleElement()
                    .asString()
                    .startsWith("SETTLEMENT-002");
        }
    }

    @Test
    void saysWhichAccountCannotBe() {
        assertThat(accounts("account,number\n")).containsExactly("ACCOUNTS-001 1");
        for (String line :
                List.of("BANK,,1000,Bank", "EXPENSE,refund,1000,Refunds", "EXPENSE,,,Refunds", "EXPENSE,,1000,=1+1")) {
            assertThat(accounts(ACCOUNTS + line + "\n")).as(line).containsExactly("ACCOUNTS-002 2");
        }
        String twice = "EXPENSE,REFUND,6810,Refunds\n";
        assertThat(accounts(ACCOUNTS + twice + twice)).containsExactly("ACCOUNTS-003 3");
    }

    private static List<String> settlement(String text) {
        return said(new SettlementRules(null), SettlementRules.SHEET.file(), text);
    }

    private static List<String> accounts(String text) {
        return said(new FinanceAccounts(null), FinanceAccounts.SHEET.file(), text);
    }

    private static List<String> said(Check check, String path, String text) {
        return check.check(new TreeMap<>(Map.of(path, text))).stream()
                .map(finding -> finding.code() + " " + finding.place())
                .toList();
    }
}
