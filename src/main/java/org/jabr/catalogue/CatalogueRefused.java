package org.jabr.catalogue;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jabr.rules.Problem;

/** An item that cannot be as it was typed; the first thing that is wrong is the problem itself. */
public final class CatalogueRefused extends Problem {

    private final transient Map<String, Problem> fields;

    /** @param fields what is wrong, by field; at least one */
    CatalogueRefused(Map<String, Problem> fields) {
        super(
                Kind.INVALID,
                fields.values().iterator().next().code(),
                fields.values().iterator().next().values().toArray());
        this.fields = new LinkedHashMap<>(fields);
    }

    public Map<String, Problem> fields() {
        return fields;
    }
}
