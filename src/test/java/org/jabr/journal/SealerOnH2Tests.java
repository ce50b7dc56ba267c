package org.jabr.journal;

import org.jabr.testing.OnH2;

@OnH2
class SealerOnH2Tests extends SealerTests {}
