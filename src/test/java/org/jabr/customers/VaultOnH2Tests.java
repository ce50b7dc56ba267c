package org.jabr.customers;

import org.jabr.testing.OnH2;

@OnH2
class VaultOnH2Tests extends VaultTests {}
