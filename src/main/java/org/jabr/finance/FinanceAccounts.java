package org.jabr.finance;

import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import org.jabr.releases.Check;
import org.jabr.releases.Releases;
import org.jabr.releases.RuleSheet;
import org.jabr.rules.Finding;
import org.jabr.treasury.AccountKind;
import org.springframework.stereotype.Component;

/**
 * How the company's accounting names the accounts of the books: {@code rules/finance-accounts.csv} of the live release.
 * Where it names none, the account has its name in the ledger.
 */
@Component
class FinanceAccounts implements Check {

    static final RuleSheet SHEET =
            new RuleSheet("rules/finance-accounts.csv", "ACCOUNTS", List.of("account", "remedy", "number", "name"));

    private static final Set<String> ACCOUNTS = Set.of("EXPENSE", "LIABILITY", "PAID_OUT", "REVERSED");

    private final Releases releases;

    FinanceAccounts(Releases releases) {
        this.releases = releases;
    }

    /** @param remedy empty for all that have no line of their own */
    private record Row(String account, String remedy, String number, String name) {}

    /** An account as the company's accounting knows it. */
    record Name(String number, String name) {}

    /** The names as they are now. */
    Names names() {
        return new Names(SHEET.live(releases)
                .map(lines -> lines.stream()
                        .map(line -> new Row(
                                line.text("account"), line.text("remedy"), line.text("number"), line.text("name")))
                        .toList())
                .orElse(List.of()));
    }

    static final class Names {

        private final List<Row> rows;

        private Names(List<Row> rows) {
            this.rows = rows;
        }

        /** @param code of the ledger, such as {@code expense/REFUND/USD} */
        Name of(AccountKind kind, String code) {
            String[] parts = code.split("/");
            String remedy = parts.length == 3 ? parts[1] : "";
            return rows.stream()
                    .filter(row -> row.account().equals(kind.name()))
                    .filter(row -> row.remedy().equals(remedy) || row.remedy().isEmpty())
                    // The line of the remedy goes before the line for all.
                    .min((one, other) -> Boolean.compare(
                            one.remedy().isEmpty(), other.remedy().isEmpty()))
                    .map(row -> new Name(row.number(), row.name()))
                    .orElseGet(() -> new Name(code, code));
        }
    }

    @Override
    public List<Finding> check(SortedMap<String, String> files) {
        return SHEET.check(files, (line, column, value) -> valid(column, value), line -> (line.text("account") + " "
                        + line.text("remedy"))
                .strip());
    }

    private static boolean valid(String column, String value) {
        return switch (column) {
            case "account" -> ACCOUNTS.contains(value);
            case "remedy" -> value.matches("([A-Z][A-Z0-9_]{0,39})?");
            case "number" -> value.matches("[A-Za-z0-9][A-Za-z0-9._/-]{0,19}");
            default -> value.matches("\\p{L}[^\\p{Cntrl}]{0,99}");
        };
    }
}
