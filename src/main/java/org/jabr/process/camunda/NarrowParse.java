package org.jabr.process.camunda;

import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParse;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParser;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.jabr.process.Diagrams;

/**
 * Reads diagrams of known words only. Some attributes make an object of any class while the engine still reads, so they
 * are refused before it does, whoever deploys.
 */
final class NarrowParse extends BpmnParse {

    private static final String CAMUNDA = Diagrams.CAMUNDA + ":";
    private static final String FORMER = "http://activiti.org/bpmn";

    NarrowParse(BpmnParser parser) {
        super(parser);
    }

    @Override
    protected void parseRootElement() {
        refuse(rootElement);
        super.parseRootElement();
    }

    private static void refuse(Element element) {
        String namespace = element.getUri() == null ? "" : element.getUri();
        if (!DiagramWords.knowsElement(namespace, element.getTagName())) {
            throw new ProcessEngineException("PROC-004 a diagram cannot hold " + element.getTagName());
        }
        for (String attribute : element.attributes()) {
            boolean unknown = attribute.startsWith(CAMUNDA)
                    && !DiagramWords.CAMUNDA_ATTRIBUTES.contains(attribute.substring(CAMUNDA.length()));
            if (unknown || attribute.startsWith(FORMER)) {
                throw new ProcessEngineException("PROC-004 a diagram cannot hold " + attribute);
            }
        }
        element.elements().forEach(NarrowParse::refuse);
    }
}
