/** The customer's own page, through a signed link. */
@NullMarked
package org.jabr.web.portal;

import org.jspecify.annotations.NullMarked;
