package org.jabr.process.camunda;

import org.jabr.testing.OnH2;

@ProcessTest
@OnH2
class CanaryOnH2Tests extends CanaryTests {}
