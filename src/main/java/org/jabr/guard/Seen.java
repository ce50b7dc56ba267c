package org.jabr.guard;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one look at the effects found.
 *
 * @param subject whom it is about: {@code agent/LOGIN}, {@code customer/ID}, {@code pair/LOGIN/LOGIN} ...
 * @param logins those who work here whom it is about; they never see it
 * @param customers whom it is about
 * @param size how large it is; what must grow before a judged one comes again
 * @param numbers what was measured, by name
 * @param evidence the effects that it was seen in
 */
record Seen(
        String subject,
        Set<String> logins,
        List<Long> customers,
        BigDecimal size,
        Map<String, BigDecimal> numbers,
        Evidence evidence) {

    /**
     * Which effects of the window.
     *
     * @param givers who proposed them; empty for anybody
     * @param deciders who granted them; null for anybody
     * @param customers whom they are for; empty for anybody
     */
    record Evidence(
            List<String> givers,
            @Nullable List<String> deciders,
            List<Long> customers,
            OffsetDateTime from,
            OffsetDateTime until) {}
}
