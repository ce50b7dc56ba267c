package org.jabr.finance;

import org.jabr.testing.OnH2;

@OnH2
class ReconciliationOnH2Tests extends ReconciliationTests {}
