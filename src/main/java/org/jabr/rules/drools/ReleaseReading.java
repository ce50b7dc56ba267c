package org.jabr.rules.drools;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.xml.sax.SAXException;

/** Reads what can be read of the tables of a release that may be broken elsewhere. */
final class ReleaseReading {

    private ReleaseReading() {}

    /** The tables; empty where too little of them can be read to know what values facts may have. */
    static Optional<ReleaseTables> tables(Map<String, String> files) {
        List<DmnFile> readable = new ArrayList<>();
        for (Map.Entry<String, String> file : new TreeMap<>(files).entrySet()) {
            if (file.getKey().startsWith("rules/") && file.getKey().endsWith(".dmn")) {
                try {
                    DmnFile read = DmnReader.read(file.getKey(), file.getValue());
                    if (read.decisions().stream().allMatch(ReleaseReading::wellFormed)) {
                        readable.add(read);
                    }
                } catch (SAXException unreadable) {
                    // the compiler names what is wrong with it; the other tables can still be looked at
                    continue;
                }
            }
        }
        try {
            return Optional.of(new ReleaseTables(readable));
        } catch (RuntimeException incomplete) {
            return Optional.empty();
        }
    }

    private static boolean wellFormed(DmnFile.Decision decision) {
        return decision.rows().stream()
                .allMatch(row -> row.inputs().size() == decision.inputs().size()
                        && row.outputs().size() == decision.outputs().size());
    }
}
