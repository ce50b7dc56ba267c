/** The studio: where analysts write, prove, compare and publish rules and processes, and approvers look at them. */
@NullMarked
package org.jabr.web.studio;

import org.jspecify.annotations.NullMarked;
