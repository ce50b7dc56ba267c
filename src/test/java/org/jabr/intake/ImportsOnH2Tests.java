package org.jabr.intake;

import org.jabr.testing.OnH2;

@OnH2
class ImportsOnH2Tests extends ImportsTests {}
