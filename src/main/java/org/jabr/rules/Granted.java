package org.jabr.rules;

import org.jspecify.annotations.Nullable;

/**
 * A remedy that was granted in this case before.
 *
 * @param amount null only for words of care
 */
public record Granted(
        String remedy, String moment, @Nullable Money amount) {}
