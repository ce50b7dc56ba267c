package org.jabr.outside;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Puts two sentences where a stack trace would stand. */
public class GatewayRefusedAnalyzer extends AbstractFailureAnalyzer<GatewayRefused> {

    @Override
    protected FailureAnalysis analyze(Throwable root, GatewayRefused cause) {
        return new FailureAnalysis(cause.getMessage(), cause.remedy(), cause);
    }
}
