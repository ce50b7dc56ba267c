package org.jabr.hooks;

/** A notice that is not taken, with a status that no {@code Problem} has. */
public class HookRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    HookRefused(int status, String code) {
        super(code);
        this.status = status;
        this.code = code;
    }

    /** Of the answer. */
    public int status() {
        return status;
    }

    public String code() {
        return code;
    }
}
