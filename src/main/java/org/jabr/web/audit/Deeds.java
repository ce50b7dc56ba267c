package org.jabr.web.audit;

import java.util.function.Supplier;
import org.jabr.rules.Problem;
import org.jabr.web.Flash;
import org.jabr.web.Reader;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Lets somebody do something, and has the next page say what came of it. */
@Component
class Deeds {

    private final Reader reader;

    Deeds(Reader reader) {
        this.reader = reader;
    }

    /**
     * @param page that is shown next
     * @return where to go
     * @throws Problem what it is about is not there
     */
    String done(RedirectAttributes redirect, String page, Supplier<Flash> deed) {
        try {
            redirect.addFlashAttribute(Flash.NAME, deed.get());
        } catch (Problem problem) {
            if (problem.kind() == Problem.Kind.NOT_FOUND) {
                throw problem;
            }
            redirect.addFlashAttribute(Flash.NAME, Flash.warn("problem.said", reader.words(problem)));
        }
        return "redirect:" + page;
    }
}
