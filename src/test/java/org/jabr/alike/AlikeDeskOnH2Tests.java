package org.jabr.alike;

import org.jabr.testing.OnH2;

@OnH2
class AlikeDeskOnH2Tests extends AlikeDeskTests {}
