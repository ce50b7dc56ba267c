package org.jabr.web.audit;

import org.jabr.testing.OnPostgres;

@OnPostgres
class DossierOnPostgresTests extends DossierTests {}
