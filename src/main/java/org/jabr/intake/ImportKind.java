package org.jabr.intake;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the lines of a file are, and the fields that a line of that kind has. */
enum ImportKind {
    PURCHASES(
            Field.optional("id", FieldType.CODE, 100),
            Field.required("customer", FieldType.CODE, Limits.CUSTOMER),
            Field.required("boughtOn", FieldType.DATE, 40),
            Field.required("amount", FieldType.AMOUNT, 40),
            Field.required("currency", FieldType.CURRENCY, 10),
            Field.optional("item", FieldType.TEXT, 200)),

    CUSTOMERS(
            Field.required("customer", FieldType.CODE, Limits.CUSTOMER),
            Field.optional("name", FieldType.TEXT, 200),
            Field.optional("email", FieldType.CODE, 320),
            Field.optional("phone", FieldType.CODE, 60),
            Field.optional("language", FieldType.LANGUAGE, 20),
            Field.optional("preferredChannel", FieldType.CODE, 40),
            Field.optional("vulnerable", FieldType.BOOLEAN, 10),
            Field.optional("loyaltyMember", FieldType.BOOLEAN, 10),
            Field.optional("neverComplains", FieldType.BOOLEAN, 10),
            Field.optional("country", FieldType.COUNTRY, 10)),

    COMPLAINTS(
            Field.optional("externalRef", FieldType.CODE, Limits.EXTERNAL_REF),
            Field.required("customer", FieldType.CODE, Limits.CUSTOMER),
            Field.required("channel", FieldType.CODE, 40),
            Field.required("category", FieldType.TEXT, Limits.SUBJECT),
            Field.required("subject", FieldType.TEXT, Limits.SUBJECT),
            Field.optional("description", FieldType.TEXT, Limits.DESCRIPTION),
            Field.optional("loss", FieldType.AMOUNT, 40),
            Field.required("currency", FieldType.CURRENCY, 10),
            Field.optional("occurredAt", FieldType.INSTANT, 40),
            Field.optional("reportedAt", FieldType.INSTANT, 40),
            Field.optional("language", FieldType.LANGUAGE, 20)),

    /** What a payment provider settled; by those who look after finance, apart from the other kinds. */
    SETTLEMENTS(
            Field.required("provider", FieldType.CODE, 60),
            Field.optional("id", FieldType.CODE, 80),
            Field.optional("key", FieldType.CODE, 80),
            Field.optional("reference", FieldType.CODE, 80),
            Field.optional("kind", FieldType.CODE, 20),
            Field.required("amount", FieldType.SIGNED_AMOUNT, 40),
            Field.required("currency", FieldType.CURRENCY, 10),
            Field.required("settledOn", FieldType.DATE, 40));

    private final List<Field> fields;

    ImportKind(Field... fields) {
        this.fields = List.of(fields);
    }

    /** The name under which callers and mappings know it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<ImportKind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }

    /** The fields of this kind itself; complaints also take facts by path. */
    Map<String, Field> fields() {
        return fields.stream().collect(Collectors.toMap(Field::name, Function.identity()));
    }
}
