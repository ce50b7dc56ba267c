package org.jabr.process.camunda;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.jabr.process.Diagrams;
import org.jabr.process.Forms;
import org.jabr.releases.Check;
import org.jabr.rules.Finding;
import org.springframework.stereotype.Component;
import org.w3c.dom.Document;
import org.xml.sax.SAXException;

/** Looks at the diagrams of a release before the engine gets to see them. */
@Component
class DiagramCheck implements Check {

    private static final String DIAGRAM = ".bpmn";

    private final OfferedBlocks blocks;
    private final Forms forms;
    private final TrialDeployment trial;

    DiagramCheck(OfferedBlocks blocks, Forms forms, TrialDeployment trial) {
        this.blocks = blocks;
        this.forms = forms;
        this.trial = trial;
    }

    @Override
    public List<Finding> check(SortedMap<String, String> files) {
        List<Finding> findings = new ArrayList<>();
        files.forEach((path, text) -> {
            if (path.endsWith(DIAGRAM)) {
                findings.addAll(check(path, text, files));
            }
        });
        return findings;
    }

    private List<Finding> check(String path, String text, SortedMap<String, String> files) {
        Document diagram;
        try {
            diagram = Diagrams.read(text);
        } catch (SAXException e) {
            return List.of(new Finding("PROC-001", true, path, "", List.of(String.valueOf(e.getMessage()))));
        }
        List<Finding> findings = new ArrayList<>(DiagramShape.check(path, diagram));
        if (findings.stream().anyMatch(finding -> finding.code().equals("PROC-044"))) {
            return findings;
        }
        findings.addAll(new DiagramReading(path, diagram, blocks, forms, files).findings());
        if (findings.stream().noneMatch(Finding::blocking)) {
            findings.addAll(trial.findings(path, text));
        }
        return findings;
    }
}
