package org.jabr.releases;

import org.jabr.testing.OnH2;

@OnH2
class DraftsOnH2Tests extends DraftsTests {}
