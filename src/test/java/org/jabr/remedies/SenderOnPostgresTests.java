package org.jabr.remedies;

import org.jabr.testing.OnPostgres;

@OnPostgres
class SenderOnPostgresTests extends SenderTests {}
