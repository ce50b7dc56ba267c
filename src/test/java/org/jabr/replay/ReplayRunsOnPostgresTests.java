package org.jabr.replay;

import org.jabr.testing.OnPostgres;

@OnPostgres
class ReplayRunsOnPostgresTests extends ReplayRunsTests {}
