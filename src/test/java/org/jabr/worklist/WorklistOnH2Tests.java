package org.jabr.worklist;

import org.jabr.testing.OnH2;

@OnH2
class WorklistOnH2Tests extends WorklistTests {}
