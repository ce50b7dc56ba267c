package org.jabr.process;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A form as Camunda's form editor writes it, read in one language. */
final class FormFile {

    /** Parts that answer nothing. */
    static final List<String> SHOWN = List.of("text", "separator", "spacer", "group");

    /** Questions. */
    static final List<String> ASKED = List.of(
            "textfield", "textarea", "number", "checkbox", "radio", "select", "checklist", "taglist", "datetime");

    /** Columns of the form editor's grid, and of a page's. */
    private static final int GRID = 16;

    private static final int PAGE_GRID = 12;

    private static final Map<String, String> KNOWN_SHAPES =
            Map.of("email", "[A-Za-z0-9.!#$%'_`~\\-]+@[A-Za-z0-9.\\-]+", "phone", "\\+?[0-9 \\-()]{5,20}");

    private final boolean arabic;

    FormFile(Locale language) {
        this.arabic = language.getLanguage().equals("ar");
    }

    Form read(String name, JsonNode form) {
        return new Form(name, rows(form, ""));
    }

    private List<Form.Row> rows(JsonNode parent, String path) {
        List<Form.Row> rows = new ArrayList<>();
        List<Form.Cell> cells = new ArrayList<>();
        String current = "";
        for (JsonNode component : parent.path("components")) {
            String row = component.path("layout").path("row").asText();
            if (!cells.isEmpty() && (row.isEmpty() || !row.equals(current))) {
                rows.add(new Form.Row(cells));
                cells = new ArrayList<>();
            }
            current = row;
            cells.add(new Form.Cell(width(component), part(component, path)));
        }
        if (!cells.isEmpty()) {
            rows.add(new Form.Row(cells));
        }
        return rows.stream().map(FormFile::fitted).toList();
    }

    /** Parts without a width of their own share what is left of their row. */
    private static Form.Row fitted(Form.Row row) {
        int taken = row.cells().stream().mapToInt(Form.Cell::width).sum();
        long open = row.cells().stream().filter(cell -> cell.width() == 0).count();
        int share = open == 0 ? 0 : Math.max(1, (int) ((PAGE_GRID - taken) / open));
        return new Form.Row(row.cells().stream()
                .map(cell -> cell.width() == 0 ? new Form.Cell(share, cell.part()) : cell)
                .toList());
    }

    private static int width(JsonNode component) {
        int columns = component.path("layout").path("columns").asInt(0);
        return columns < 1 ? 0 : Math.max(1, Math.min(PAGE_GRID, Math.round(columns * PAGE_GRID / (float) GRID)));
    }

    private Form.Part part(JsonNode component, String path) {
        FormCondition hidden = hidden(component).orElse(null);
        JsonNode words = component.path("properties");
        return switch (component.path("type").asText()) {
            case "text" -> new Form.Words(paragraphs(words(component, words, "text")), hidden);
            case "separator" -> new Form.Line(hidden);
            case "spacer" -> new Form.Gap(hidden);
            case "group" ->
                new Form.Group(words(component, words, "label"), rows(component, path + prefix(component)), hidden);
            default -> field(component, path, hidden);
        };
    }

    static String prefix(JsonNode group) {
        String path = group.path("path").asText();
        return path.isEmpty() ? "" : path + ".";
    }

    static Optional<FormCondition> hidden(JsonNode component) {
        String text = component.path("conditional").path("hide").asText();
        return text.isBlank() ? Optional.empty() : FormCondition.read(text);
    }

    private Form.Field field(JsonNode component, String path, @Nullable FormCondition hidden) {
        JsonNode properties = component.path("properties");
        List<Form.Option> options = new ArrayList<>();
        for (JsonNode option : component.path("values")) {
            options.add(new Form.Option(value(option.path("value")), words(option, option, "label")));
        }
        return new Form.Field(
                path + component.path("key").asText(),
                kind(component),
                words(component, properties, labelled(component)),
                hint(component, properties),
                component.path("validate").path("required").asBoolean(false),
                limits(component),
                options,
                usual(component),
                hidden);
    }

    static Form.Limits limits(JsonNode component) {
        JsonNode validate = component.path("validate");
        return new Form.Limits(
                number(validate.path("min")),
                number(validate.path("max")),
                whole(component.path("decimalDigits")),
                whole(validate.path("minLength")),
                whole(validate.path("maxLength")),
                pattern(validate));
    }

    static @Nullable String pattern(JsonNode validate) {
        String known = KNOWN_SHAPES.get(validate.path("validationType").asText());
        String own = validate.path("pattern").asText();
        return known != null ? known : own.isEmpty() ? null : own;
    }

    static Form.Kind kind(JsonNode component) {
        String type = component.path("type").asText();
        return switch (type) {
            case "textfield" -> Form.Kind.TEXT;
            case "textarea" -> Form.Kind.LONG_TEXT;
            case "number" ->
                component.path("properties").path("kind").asText().equals("money") ? Form.Kind.MONEY : Form.Kind.NUMBER;
            case "select", "radio" -> Form.Kind.CHOICE;
            case "checklist", "taglist" -> Form.Kind.SEVERAL;
            case "checkbox" -> Form.Kind.YES_NO;
            case "datetime" ->
                switch (component.path("subtype").asText()) {
                    case "date" -> Form.Kind.DATE;
                    case "time" -> Form.Kind.TIME;
                    default -> Form.Kind.DATE_TIME;
                };
            default -> throw new IllegalArgumentException(type);
        };
    }

    /** Where the question stands: days and times have a label each. */
    static String labelled(JsonNode component) {
        if (component.path("type").asText().equals("datetime") && !component.has("label")) {
            return component.path("subtype").asText().equals("time") ? "timeLabel" : "dateLabel";
        }
        return "label";
    }

    /** Words stand in English, the Arabic ones beside them: {@code label} and {@code label-ar}. */
    private String words(JsonNode said, JsonNode translations, String property) {
        String english = said.path(property).asText();
        String key = property.equals("text") ? "text-ar" : "label-ar";
        return arabic ? translations.path(key).asText(english) : english;
    }

    private @Nullable String hint(JsonNode component, JsonNode properties) {
        String english = component.path("description").asText();
        String hint = arabic ? properties.path("description-ar").asText(english) : english;
        return hint.isEmpty() ? null : hint;
    }

    private static @Nullable String usual(JsonNode component) {
        JsonNode usual = component.path("defaultValue");
        if (usual.isArray()) {
            List<String> several = new ArrayList<>();
            usual.forEach(one -> several.add(one.asText()));
            return several.isEmpty() ? null : String.join(",", several);
        }
        return usual.isValueNode() && !usual.isNull() && !usual.asText().isEmpty() ? usual.asText() : null;
    }

    /** Plain paragraphs; headings and bullets of the editor's markup lose their marks. */
    private static List<String> paragraphs(String text) {
        return text.lines()
                .map(line ->
                        line.strip().replaceFirst("^(#{1,6}|[*\\-])\\s+", "").replaceAll("[*_`]{1,3}", ""))
                .filter(line -> !line.isBlank())
                .toList();
    }

    private static Object value(JsonNode value) {
        if (value.isBoolean()) {
            return value.booleanValue();
        }
        return value.isNumber() ? value.decimalValue() : value.asText();
    }

    private static @Nullable BigDecimal number(JsonNode value) {
        return value.isNumber() ? value.decimalValue() : null;
    }

    private static @Nullable Integer whole(JsonNode value) {
        return value.isNumber() ? (Integer) value.intValue() : null;
    }
}
