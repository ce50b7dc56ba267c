package org.jabr.audit;

import org.jabr.testing.OnPostgres;

@OnPostgres
class DecisionSearchOnPostgresTests extends DecisionSearchTests {}
