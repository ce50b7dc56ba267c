package org.jabr.review;

import org.jabr.testing.OnPostgres;

@OnPostgres
class SampleDeskOnPostgresTests extends SampleDeskTests {}
