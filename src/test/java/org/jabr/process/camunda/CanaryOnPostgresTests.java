package org.jabr.process.camunda;

import org.jabr.testing.OnPostgres;

@ProcessTest
@OnPostgres
class CanaryOnPostgresTests extends CanaryTests {}
