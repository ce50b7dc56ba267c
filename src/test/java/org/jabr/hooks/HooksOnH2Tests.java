package org.jabr.hooks;

import org.jabr.testing.OnH2;

@OnH2
class HooksOnH2Tests extends HooksTests {}
