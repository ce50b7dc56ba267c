package org.jabr.anchors;

import org.jabr.testing.OnH2;

@OnH2
class AnchorsOnH2Tests extends AnchorsTests {}
