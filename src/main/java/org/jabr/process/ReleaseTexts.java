package org.jabr.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import org.jabr.releases.Check;
import org.jabr.rules.Finding;
import org.springframework.stereotype.Component;

/** Checks the letters and forms of a release: a person must never read half a letter, or a form in one language. */
@Component
class ReleaseTexts implements Check {

    private static final String LETTERS = "processes/letters/";
    private static final String FORMS = "processes/forms/";

    private final Forms forms;

    ReleaseTexts(Forms forms) {
        this.forms = forms;
    }

    @Override
    public List<Finding> check(SortedMap<String, String> files) {
        List<Finding> findings = new ArrayList<>();
        files.forEach((path, text) -> {
            if (path.startsWith(LETTERS) && path.endsWith(".txt")) {
                LetterText.read(text)
                        .mistakes()
                        .forEach(mistake ->
                                findings.add(new Finding("PROC-012", true, path, mistake, List.of(mistake))));
            } else if (path.startsWith(FORMS) && path.endsWith(".form")) {
                form(path, text, findings);
            }
        });
        return findings;
    }

    private void form(String path, String text, List<Finding> findings) {
        List<Finding> refused = FormGate.check(path, text);
        if (!refused.isEmpty()) {
            findings.addAll(refused);
            return;
        }
        String name = path.substring(FORMS.length(), path.lastIndexOf('.'));
        List<FormMistakes.Mistake> mistakes = forms.mistakes(text);
        mistakes.forEach(mistake -> findings.add(
                new Finding(mistake.code(), true, path, mistake.place(), List.of(mistake.place(), mistake.value()))));
        if (mistakes.isEmpty() && forms.read(name, text, Locale.ENGLISH).isEmpty()) {
            findings.add(new Finding("PROC-013", true, path, "", List.of(name)));
        }
    }
}
