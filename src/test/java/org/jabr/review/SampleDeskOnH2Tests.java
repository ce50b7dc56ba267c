package org.jabr.review;

import org.jabr.testing.OnH2;

@OnH2
class SampleDeskOnH2Tests extends SampleDeskTests {}
