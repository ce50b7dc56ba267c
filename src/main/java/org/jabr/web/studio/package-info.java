/** Pages of those who write, prove, compare and publish rules and processes. */
@NullMarked
package org.jabr.web.studio;

import org.jspecify.annotations.NullMarked;
