package org.jabr.rules.drools;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jabr.rules.AnswerField;
import org.jabr.rules.CatalogueEntry;
import org.jabr.rules.CurrencyTerms;
import org.jabr.rules.ReleaseTerms;
import org.jabr.rules.Remedy;

/** The tables of a release as written, and what is read from them once: currencies, types, remedies, answers. */
final class ReleaseTables {

    static final String CURRENCY = "currency";
    static final String FAILURE_TYPES = "failure-types";
    static final String COMPLAINT_MAPPING = "complaint-mapping";
    static final String REMEDIES = "remedies";
    static final String AUTHORITY = "authority";
    static final String MOMENT_SETTINGS = "moment-settings";
    static final String ANSWERS = "answers.";

    private final List<DmnFile> files;
    private final Map<String, DmnFile> fileOfTable = new LinkedHashMap<>();
    private final Map<String, DmnFile> moments = new LinkedHashMap<>();
    private final Map<String, Derived> derived = new LinkedHashMap<>();
    private final ReleaseTerms terms;

    /**
     * A fact that a table derives from others.
     *
     * @param output the output of the table; empty for an expression
     */
    record Derived(DmnFile file, DmnFile.Decision decision, String output) {}

    /** A setting that a moment answers with a derived fact. */
    record MomentSetting(String row, String setting, String value) {}

    ReleaseTables(List<DmnFile> files) {
        this.files = List.copyOf(files);
        for (DmnFile file : files) {
            file.decisions().forEach(decision -> fileOfTable.put(decision.id(), file));
            if (file.isMoment()) {
                moments.put(file.stem(), file);
            } else {
                for (DmnFile.Decision answer : file.answers()) {
                    if (answer.isTable()) {
                        answer.outputs()
                                .forEach(
                                        output -> derived.put(output.name(), new Derived(file, answer, output.name())));
                    } else {
                        derived.put(answer.name(), new Derived(file, answer, ""));
                    }
                }
            }
        }
        this.terms = new ReleaseTerms(currencies(), failureTypes(), catalogue(), moments.keySet(), answers());
    }

    List<DmnFile> files() {
        return files;
    }

    Map<String, DmnFile> moments() {
        return moments;
    }

    Map<String, Derived> derived() {
        return derived;
    }

    ReleaseTerms terms() {
        return terms;
    }

    Optional<DmnFile.Decision> table(String id) {
        DmnFile file = fileOfTable.get(id);
        return file == null ? Optional.empty() : file.decision(id);
    }

    Optional<DmnFile> fileOf(String table) {
        return Optional.ofNullable(fileOfTable.get(table));
    }

    List<MomentSetting> settingsOf(String moment) {
        List<MomentSetting> settings = new ArrayList<>();
        table(MOMENT_SETTINGS).ifPresent(table -> {
            for (DmnFile.Row row : table.rows()) {
                if (Literals.texts(row.inputs().get(0)).contains(moment)) {
                    settings.add(new MomentSetting(row.id(), text(table, row, "setting"), text(table, row, "value")));
                }
            }
        });
        return settings;
    }

    /** The id of the row of a table whose first input names that value. */
    Optional<String> rowNaming(String table, String value) {
        return table(table).flatMap(found -> found.rows().stream()
                .filter(row -> Literals.texts(row.inputs().get(0)).contains(value))
                .map(DmnFile.Row::id)
                .findFirst());
    }

    private Map<String, CurrencyTerms> currencies() {
        Map<String, CurrencyTerms> currencies = new LinkedHashMap<>();
        table(CURRENCY).ifPresent(table -> {
            for (DmnFile.Row row : table.rows()) {
                for (String code : Literals.texts(row.inputs().get(0))) {
                    currencies.put(
                            code,
                            new CurrencyTerms(
                                    code,
                                    number(table, row, "factor"),
                                    number(table, row, "digits").intValue()));
                }
            }
        });
        return currencies;
    }

    private Set<String> failureTypes() {
        Set<String> types = new LinkedHashSet<>();
        table(FAILURE_TYPES).ifPresent(table -> table.rows()
                .forEach(row -> types.addAll(Literals.texts(row.inputs().get(0)))));
        return types;
    }

    private List<CatalogueEntry> catalogue() {
        List<CatalogueEntry> catalogue = new ArrayList<>();
        table(REMEDIES).ifPresent(table -> {
            for (DmnFile.Row row : table.rows()) {
                for (String remedy : Literals.texts(row.inputs().get(0))) {
                    catalogue.add(new CatalogueEntry(
                            new Remedy(
                                    remedy,
                                    Remedy.RemedyClass.valueOf(text(table, row, "class")),
                                    text(table, row, "gateway")),
                            CatalogueEntry.Value.valueOf(text(table, row, "valued")),
                            flag(table, row, "choosable"),
                            flag(table, row, "counted")));
                }
            }
        });
        return catalogue;
    }

    private Map<String, AnswerField> answers() {
        Map<String, AnswerField> answers = new LinkedHashMap<>();
        for (DmnFile file : files) {
            for (DmnFile.Decision decision : file.decisions()) {
                for (DmnFile.Column input : decision.inputs()) {
                    if (input.name().startsWith(ANSWERS)) {
                        AnswerField field = answer(input);
                        answers.put(field.name(), field);
                    }
                }
            }
        }
        return answers;
    }

    private static AnswerField answer(DmnFile.Column input) {
        String values = input.values();
        BigDecimal least = null;
        BigDecimal most = null;
        java.util.regex.Matcher range = java.util.regex.Pattern.compile("\\[(-?[0-9.]+)\\.\\.(-?[0-9.]+)]")
                .matcher(values);
        if (range.matches()) {
            least = new BigDecimal(range.group(1));
            most = new BigDecimal(range.group(2));
        }
        return new AnswerField(
                input.name().substring(ANSWERS.length()), input.type(), Literals.texts(values), least, most);
    }

    static String text(DmnFile.Decision table, DmnFile.Row row, String output) {
        return String.valueOf(value(table, row, output));
    }

    private static BigDecimal number(DmnFile.Decision table, DmnFile.Row row, String output) {
        return value(table, row, output) instanceof BigDecimal number ? number : BigDecimal.ZERO;
    }

    private static boolean flag(DmnFile.Decision table, DmnFile.Row row, String output) {
        return Boolean.TRUE.equals(value(table, row, output));
    }

    private static Object value(DmnFile.Decision table, DmnFile.Row row, String output) {
        int place = table.output(output);
        return place < 0 || place >= row.outputs().size()
                ? ""
                : Literals.value(row.outputs().get(place)).orElse("");
    }
}
