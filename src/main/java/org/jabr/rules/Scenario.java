package org.jabr.rules;

/**
 * An example of what the rules must decide, as an analyst writes it.
 *
 * @param moment name of the moment, or {@code table NAME} for the parameters of a table
 * @param given how the facts differ from the base case, such as {@code tier GOLD; loss 180.00; chosen [REFUND 5.00]}
 * @param expected settings such as {@code mode PERSON}, remedies such as {@code REFUND 8.00 ASK AGENT}, or a code such
 *     as {@code FACTS-002}, separated by semicolons
 * @param because rule ids: of settings one list, of remedies {@code REFUND: rule, rule; CREDIT: rule}; the reasons of a
 *     granted apology or explanation may be left out
 */
public record Scenario(String id, String title, String moment, String given, String expected, String because) {}
