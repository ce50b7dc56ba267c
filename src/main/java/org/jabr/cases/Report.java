package org.jabr.cases;

import java.time.OffsetDateTime;
import java.util.Map;
import org.jabr.customers.PersonalText;
import org.jabr.rules.Money;
import org.jspecify.annotations.Nullable;

/**
 * What arrived: a failure for a customer, on some channel, before it is a case.
 *
 * @param externalRef what makes it the same report when it arrives again; null where the sender has no name for it
 * @param customerRef how the company's own systems name the customer
 * @param channel WEB, EMAIL, PHONE, CHAT, SOCIAL, IN_PERSON, LETTER, REFERRAL or SMS
 * @param category what was reported, in the words of the report
 * @param subject what was reported more exactly, in the words of the report
 * @param loss null where it is not known
 * @param currency of the case; all money of the case is in it
 * @param facts further facts by path, such as {@code failure.practicalImpact}; checked against the release
 * @param answers what forms and mappings collect beyond the fields above
 */
public record Report(
        @Nullable String externalRef,
        String customerRef,
        String channel,
        String category,
        String subject,
        @Nullable PersonalText description,
        @Nullable Money loss,
        String currency,
        @Nullable OffsetDateTime occurredAt,
        @Nullable OffsetDateTime reportedAt,
        Map<String, Object> facts,
        Map<String, Object> answers) {

    public Report {
        facts = Map.copyOf(facts);
        answers = Map.copyOf(answers);
    }
}
