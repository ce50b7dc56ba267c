package org.jabr.catalogue;

import java.time.OffsetDateTime;

/**
 * What somebody changed of an item.
 *
 * @param field as it is called in files, such as {@code name-en}; {@code active} where it was retired or given again, {@code
 *     added} where it was made
 */
public record ItemChange(int version, String field, String was, String became, String by, OffsetDateTime at) {}
