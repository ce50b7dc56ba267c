package org.jabr.hooks;

import org.jabr.testing.OnPostgres;

@OnPostgres
class HooksOnPostgresTests extends HooksTests {}
