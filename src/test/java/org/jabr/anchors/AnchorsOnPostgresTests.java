package org.jabr.anchors;

import org.jabr.testing.OnPostgres;

@OnPostgres
class AnchorsOnPostgresTests extends AnchorsTests {}
