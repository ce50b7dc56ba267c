package org.jabr.releases;

import org.jabr.testing.OnPostgres;

@OnPostgres
class DraftsOnPostgresTests extends DraftsTests {}
