package org.jabr.web.api;

import org.jabr.testing.OnH2;

@OnH2
class ApiOnH2Tests extends ApiTests {}
