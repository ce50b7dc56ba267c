package org.jabr.web.api;

import org.jabr.testing.OnPostgres;

@OnPostgres
class ApiOnPostgresTests extends ApiTests {}
