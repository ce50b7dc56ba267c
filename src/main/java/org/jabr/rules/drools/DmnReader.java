package org.jabr.rules.drools;

import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.jabr.rules.FactField;
import org.jabr.rules.Vocabulary;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.ErrorHandler;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/** Reads a DMN file without trusting it: no document type, nothing fetched from elsewhere. */
final class DmnReader {

    static final String DMN_1_3 = "https://www.omg.org/spec/DMN/20191111/MODEL/";
    private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"");

    private DmnReader() {}

    /**
     * @throws SAXParseException when it is not XML or brings a document type along
     * @throws NotAllowed when it is no DMN 1.3, or has parts that no release may have
     */
    static DmnFile read(String path, String text) throws SAXException {
        Document document = parse(text);
        DmnParts.check(document);
        Element definitions = document.getDocumentElement();
        Map<String, String> inputs = new LinkedHashMap<>();
        Map<String, String> nameOfInput = new LinkedHashMap<>();
        for (Element input : children(definitions, "inputData")) {
            Element variable = child(input, "variable");
            inputs.put(input.getAttribute("name"), variable == null ? "" : variable.getAttribute("typeRef"));
            nameOfInput.put(input.getAttribute("id"), input.getAttribute("name"));
        }
        boolean changed = false;
        List<DmnFile.Decision> decisions = new ArrayList<>();
        for (Element decision : children(definitions, "decision")) {
            changed |= lowerCase(decision);
            decisions.add(decision(decision, nameOfInput));
        }
        return new DmnFile(
                path,
                definitions.getAttribute("namespace"),
                definitions.getAttribute("name"),
                inputs,
                List.copyOf(decisions),
                changed ? write(document) : text);
    }

    private static Document parse(String text) throws SAXException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setNamespaceAware(true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setXIncludeAware(false);
            factory.setExpandEntityReferences(false);
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new Strict());
            return builder.parse(new InputSource(new StringReader(text)));
        } catch (ParserConfigurationException | java.io.IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String write(Document document) {
        try {
            StringWriter writer = new StringWriter();
            TransformerFactory.newDefaultInstance()
                    .newTransformer()
                    .transform(new DOMSource(document), new StreamResult(writer));
            return writer.toString();
        } catch (TransformerException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Texts as reported are compared without case: their columns are, like the facts, in lower case. */
    private static boolean lowerCase(Element decision) {
        Element table = child(decision, "decisionTable");
        if (table == null) {
            return false;
        }
        boolean changed = false;
        List<Element> inputs = children(table, "input");
        for (int i = 0; i < inputs.size(); i++) {
            FactField field = Vocabulary.field(text(child(inputs.get(i), "inputExpression")));
            if (field == null || field.type() != FactField.Type.TEXT) {
                continue;
            }
            for (Element rule : children(table, "rule")) {
                List<Element> cells = children(rule, "inputEntry");
                Element text = i < cells.size() ? child(cells.get(i), "text") : null;
                if (text != null) {
                    text.setTextContent(QUOTED.matcher(text.getTextContent())
                            .replaceAll(match -> java.util.regex.Matcher.quoteReplacement(
                                    match.group().toLowerCase(Locale.ROOT))));
                    changed = true;
                }
            }
        }
        return changed;
    }

    private static DmnFile.Decision decision(Element decision, Map<String, String> nameOfInput) {
        List<String> needs = new ArrayList<>();
        List<String> reads = new ArrayList<>();
        for (Element requirement : children(decision, "informationRequirement")) {
            Element needed = child(requirement, "requiredDecision");
            if (needed != null) {
                needs.add(reference(needed));
            }
            Element read = child(requirement, "requiredInput");
            if (read != null) {
                reads.add(nameOfInput.getOrDefault(reference(read), reference(read)));
            }
        }
        Element table = child(decision, "decisionTable");
        String expression = table == null ? text(child(decision, "literalExpression")) : null;
        List<DmnFile.Column> inputs = new ArrayList<>();
        List<DmnFile.Column> outputs = new ArrayList<>();
        List<DmnFile.Row> rows = new ArrayList<>();
        if (table != null) {
            for (Element input : children(table, "input")) {
                Element cell = child(input, "inputExpression");
                inputs.add(new DmnFile.Column(
                        text(cell),
                        cell == null ? "" : cell.getAttribute("typeRef"),
                        input.getAttribute("label"),
                        text(child(input, "inputValues"))));
            }
            for (Element output : children(table, "output")) {
                outputs.add(new DmnFile.Column(
                        output.getAttribute("name"),
                        output.getAttribute("typeRef"),
                        output.getAttribute("label"),
                        text(child(output, "outputValues"))));
            }
            for (Element rule : children(table, "rule")) {
                Element description = child(rule, "description");
                rows.add(new DmnFile.Row(
                        rule.getAttribute("id"),
                        children(rule, "inputEntry").stream()
                                .map(DmnReader::text)
                                .toList(),
                        children(rule, "outputEntry").stream()
                                .map(DmnReader::text)
                                .toList(),
                        description == null ? "" : description.getTextContent().trim()));
            }
        }
        Element variable = child(decision, "variable");
        String hitPolicy = table == null ? "" : table.getAttribute("hitPolicy");
        return new DmnFile.Decision(
                decision.getAttribute("id"),
                decision.getAttribute("name"),
                variable == null ? "" : variable.getAttribute("name"),
                decision.getAttribute("label"),
                table != null && hitPolicy.isEmpty() ? "UNIQUE" : hitPolicy,
                table != null && table.hasAttribute("aggregation") ? table.getAttribute("aggregation") : null,
                List.copyOf(inputs),
                List.copyOf(outputs),
                List.copyOf(rows),
                List.copyOf(needs),
                List.copyOf(reads),
                expression);
    }

    private static String reference(Element element) {
        String href = element.getAttribute("href");
        return href.substring(href.indexOf('#') + 1);
    }

    private static String text(@Nullable Element holder) {
        Element text = holder == null ? null : child(holder, "text");
        return text == null ? "" : text.getTextContent().trim();
    }

    private static @Nullable Element child(Element parent, String name) {
        List<Element> children = children(parent, name);
        return children.isEmpty() ? null : children.get(0);
    }

    private static List<Element> children(Element parent, String name) {
        List<Element> children = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && name.equals(element.getLocalName())) {
                children.add(element);
            }
        }
        return children;
    }

    /** Every complaint of the parser ends the reading; nothing is printed. */
    private static final class Strict implements ErrorHandler {
        @Override
        public void warning(SAXParseException exception) {}

        @Override
        public void error(SAXParseException exception) throws SAXException {
            throw exception;
        }

        @Override
        public void fatalError(SAXParseException exception) throws SAXException {
            throw exception;
        }
    }
}
