package org.jabr.rules.drools;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jabr.rules.Finding;
import org.jabr.rules.Problem;
import org.jabr.rules.Scenario;
import org.jabr.rules.Scenarios;

/**
 * The scenarios of a release and the base case that they differ from.
 *
 * @param base the document of the base case; empty where there is none that can be read
 * @param findings what cannot be read of them
 */
record ReleaseScenarios(Map<String, Object> base, List<Placed> scenarios, List<Finding> findings) {

    static final String FOLDER = "rules/scenarios/";
    static final String BASE = FOLDER + "base-case.json";
    /** The moment of a scenario that asks for the parameters of a table begins so. */
    static final String TABLE = "table ";

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    /** A scenario and the file that it stands in. */
    record Placed(String file, Scenario scenario) {

        boolean asksATable() {
            return scenario.moment().startsWith(TABLE);
        }
    }

    static ReleaseScenarios of(Map<String, String> files) {
        List<Finding> findings = new ArrayList<>();
        List<Placed> scenarios = new ArrayList<>();
        for (Map.Entry<String, String> file : new TreeMap<>(files).entrySet()) {
            if (file.getKey().startsWith(FOLDER) && file.getKey().endsWith(".csv")) {
                try {
                    Scenarios.read(file.getValue())
                            .forEach(scenario -> scenarios.add(new Placed(file.getKey(), scenario)));
                } catch (Problem unreadable) {
                    findings.add(new Finding("SCEN-002", true, file.getKey(), "", unreadable.values()));
                }
            }
        }
        return new ReleaseScenarios(base(files, findings), List.copyOf(scenarios), List.copyOf(findings));
    }

    private static Map<String, Object> base(Map<String, String> files, List<Finding> findings) {
        try {
            Map<String, Object> base =
                    JSON.readValue(files.getOrDefault(BASE, ""), new TypeReference<Map<String, Object>>() {});
            if (base != null && !base.isEmpty()) {
                return base;
            }
        } catch (JsonProcessingException unreadable) {
            findings.add(new Finding("SCEN-003", true, BASE, line(unreadable), List.of(BASE)));
            return Map.of();
        }
        findings.add(new Finding("SCEN-003", true, BASE, "", List.of(BASE)));
        return Map.of();
    }

    private static String line(JsonProcessingException unreadable) {
        return unreadable.getLocation() == null
                ? ""
                : String.valueOf(unreadable.getLocation().getLineNr());
    }

    Scenarios player() {
        return new Scenarios(base);
    }
}
