package org.jabr.alike;

import org.jabr.testing.OnPostgres;

@OnPostgres
class AlikeDeskOnPostgresTests extends AlikeDeskTests {}
