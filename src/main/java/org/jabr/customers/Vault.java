package org.jabr.customers;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import org.jabr.rules.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The only way to and from the columns named {@code *_text}. A text is sealed under the key of the customer whom it is
 * about: AES-256 in GCM (NIST SP 800-38D), a random nonce of 96 bits before the sealed bytes, the customer's id as
 * additional data, so that a text that was moved to another customer cannot be read. The column says whose key it is.
 */
@Component
public class Vault {

    /** Say in the column how the text is stored; a later way of storing gets another mark. */
    private static final String PLAIN = "t:";

    private static final String SEALED = "k:";
    private static final String GONE = "e:";

    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final CustomerKeys keys;

    Vault(CustomerKeys keys) {
        this.keys = keys;
    }

    /**
     * What stands in the column.
     *
     * @throws Problem {@code CUSTOMER-002} where the customer was erased; {@code CUSTOMER-003} where the
     *     customer's key is missing
     */
    public @Nullable String stored(long customerId, @Nullable PersonalText text) {
        if (text == null) {
            return null;
        }
        if (text.erased()) {
            return GONE;
        }
        SecretKey key = keys.sealing(customerId)
                .orElseThrow(() -> new Problem(Problem.Kind.CONFLICT, "CUSTOMER-002", customerId));
        return sealed(customerId, key, text.value());
    }

    /** The same for what is said about a matter, not by the customer: it may be said after the customer was erased, too. */
    public @Nullable String storedNote(long customerId, @Nullable PersonalText text) {
        if (text == null) {
            return null;
        }
        Optional<SecretKey> key = keys.sealing(customerId);
        return key.isPresent() ? sealed(customerId, key.get(), text.value()) : plain(text);
    }

    /** What stands in the column where the text is about no customer, such as what colleagues say to each other. */
    public static @Nullable String plain(@Nullable PersonalText text) {
        return text == null ? null : PLAIN + text.value();
    }

    /** What stands in the column instead of a text that is not to be kept any longer. */
    static String gone() {
        return GONE;
    }

    /**
     * Reads what stands in the column; {@link PersonalText#ERASED} where nobody can any more.
     *
     * @throws IllegalStateException where it was changed, or is stored in an unknown way
     * @throws Problem {@code CUSTOMER-003} where the key of a customer is missing who was not erased
     */
    public @Nullable PersonalText read(@Nullable String column) {
        if (column == null) {
            return null;
        }
        if (column.startsWith(SEALED)) {
            int colon = column.indexOf(':', SEALED.length());
            long customerId = Long.parseLong(column.substring(SEALED.length(), colon));
            return keys.find(customerId)
                    .map(key -> new PersonalText(opened(customerId, key, column.substring(colon + 1))))
                    .orElse(PersonalText.ERASED);
        }
        if (column.startsWith(PLAIN)) {
            return new PersonalText(column.substring(PLAIN.length()));
        }
        if (column.equals(GONE)) {
            return PersonalText.ERASED;
        }
        throw new IllegalStateException("a personal text is stored in an unknown way");
    }

    /** The same where the column is never empty. */
    public PersonalText must(@Nullable String column) {
        return Objects.requireNonNull(read(column), "a personal text is missing");
    }

    /** A column to read beside texts, so that their key needs no statement of its own; {@link #offer} takes it. */
    public static String keyOf(String customerIdColumn) {
        return "(select k.content from customer_key k where k.customer_id = " + customerIdColumn + ") key_content";
    }

    /** Takes what {@link #keyOf} read. */
    public void offer(long customerId, ResultSet row) throws SQLException {
        keys.offer(customerId, row.getString("key_content"));
    }

    private static String sealed(long customerId, SecretKey key, String text) {
        try {
            byte[] nonce = new byte[NONCE_BYTES];
            RANDOM.nextBytes(nonce);
            Cipher cipher = Cipher.getInstance(CIPHER);
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(aboutWhom(customerId));
            byte[] bytes = cipher.doFinal(text.getBytes(StandardCharsets.UTF_8));
            ByteBuffer all =
                    ByteBuffer.allocate(nonce.length + bytes.length).put(nonce).put(bytes);
            return SEALED + customerId + ':' + Base64.getEncoder().encodeToString(all.array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES", e);
        }
    }

    private static String opened(long customerId, SecretKey key, String sealed) {
        try {
            byte[] bytes = Base64.getDecoder().decode(sealed);
            Cipher cipher = Cipher.getInstance(CIPHER);
            cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, bytes, 0, NONCE_BYTES));
            cipher.updateAAD(aboutWhom(customerId));
            return new String(cipher.doFinal(bytes, NONCE_BYTES, bytes.length - NONCE_BYTES), StandardCharsets.UTF_8);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalStateException("a personal text was changed", e);
        }
    }

    private static byte[] aboutWhom(long customerId) {
        return Long.toString(customerId).getBytes(StandardCharsets.UTF_8);
    }
}
