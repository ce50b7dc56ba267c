package org.jabr.rules.drools;

import java.util.Locale;
import java.util.Map;

/** The words of a release for values, facts, settings and tables, in both languages. */
record Words(Map<String, String> english, Map<String, String> arabic) {

    String word(String value, Locale language) {
        return (language.getLanguage().equals("ar") ? arabic : english).getOrDefault(value, value);
    }
}
