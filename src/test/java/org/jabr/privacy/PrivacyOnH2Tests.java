package org.jabr.privacy;

import org.jabr.testing.OnH2;

@OnH2
class PrivacyOnH2Tests extends PrivacyTests {}
