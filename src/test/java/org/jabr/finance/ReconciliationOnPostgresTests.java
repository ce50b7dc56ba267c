package org.jabr.finance;

import org.jabr.testing.OnPostgres;

@OnPostgres
class ReconciliationOnPostgresTests extends ReconciliationTests {}
