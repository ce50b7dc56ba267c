package org.jabr.process.camunda;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.migration.MigratingProcessInstanceValidationReport;
import org.camunda.bpm.engine.migration.MigrationPlanValidationReport;
import org.jabr.process.Mover;

/** What the engine says about a move that cannot be, as codes that have sentences in both languages. */
final class MoveReport {

    /** Parts of the engine's sentences, in the order in which they are looked for, and what each means. */
    private static final Map<String, String> MEANINGS = new LinkedHashMap<>();

    static {
        MEANINGS.put("no migration instruction", "MIG-011");
        MEANINGS.put("cannot be found", "MIG-012");
        MEANINGS.put("not found", "MIG-012");
        MEANINGS.put("does not exist", "MIG-012");
        MEANINGS.put("incompatible types", "MIG-013");
        MEANINGS.put("event type", "MIG-013");
        MEANINGS.put("ancestor", "MIG-014");
        MEANINGS.put("multiple mappings", "MIG-015");
        MEANINGS.put("source activity", "MIG-013");
    }

    private static final String OTHERWISE = "MIG-010";

    private MoveReport() {}

    static List<Mover.Obstacle> of(MigrationPlanValidationReport report) {
        List<Mover.Obstacle> obstacles = new ArrayList<>();
        report.getInstructionReports().forEach(instruction -> instruction
                .getFailures()
                .forEach(failure -> obstacles.add(obstacle(
                        String.valueOf(instruction.getMigrationInstruction().getSourceActivityId()), failure))));
        return obstacles;
    }

    static List<Mover.Obstacle> of(MigratingProcessInstanceValidationReport report) {
        List<Mover.Obstacle> obstacles = new ArrayList<>();
        report.getFailures().forEach(failure -> obstacles.add(obstacle("", failure)));
        report.getActivityInstanceReports().forEach(activity -> activity.getFailures()
                .forEach(failure -> obstacles.add(obstacle(activity.getSourceScopeId(), failure))));
        report.getTransitionInstanceReports().forEach(transition -> transition
                .getFailures()
                .forEach(failure -> obstacles.add(obstacle(transition.getSourceScopeId(), failure))));
        return obstacles.stream().distinct().toList();
    }

    private static Mover.Obstacle obstacle(String element, String failure) {
        String code = MEANINGS.entrySet().stream()
                .filter(meaning -> failure.toLowerCase(java.util.Locale.ROOT).contains(meaning.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(OTHERWISE);
        String cause = failure.length() <= Mover.LONGEST_CAUSE ? failure : failure.substring(0, Mover.LONGEST_CAUSE);
        return new Mover.Obstacle(element, code, cause);
    }
}
