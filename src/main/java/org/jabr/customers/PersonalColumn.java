package org.jabr.customers;

import java.util.List;

/**
 * A column with personal text, and whose it is.
 *
 * @param key column by which a row of the table is known
 * @param column named {@code *_text}
 * @param ofCustomer condition that holds for the rows about the customer {@code :customer}
 * @param ofCase condition that holds for the rows about the case {@code :case}; empty where a row is about no case
 */
public record PersonalColumn(String table, String key, String column, String ofCustomer, String ofCase) {

    /** Rows are known by {@code id}. */
    public PersonalColumn(String table, String column, String ofCustomer, String ofCase) {
        this(table, "id", column, ofCustomer, ofCase);
    }

    /** The customer's rows where each row is about a case. @param caseIds the column with the id of the case */
    public static PersonalColumn ofCases(String table, String column, String caseIds) {
        return new PersonalColumn(
                table,
                column,
                caseIds + " in (select id from recovery_case where customer_id = :customer)",
                caseIds + " = :case");
    }

    /** The same where a row names the case by its reference. */
    public static PersonalColumn ofReferences(String table, String column, String references) {
        return new PersonalColumn(
                table,
                column,
                references + " in (select reference from recovery_case where customer_id = :customer)",
                references + " = (select reference from recovery_case where id = :case)");
    }

    /** What a room knows of its own tables. */
    public interface Source {
        List<PersonalColumn> personalColumns();
    }
}
