package org.jabr.rules;

import org.jspecify.annotations.Nullable;

/** What a person picks instead of the proposal: a remedy and, where it has one, its amount. */
public record Choice(String remedy, @Nullable Money amount) {}
