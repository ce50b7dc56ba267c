package org.jabr.post;

import java.util.List;
import org.jabr.outside.Turnstile;

/**
 * How a way out for letters stands, as this node sees it.
 *
 * @param name {@code email} or {@code messages}
 * @param host that letters are brought to
 * @param channels whose letters leave by it
 */
public record PostHealth(String name, String host, List<String> channels, Turnstile.Health turnstile) {}
