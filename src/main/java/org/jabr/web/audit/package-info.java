/** Pages of auditors. */
@NullMarked
package org.jabr.web.audit;

import org.jspecify.annotations.NullMarked;
