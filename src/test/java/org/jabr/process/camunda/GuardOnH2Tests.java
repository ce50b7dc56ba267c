package org.jabr.process.camunda;

import org.jabr.testing.OnH2;

@ProcessTest
@OnH2
class GuardOnH2Tests extends GuardTests {}
