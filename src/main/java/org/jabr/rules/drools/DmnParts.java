package org.jabr.rules.drools;

import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import javax.xml.XMLConstants;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * The parts that a DMN file may have. Functions, imports and other boxed expressions can run anything; a release has
 * tables and short expressions.
 */
final class DmnParts {

    private static final int DEEPEST = 20;
    private static final int MOST = 60_000;
    private static final String DRAWING = "https://www.omg.org/spec/DMN/20191111/DMNDI/";
    private static final String FAMILY = "omg.org/spec/";
    private static final Set<String> PARTS = Set.of(
            "inputData",
            "variable",
            "decision",
            "informationRequirement",
            "authorityRequirement",
            "requiredInput",
            "requiredDecision",
            "requiredAuthority",
            "decisionTable",
            "input",
            "inputExpression",
            "inputValues",
            "output",
            "outputValues",
            "annotation",
            "annotationEntry",
            "rule",
            "inputEntry",
            "outputEntry",
            "literalExpression",
            "text",
            "description",
            "question",
            "allowedAnswers",
            "knowledgeSource",
            "textAnnotation",
            "association",
            "sourceRef",
            "targetRef",
            "extensionElements");
    private static final Set<String> LANGUAGES = Set.of(
            "",
            "feel",
            "https://www.omg.org/spec/DMN/20191111/FEEL/",
            "http://www.omg.org/spec/DMN/20180521/FEEL/",
            "http://www.omg.org/spec/FEEL/20140401");

    private int elements;

    private DmnParts() {}

    /** @throws NotAllowed for the first part that does not belong into a release */
    static void check(Document document) throws NotAllowed {
        String encoding = document.getXmlEncoding();
        if ((encoding != null && !encoding.equalsIgnoreCase("UTF-8"))
                || !Objects.requireNonNullElse(document.getXmlVersion(), "1.0").equals("1.0")) {
            // the engine reads bytes and would trust the declaration; this reader has the text
            throw new NotAllowed(
                    "RULE-023", "", Objects.requireNonNullElse(document.getXmlVersion(), "") + " " + encoding);
        }
        Element definitions = document.getDocumentElement();
        if (!DmnReader.DMN_1_3.equals(definitions.getNamespaceURI())
                || !"definitions".equals(definitions.getLocalName())) {
            throw new NotAllowed("RULE-002", "", definitions.getNodeName());
        }
        DmnParts parts = new DmnParts();
        parts.attributes(definitions, "");
        parts.children(definitions, "", 1);
    }

    private void children(Element parent, String place, int depth) throws NotAllowed {
        if (depth > DEEPEST) {
            throw new NotAllowed("RULE-027", place, "<" + parent.getLocalName() + ">", DEEPEST);
        }
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node.getNodeType() == Node.PROCESSING_INSTRUCTION_NODE) {
                throw new NotAllowed("RULE-002", place, "<?" + node.getNodeName());
            }
            if (node instanceof Element element) {
                if (++elements > MOST) {
                    throw new NotAllowed("RULE-027", "", elements, MOST);
                }
                part(element, parent, element.hasAttribute("id") ? element.getAttribute("id") : place, depth);
            }
        }
    }

    private void part(Element element, Element parent, String place, int depth) throws NotAllowed {
        String namespace = Objects.requireNonNullElse(element.getNamespaceURI(), "");
        String name = element.getLocalName();
        if (namespace.equals(DmnReader.DMN_1_3)) {
            if (!PARTS.contains(name) || name.equals("extensionElements") && element.getFirstChild() != null) {
                throw new NotAllowed("RULE-002", place, name);
            }
            attributes(element, place);
            children(element, place, depth + 1);
        } else if (!(namespace.equals(DRAWING)
                && parent.getLocalName().equals("definitions")
                && name.equals("DMNDI"))) {
            throw new NotAllowed("RULE-002", place, element.getNodeName());
        } else {
            drawing(element, depth + 1);
        }
    }

    /** Shapes and lines mean nothing to the engine, as long as they are nothing else. */
    private void drawing(Element parent, int depth) throws NotAllowed {
        if (depth > DEEPEST) {
            throw new NotAllowed("RULE-027", "", "<" + parent.getLocalName() + ">", DEEPEST);
        }
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                String namespace = Objects.requireNonNullElse(element.getNamespaceURI(), "");
                if (++elements > MOST) {
                    throw new NotAllowed("RULE-027", "", elements, MOST);
                }
                if (namespace.endsWith("/MODEL/") || namespace.isEmpty() && PARTS.contains(element.getLocalName())) {
                    throw new NotAllowed("RULE-002", "", element.getNodeName());
                }
                drawing(element, depth + 1);
            }
        }
    }

    private static void attributes(Element element, String place) throws NotAllowed {
        for (int i = 0; i < element.getAttributes().getLength(); i++) {
            Attr attribute = (Attr) element.getAttributes().item(i);
            String namespace = Objects.requireNonNullElse(attribute.getNamespaceURI(), "");
            String name = attribute.getLocalName();
            String value = attribute.getValue();
            if (namespace.contains(FAMILY)) {
                throw new NotAllowed("RULE-002", place, attribute.getName());
            }
            if (namespace.equals(XMLConstants.W3C_XML_SCHEMA_INSTANCE_NS_URI)) {
                throw new NotAllowed("RULE-024", place, value);
            }
            if (!namespace.isEmpty()) {
                continue;
            }
            if ((name.equals("expressionLanguage") || name.equals("typeLanguage"))
                    && !LANGUAGES.contains(value)
                    && !value.toLowerCase(Locale.ROOT).equals("feel")) {
                throw new NotAllowed("RULE-028", place, value);
            }
            if (name.equals("href") && !value.startsWith("#")) {
                throw new NotAllowed("RULE-024", place, value);
            }
            if (name.equals("typeRef") && !value.matches("[A-Za-z ]{1,40}")) {
                throw new NotAllowed("RULE-002", place, "typeRef " + value);
            }
        }
    }
}
