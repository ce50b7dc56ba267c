package org.jabr.customers;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * What customers have in common: digests of e-mail addresses and telephone numbers, so that the same one is found again
 * without being read. A digest of something that can be guessed hides nothing from whoever guesses; it is personal data.
 */
@Repository
public class Marks {

    private static final int SHORTEST_NUMBER = 7;

    private final JdbcClient jdbc;
    private final Vault vault;

    Marks(JdbcClient jdbc, Vault vault) {
        this.jdbc = jdbc;
        this.vault = vault;
    }

    /** Marks customers that were stored before there were marks. @return how many; 0 where all are marked */
    @Transactional
    public int catchUp(int most) {
        record Unmarked(
                long id,
                @Nullable PersonalText email,
                @Nullable PersonalText phone) {}
        List<Unmarked> unmarked = jdbc.sql(
                        "select id, email_text, phone_text from customer where not marked order by id fetch first :most rows only for update")
                .param("most", most)
                .query((row, n) -> new Unmarked(
                        row.getLong("id"),
                        vault.read(row.getString("email_text")),
                        vault.read(row.getString("phone_text"))))
                .list();
        for (Unmarked one : unmarked) {
            mark(one.id(), one.email(), one.phone());
            jdbc.sql("update customer set marked = true where id = :id")
                    .param("id", one.id())
                    .update();
        }
        return unmarked.size();
    }

    /** Replaces the marks of a customer whose row the caller holds. */
    void mark(long customerId, @Nullable PersonalText email, @Nullable PersonalText phone) {
        jdbc.sql("delete from customer_mark where customer_id = :id")
                .param("id", customerId)
                .update();
        add(customerId, "EMAIL", email == null ? "" : email.value().strip().toLowerCase(Locale.ROOT));
        add(customerId, "PHONE", phone == null ? "" : digits(phone.value()));
    }

    private void add(long customerId, String kind, String normal) {
        if (!normal.isEmpty()) {
            jdbc.sql("insert into customer_mark (customer_id, kind, mark) values (:id, :kind, :mark)")
                    .param("id", customerId)
                    .param("kind", kind)
                    .param("mark", digest(kind + ':' + normal))
                    .update();
        }
    }

    /** The same number however it is written; too few digits are none. */
    private static String digits(String phone) {
        String digits = phone.codePoints()
                .filter(Character::isDigit)
                .map(digit -> '0' + Character.digit(digit, 10))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .replaceFirst("^00", "");
        return digits.length() < SHORTEST_NUMBER ? "" : digits;
    }

    private static String digest(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }
}
