package org.jabr.worklist;

import org.jabr.testing.OnPostgres;

@OnPostgres
class WorklistOnPostgresTests extends WorklistTests {}
