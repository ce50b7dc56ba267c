/** Pages of those who work with customers: worklist, cases, imports, releases. */
@NullMarked
package org.jabr.web.desk;

import org.jspecify.annotations.NullMarked;
