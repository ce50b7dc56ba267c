package org.jabr.web.audit;

import org.jabr.testing.OnH2;

@OnH2
class DossierOnH2Tests extends DossierTests {}
