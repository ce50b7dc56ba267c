/** Pages of those who write processes and rules: drafts, editors, checks, running cases. */
@NullMarked
package org.jabr.web.studio;

import org.jspecify.annotations.NullMarked;
