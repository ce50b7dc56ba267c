package org.jabr.intake.demo;

import org.jabr.testing.OnPostgres;

@OnPostgres
class DemoDataOnPostgresTests extends DemoDataTests {}
