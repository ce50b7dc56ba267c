package org.jabr.audit;

import org.jabr.testing.OnH2;

@OnH2
class DecisionSearchOnH2Tests extends DecisionSearchTests {}
