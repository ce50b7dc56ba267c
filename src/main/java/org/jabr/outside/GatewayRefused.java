package org.jabr.outside;

/** Another system cannot be reached like this: the house does not start, and says why. */
public class GatewayRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String remedy;

    /** @param remedy what to do about it */
    public GatewayRefused(String message, String remedy) {
        super(message);
        this.remedy = remedy;
    }

    public String remedy() {
        return remedy;
    }
}
