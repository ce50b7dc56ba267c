package org.jabr.remedies;

import org.jabr.testing.OnH2;

@OnH2
class SenderOnH2Tests extends SenderTests {}
