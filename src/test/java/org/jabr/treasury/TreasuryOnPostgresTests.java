package org.jabr.treasury;

import org.jabr.testing.OnPostgres;

@OnPostgres
class TreasuryOnPostgresTests extends TreasuryTests {}
