package org.jabr.intake;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jabr.rules.Money;
import org.jspecify.annotations.Nullable;

/**
 * Turns one record of a file into the fields of a line, each in one way of writing: days as ISO 8601 and amounts plain,
 * both as text; yes and no, and numbers, as such. What is empty is absent.
 */
final class LineReader {

    static final String DESCRIPTION = "description";
    static final String CURRENCY = "currency";

    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,15}(\\.[0-9]{1,9})?");
    private static final Pattern WHOLE = Pattern.compile("[0-9]{1,9}");
    private static final Pattern ZEROS_BEHIND = Pattern.compile("\\.?0+$");
    private static final List<String> YES = List.of("true", "yes", "y", "1");
    private static final List<String> NO = List.of("false", "no", "n", "0");
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
    private static final int FIRST_YEAR = 1900;
    private static final int LAST_YEAR = 2200;

    private final Mapping mapping;
    private final List<String> header;
    private final Predicate<String> currencies;

    LineReader(Mapping mapping, List<String> header, Predicate<String> currencies) {
        this.mapping = mapping;
        this.header = header;
        this.currencies = currencies;
    }

    /** What became of a record: its fields, or why it is rejected. */
    record Read(Map<String, Object> fields, @Nullable Rejection rejection) {

        static Read refused(String code, Object... values) {
            return new Read(Map.of(), Rejection.of(code, values));
        }
    }

    Read read(CsvRecord csv) {
        if (csv.rejection() != null) {
            return new Read(Map.of(), named(csv.rejection(), csv.column()));
        }
        if (csv.cells().size() != header.size()) {
            return Read.refused("IMPORT-020", csv.cells().size(), header.size());
        }
        try {
            Map<String, String> cells = cells(csv.cells());
            Map<String, Object> fields = new LinkedHashMap<>();
            // The currency first: amounts are read in it.
            if (mapping.fields().containsKey(CURRENCY)) {
                put(fields, CURRENCY, cells, "");
            }
            String currency = String.valueOf(fields.getOrDefault(CURRENCY, ""));
            for (String name : mapping.fields().keySet().stream().sorted().toList()) {
                if (!name.equals(CURRENCY)) {
                    put(fields, name, cells, currency);
                }
            }
            return new Read(fields, null);
        } catch (Refused refused) {
            return new Read(Map.of(), refused.why);
        }
    }

    private Rejection named(Rejection rejection, int column) {
        if (column < 0) {
            return rejection;
        }
        String name = column < header.size() ? header.get(column) : String.valueOf(column + 1);
        return rejection.code().equals("IMPORT-026")
                ? Rejection.of(rejection.code(), name, Limits.CELL_BYTES)
                : Rejection.of(rejection.code(), name);
    }

    /** The text of each field as it stands in the file, with the file's words replaced. */
    private Map<String, String> cells(List<String> record) {
        Map<String, String> cells = new LinkedHashMap<>();
        mapping.columns().forEach((column, field) -> {
            int at = header.indexOf(column);
            String cell = at < 0 ? "" : record.get(at);
            if (cell.indexOf('\0') >= 0) {
                throw new Refused("IMPORT-033", column);
            }
            if (cell.isBlank()) {
                if (mapping.mandatory().contains(column)) {
                    throw new Refused("IMPORT-028", column);
                }
            } else {
                String word = mapping.values().getOrDefault(field, Map.of()).getOrDefault(cell.strip(), cell);
                cells.merge(field, word, (above, below) -> above + "\n" + below);
            }
        });
        return cells;
    }

    private void put(Map<String, Object> fields, String name, Map<String, String> cells, String currency) {
        Field field = Objects.requireNonNull(mapping.fields().get(name));
        String text = mapping.constants().get(name);
        if (text == null) {
            text = cells.getOrDefault(name, mapping.defaults().get(name));
        }
        if (text == null) {
            if (field.required()) {
                throw new Refused("IMPORT-028", mapping.columnOf(name));
            }
            return;
        }
        if (text.length() > field.limit()) {
            throw new Refused("IMPORT-035", mapping.columnOf(name), field.limit());
        }
        fields.put(name, canonical(field, text, currency));
    }

    private Object canonical(Field field, String text, String currency) {
        String stripped = text.strip();
        String column = mapping.columnOf(field.name());
        return switch (field.type()) {
            case TEXT -> text;
            case CODE -> stripped;
            case LANGUAGE -> stripped.toLowerCase(Locale.ROOT).split("[-_]", 2)[0];
            case COUNTRY -> country(column, stripped);
            case CURRENCY -> currency(column, stripped);
            case DATE -> day(column, stripped).toString();
            case INSTANT -> instant(column, stripped).toString();
            case AMOUNT -> amount(column, stripped, currency, false);
            case SIGNED_AMOUNT -> amount(column, stripped, currency, true);
            case BOOLEAN -> yesOrNo(column, stripped);
            case WHOLE -> Long.valueOf(matching(WHOLE, stripped, "IMPORT-032", column));
            case NUMBER -> new BigDecimal(matching(NUMBER, stripped, "IMPORT-022", column));
        };
    }

    private static String country(String column, String text) {
        String code = text.toUpperCase(Locale.ROOT);
        if (!COUNTRIES.contains(code)) {
            throw new Refused("IMPORT-036", column);
        }
        return code;
    }

    private String currency(String column, String text) {
        if (!currencies.test(text)) {
            throw new Refused("IMPORT-025", column);
        }
        return text;
    }

    private String amount(String column, String text, String currency, boolean signed) {
        matching(NUMBER, text, "IMPORT-022", column);
        BigDecimal amount = new BigDecimal(text);
        if (amount.signum() < 0 && !signed) {
            throw new Refused("IMPORT-023", column);
        }
        int digits = Money.digits(currency);
        String significant =
                text.indexOf('.') < 0 ? text : ZEROS_BEHIND.matcher(text).replaceFirst("");
        if (new BigDecimal(significant).scale() > digits) {
            throw new Refused("IMPORT-024", column, currency, digits);
        }
        return new BigDecimal(significant).setScale(digits).toPlainString();
    }

    private LocalDate day(String column, String text) {
        try {
            LocalDate day = mapping.dates() == null ? LocalDate.parse(text) : LocalDate.parse(text, mapping.dates());
            if (day.getYear() >= FIRST_YEAR && day.getYear() < LAST_YEAR) {
                return day;
            }
        } catch (DateTimeException e) {
            // Told below, like a year that cannot be.
        }
        throw new Refused("IMPORT-021", column, mapping.datePattern());
    }

    private OffsetDateTime instant(String column, String text) {
        if (mapping.dates() == null && text.indexOf('T') > 0) {
            try {
                OffsetDateTime at = OffsetDateTime.parse(text);
                if (at.getYear() >= FIRST_YEAR && at.getYear() < LAST_YEAR) {
                    return at;
                }
            } catch (DateTimeException e) {
                // Told below.
            }
            throw new Refused("IMPORT-021", column, mapping.datePattern());
        }
        return day(column, text).atStartOfDay().atOffset(ZoneOffset.UTC);
    }

    private static Boolean yesOrNo(String column, String text) {
        String word = text.toLowerCase(Locale.ROOT);
        if (YES.contains(word)) {
            return true;
        }
        if (NO.contains(word)) {
            return false;
        }
        throw new Refused("IMPORT-031", column);
    }

    private static String matching(Pattern shape, String text, String code, String column) {
        if (!shape.matcher(text).matches()) {
            throw new Refused(code, column);
        }
        return text;
    }

    /** Ends the reading of one record; never leaves this class. */
    private static final class Refused extends RuntimeException {

        private final transient Rejection why;

        Refused(String code, Object... values) {
            super(code, null, false, false);
            this.why = Rejection.of(code, values);
        }
    }
}
