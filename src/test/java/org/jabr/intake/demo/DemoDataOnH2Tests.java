package org.jabr.intake.demo;

import org.jabr.testing.OnH2;

@OnH2
class DemoDataOnH2Tests extends DemoDataTests {}
