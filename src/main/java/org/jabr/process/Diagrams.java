package org.jabr.process;

import java.io.StringReader;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jabr.releases.Releases;
import org.springframework.stereotype.Component;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * What a release's diagrams say about their elements: names in both languages (the element's own, and its extension
 * property {@code name-ar}) and the parameters that analysts set.
 */
@Component
public class Diagrams {

    public static final String BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL";
    public static final String CAMUNDA = "http://camunda.org/schema/1.0/bpmn";
    public static final String ARABIC_NAME = "name-ar";

    private static final int KEPT = 64;

    private final Releases releases;
    private final Map<String, Map<String, Map<String, String>>> parameters = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Map<String, Map<String, String>>> eldest) {
            return size() > KEPT;
        }
    };

    Diagrams(Releases releases) {
        this.releases = releases;
    }

    /** Path of a process inside a release. */
    public static String path(String process) {
        return "processes/" + process + ".bpmn";
    }

    /**
     * An element's words for readers of a language.
     *
     * @param name as drawn, in English; the answer where there is no other
     */
    public String label(String release, String element, String name, Locale language) {
        if (!language.getLanguage().equals("ar")) {
            return name;
        }
        return parameter(release, element, ARABIC_NAME).orElse(name);
    }

    /** A parameter of an element, as the analyst set it. */
    Optional<String> parameter(String release, String element, String name) {
        synchronized (parameters) {
            return Optional.ofNullable(parameters
                            .computeIfAbsent(release, this::parameters)
                            .getOrDefault(element, Map.of())
                            .get(name))
                    .filter(value -> !value.isBlank());
        }
    }

    private Map<String, Map<String, String>> parameters(String release) {
        Map<String, Map<String, String>> found = new HashMap<>();
        releases.files(release).forEach((path, text) -> {
            if (path.endsWith(".bpmn")) {
                try {
                    Document diagram = read(text);
                    NodeList elements = diagram.getElementsByTagNameNS(BPMN, "*");
                    for (int i = 0; i < elements.getLength(); i++) {
                        Element element = (Element) elements.item(i);
                        Map<String, String> literals = literals(element);
                        if (!literals.isEmpty()) {
                            found.put(element.getAttribute("id"), literals);
                        }
                    }
                } catch (SAXException e) {
                    // A diagram that cannot be read says nothing; the checks say so.
                }
            }
        });
        return found;
    }

    /** Reads a diagram; without document types, hence without entities from elsewhere. */
    public static Document read(String text) throws SAXException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            return builder.parse(new InputSource(new StringReader(text)));
        } catch (ParserConfigurationException | java.io.IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The literal extension properties of an element. */
    public static Map<String, String> literals(Element element) {
        Map<String, String> literals = new LinkedHashMap<>();
        for (Element extensions : children(element, BPMN, "extensionElements")) {
            for (Element properties : children(extensions, CAMUNDA, "properties")) {
                for (Element property : children(properties, CAMUNDA, "property")) {
                    literals.put(property.getAttribute("name"), property.getAttribute("value"));
                }
            }
        }
        return literals;
    }

    private static Iterable<Element> children(Element parent, String namespace, String name) {
        java.util.List<Element> found = new java.util.ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element
                    && namespace.equals(element.getNamespaceURI())
                    && name.equals(element.getLocalName())) {
                found.add(element);
            }
        }
        return found;
    }
}
