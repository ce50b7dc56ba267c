package org.jabr.process.camunda;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;

/**
 * The parameters that an analyst set at an element, as plain text. Where the element names a variable in {@code by}, a
 * parameter may have variants: {@code authority-SUPERVISOR} counts where the variable holds {@code SUPERVISOR}.
 */
record Literals(Map<String, String> values) {

    private static final String KEPT_AS = "literals";
    private static final String VARIANT_BY = "by";

    /** Keeps the literals with the parsed activity. */
    static Map<String, String> keep(Element element, ActivityImpl activity) {
        Map<String, String> values = new LinkedHashMap<>();
        Element extensions = element.element("extensionElements");
        Element properties = extensions == null ? null : extensions.element("properties");
        if (properties != null) {
            for (Element property : properties.elements("property")) {
                String value = property.attribute("value");
                // Editors leave an empty value where a parameter was cleared.
                if (value != null && !value.isBlank()) {
                    values.put(property.attribute("name"), value);
                }
            }
        }
        activity.setProperty(KEPT_AS, values);
        return values;
    }

    /** Adds a parameter that stands elsewhere at the element. */
    @SuppressWarnings("unchecked")
    static void add(ActivityImpl activity, String name, String value) {
        ((Map<String, String>) activity.getProperty(KEPT_AS)).put(name, value);
    }

    @SuppressWarnings("unchecked")
    static Literals of(DelegateExecution execution) {
        ActivityImpl activity = ((ExecutionEntity) execution).getActivity();
        Object kept = activity == null ? null : activity.getProperty(KEPT_AS);
        return new Literals(kept == null ? Map.of() : (Map<String, String>) kept);
    }

    Optional<String> find(String name, DelegateExecution execution) {
        String by = values.get(VARIANT_BY);
        String variant = by == null ? null : values.get(name + "-" + execution.getVariable(by));
        return Optional.ofNullable(variant == null ? values.get(name) : variant);
    }
}
