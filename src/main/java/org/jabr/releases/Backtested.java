package org.jabr.releases;

/** Knows whether a release was tried on past decisions. Implemented by the room that tries. */
public interface Backtested {

    boolean ran(Release release);
}
