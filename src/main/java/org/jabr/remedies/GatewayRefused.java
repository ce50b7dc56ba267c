package org.jabr.remedies;

/** The outside gateway cannot be switched on like this: the house does not start, and says why. */
class GatewayRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String remedy;

    /** @param remedy what to do about it */
    GatewayRefused(String message, String remedy) {
        super(message);
        this.remedy = remedy;
    }

    String remedy() {
        return remedy;
    }
}
