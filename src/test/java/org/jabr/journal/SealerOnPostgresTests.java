package org.jabr.journal;

import org.jabr.testing.OnPostgres;

@OnPostgres
class SealerOnPostgresTests extends SealerTests {}
