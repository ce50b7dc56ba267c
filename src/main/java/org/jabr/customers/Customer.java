package org.jabr.customers;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * One customer, the same on every channel.
 *
 * @param externalRef how the company's own systems name the customer
 * @param language lower-case language code; null where not known
 * @param preferredChannel EMAIL, PHONE, CHAT, LETTER or SMS; null where not known
 * @param country where the customer lives, by ISO 3166-1 with two letters; null where not known
 * @param erasedAt when personal data was erased; nothing of it can be read any more. Null: never
 */
public record Customer(
        long id,
        String externalRef,
        @Nullable PersonalText name,
        @Nullable PersonalText email,
        @Nullable PersonalText phone,
        @Nullable String language,
        @Nullable String preferredChannel,
        boolean vulnerable,
        boolean loyaltyMember,
        boolean neverComplains,
        @Nullable String country,
        @Nullable OffsetDateTime erasedAt) {

    /** What is known of a customer before it has an id. */
    public record Details(
            String externalRef,
            @Nullable PersonalText name,
            @Nullable PersonalText email,
            @Nullable PersonalText phone,
            @Nullable String language,
            @Nullable String preferredChannel,
            boolean vulnerable,
            boolean loyaltyMember,
            boolean neverComplains,
            @Nullable String country) {

        /** A customer whose country is not known. */
        public Details(
                String externalRef,
                @Nullable PersonalText name,
                @Nullable PersonalText email,
                @Nullable PersonalText phone,
                @Nullable String language,
                @Nullable String preferredChannel,
                boolean vulnerable,
                boolean loyaltyMember,
                boolean neverComplains) {
            this(
                    externalRef,
                    name,
                    email,
                    phone,
                    language,
                    preferredChannel,
                    vulnerable,
                    loyaltyMember,
                    neverComplains,
                    null);
        }

        /** A customer of whom only the reference is known. */
        public static Details unknown(String externalRef) {
            return new Details(externalRef, null, null, null, null, null, false, false, false);
        }
    }
}
