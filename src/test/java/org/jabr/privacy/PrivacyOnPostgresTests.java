package org.jabr.privacy;

import org.jabr.testing.OnPostgres;

@OnPostgres
class PrivacyOnPostgresTests extends PrivacyTests {}
