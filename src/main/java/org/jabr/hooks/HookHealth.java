package org.jabr.hooks;

import java.time.OffsetDateTime;
import java.util.List;
import org.jabr.outside.Turnstile;
import org.jspecify.annotations.Nullable;

/** How news and notices stand. */
public final class HookHealth {

    private HookHealth() {}

    /**
     * Another system that is told.
     *
     * @param types what it hears; empty for all
     * @param turnstile null where it is not configured any more
     * @param oldest when the oldest of what waits happened; null where nothing waits
     */
    public record Out(
            String name,
            String host,
            List<String> types,
            Turnstile.@Nullable Health turnstile,
            int waiting,
            @Nullable OffsetDateTime oldest,
            int stopped) {}

    /**
     * Another system that tells.
     *
     * @param name empty for whoever calls under a name that nobody has
     * @param counted in the last thirty days
     */
    public record In(String name, boolean configured, List<Counted> counted) {}

    /** @param code an outcome, or why it was refused */
    public record Counted(String source, String code, long n, OffsetDateTime lastAt) {

        public boolean refused() {
            return code.contains("-");
        }
    }

    /** @param subject what it was about; null where it named nothing */
    public record Heard(
            String source, String type, @Nullable String subject, Hooks.Outcome outcome, OffsetDateTime at) {}
}
