package org.jabr.rules;

import java.util.List;

/** Another program inside this one: it runs instead of the application where its word is the first argument. */
public interface SideProgram {

    String word();

    /**
     * Runs until it is done.
     *
     * @param args what follows the word
     * @return the exit status of the process
     */
    int run(List<String> args);
}
