package org.jabr.replay;

import org.jabr.testing.OnH2;

@OnH2
class ReplayRunsOnH2Tests extends ReplayRunsTests {}
