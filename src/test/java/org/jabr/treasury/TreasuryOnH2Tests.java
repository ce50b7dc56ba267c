package org.jabr.treasury;

import org.jabr.testing.OnH2;

@OnH2
class TreasuryOnH2Tests extends TreasuryTests {}
