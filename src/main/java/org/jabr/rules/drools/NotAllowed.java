package org.jabr.rules.drools;

import java.util.List;
import org.jabr.rules.Finding;
import org.xml.sax.SAXException;

/** A part of a file that no release may have, and where it stands. */
final class NotAllowed extends SAXException {

    private final String code;
    private final String place;
    private final transient List<Object> values;

    NotAllowed(String code, String place, Object... values) {
        super(code);
        this.code = code;
        this.place = place;
        this.values = List.of(values);
    }

    Finding finding(String path) {
        return new Finding(code, true, path, place, values);
    }
}
