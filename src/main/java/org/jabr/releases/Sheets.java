package org.jabr.releases;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jabr.rules.TableView;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Reads files as rows with values. What cannot be read so is empty, and then compared as text. */
final class Sheets {

    /** Where an element is drawn: a change of it alone is a move. */
    static final String PLACE = "place";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> NOISE = Set.of("incoming", "outgoing", "flowNodeRef");

    private Sheets() {}

    static Sheet table(TableView table) {
        Sheet sheet = Sheet.empty(table.id(), table.label(), table.hitPolicy());
        table.columns().forEach(column -> sheet.columns().put(key(sheet, column.name()), column.label()));
        List<String> columns = List.copyOf(sheet.columns().keySet());
        for (TableView.Row row : table.rows()) {
            Map<String, String> values = new LinkedHashMap<>();
            for (int i = 0; i < Math.min(columns.size(), row.cells().size()); i++) {
                values.put(columns.get(i), row.cells().get(i));
            }
            if (!row.why().isEmpty()) {
                values.put("because", row.why());
            }
            sheet.add(row.id(), "", values);
        }
        return sheet;
    }

    /** An input and an output may have the same name. */
    private static String key(Sheet sheet, String name) {
        String own = name;
        for (int i = 2; sheet.columns().containsKey(own); i++) {
            own = name + " (" + i + ")";
        }
        return own;
    }

    static Optional<Sheet> csv(String path, String text) {
        CSVFormat format = CSVFormat.DEFAULT.builder().setIgnoreEmptyLines(true).get();
        try (CSVParser parser = CSVParser.parse(text, format)) {
            List<CSVRecord> records = parser.getRecords();
            if (records.isEmpty()) {
                return Optional.empty();
            }
            CSVRecord head = records.get(0);
            Sheet sheet = Sheet.empty(path, "", "");
            for (CSVRecord record : records.subList(1, records.size())) {
                Map<String, String> values = new LinkedHashMap<>();
                for (int i = 1; i < record.size(); i++) {
                    values.put(i < head.size() ? head.get(i) : String.valueOf(i + 1), record.get(i));
                }
                sheet.add(record.get(0), "", values);
            }
            return Optional.of(sheet);
        } catch (IOException | IllegalStateException | java.io.UncheckedIOException unreadable) {
            return Optional.empty();
        }
    }

    static Optional<Sheet> form(String path, String text) {
        try {
            JsonNode form = JSON.readTree(text);
            if (!form.path("components").isArray()) {
                return Optional.empty();
            }
            Sheet sheet = Sheet.empty(path, "", "");
            fields(sheet, form.path("components"));
            return Optional.of(sheet);
        } catch (JsonProcessingException unreadable) {
            return Optional.empty();
        }
    }

    private static void fields(Sheet sheet, JsonNode components) {
        for (JsonNode field : components) {
            Map<String, String> values = new LinkedHashMap<>();
            flatten("", field, values);
            String id = field.path("key")
                    .asText(field.path("path").asText(field.path("id").asText("")));
            sheet.add(
                    id.isEmpty() ? field.path("type").asText("field") : id,
                    field.path("label").asText(""),
                    values);
            fields(sheet, field.path("components"));
        }
    }

    private static void flatten(String path, JsonNode node, Map<String, String> values) {
        if (node.isObject()) {
            node.properties().forEach(property -> {
                String name = property.getKey();
                if (!name.equals("components") && !name.equals("layout") && !(path.isEmpty() && name.equals("id"))) {
                    flatten(path.isEmpty() ? name : path + "." + name, property.getValue(), values);
                }
            });
        } else if (node.isArray()) {
            int at = 1;
            for (JsonNode one : node) {
                flatten(path + "[" + at++ + "]", one, values);
            }
        } else {
            values.put(path, node.asText());
        }
    }

    static Optional<Sheet> diagram(String path, String text) {
        try {
            Document document = parse(text);
            Sheet sheet = Sheet.empty(path, "", "");
            Map<String, String> places = new LinkedHashMap<>();
            places(document.getDocumentElement(), places);
            elements(document.getDocumentElement(), sheet, places);
            return sheet.rows().isEmpty() ? Optional.empty() : Optional.of(sheet);
        } catch (SAXException | IOException | ParserConfigurationException unreadable) {
            return Optional.empty();
        }
    }

    private static Document parse(String text) throws SAXException, IOException, ParserConfigurationException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
        factory.setNamespaceAware(true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setExpandEntityReferences(false);
        var builder = factory.newDocumentBuilder();
        builder.setErrorHandler(null);
        return builder.parse(new InputSource(new StringReader(text)));
    }

    private static void places(Element parent, Map<String, String> places) {
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                String drawn = element.getAttribute("bpmnElement");
                if (!drawn.isEmpty()) {
                    StringBuilder place = new StringBuilder();
                    points(element, place);
                    places.put(drawn, place.toString().strip());
                }
                places(element, places);
            }
        }
    }

    private static void points(Element shape, StringBuilder place) {
        for (Node node = shape.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element point
                    && (point.getLocalName().equals("Bounds")
                            || point.getLocalName().equals("waypoint"))) {
                place.append(number(point, "x")).append(',').append(number(point, "y"));
                if (point.hasAttribute("width")) {
                    place.append(' ').append(number(point, "width")).append('×').append(number(point, "height"));
                }
                place.append(' ');
            }
        }
    }

    private static String number(Element point, String name) {
        return point.getAttribute(name).replaceFirst("\\.0+$", "");
    }

    private static void elements(Element parent, Sheet sheet, Map<String, String> places) {
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && !element.getLocalName().startsWith("BPMN")) {
                String id = element.getAttribute("id");
                if (!id.isEmpty() && !element.getLocalName().endsWith("EventDefinition")) {
                    Map<String, String> values = new LinkedHashMap<>();
                    values.put("kind", element.getLocalName());
                    describe("", element, values);
                    Optional.ofNullable(places.get(id)).ifPresent(place -> values.put(PLACE, place));
                    sheet.add(id, element.getAttribute("name"), values);
                }
                elements(element, sheet, places);
            }
        }
    }

    /** Attributes, and what stands inside that is no element of its own. */
    private static void describe(String path, Element element, Map<String, String> values) {
        NamedNodeMap attributes = element.getAttributes();
        boolean property = element.getLocalName().equals("property");
        for (int i = 0; i < attributes.getLength(); i++) {
            Node attribute = attributes.item(i);
            String name = attribute.getLocalName() == null ? attribute.getNodeName() : attribute.getLocalName();
            if (!name.equals("id") && !attribute.getNodeName().startsWith("xmlns") && !property) {
                values.put(path + name, attribute.getNodeValue());
            }
        }
        if (property) {
            values.put(element.getAttribute("name"), element.getAttribute("value"));
        }
        for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child && !NOISE.contains(child.getLocalName())) {
                boolean own = !child.getAttribute("id").isEmpty()
                        && !child.getLocalName().endsWith("EventDefinition")
                        && !child.getLocalName().endsWith("Expression");
                if (own) {
                    continue;
                }
                boolean wrapper =
                        Set.of("extensionElements", "properties", "property").contains(child.getLocalName());
                describe(wrapper ? path : path + child.getLocalName() + ".", child, values);
                String said = text(child);
                if (!said.isEmpty()) {
                    values.put(path + child.getLocalName(), said);
                }
            }
        }
    }

    private static String text(Element element) {
        StringBuilder text = new StringBuilder();
        for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node.getNodeType() == Node.TEXT_NODE || node.getNodeType() == Node.CDATA_SECTION_NODE) {
                text.append(node.getNodeValue());
            }
        }
        return text.toString().strip();
    }
}
