package org.jabr.rules;

/** Another program inside this one: it runs instead of the application where its word is the first argument. */
public interface SideProgram {

    String word();

    /** Runs until it is done. */
    void run();
}
