package org.jabr.intake;

import org.jabr.testing.OnPostgres;

@OnPostgres
class ImportsOnPostgresTests extends ImportsTests {}
