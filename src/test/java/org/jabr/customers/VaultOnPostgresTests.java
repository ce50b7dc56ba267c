package org.jabr.customers;

import org.jabr.testing.OnPostgres;

@OnPostgres
class VaultOnPostgresTests extends VaultTests {}
