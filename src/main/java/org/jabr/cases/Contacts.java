package org.jabr.cases;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jabr.customers.PersonalText;
import org.jabr.customers.Vault;
import org.jabr.post.Writing;
import org.jabr.rules.CaseId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Repository;

/** What was said about a case, on every channel. */
@Repository
class Contacts implements Writing {

    private final JdbcClient jdbc;
    private final Vault vault;

    Contacts(JdbcClient jdbc, Vault vault) {
        this.vault = vault;
        this.jdbc = jdbc;
    }

    /** @return its id */
    long add(CaseId caseId, long customerId, Contact contact, @Nullable String externalRef) {
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        jdbc.sql("""
                        insert into case_contact (case_id, direction, channel, letter, language, subject_text, body_text, by_whom, external_ref, at)
                        values (:caseId, :direction, :channel, :letter, :language, :subject, :body, :by, :externalRef, :at)
                        """)
                .param("caseId", caseId.value())
                .param("direction", contact.direction().name())
                .param("channel", contact.channel())
                .param("letter", contact.letter())
                .param("language", contact.language())
                .param("subject", vault.stored(customerId, contact.subject()))
                .param("body", vault.stored(customerId, contact.body()))
                .param("by", contact.by())
                .param("externalRef", externalRef)
                .param("at", contact.at())
                .update(key, "id");
        return Objects.requireNonNull(key.getKeyAs(Long.class));
    }

    @Override
    public Text text(long contactId) {
        return jdbc.sql("""
                        select t.subject_text, t.body_text, t.language, c.reference from case_contact t
                        join recovery_case c on c.id = t.case_id where t.id = :id
                        """)
                .param("id", contactId)
                .query((row, n) -> new Text(
                        shown(row.getString("subject_text")),
                        shown(row.getString("body_text")),
                        Objects.requireNonNullElse(row.getString("language"), ""),
                        row.getString("reference")))
                .single();
    }

    private String shown(@Nullable String stored) {
        PersonalText text = vault.read(stored);
        return text == null ? "" : text.value();
    }

    boolean known(String externalRef) {
        return jdbc.sql("select count(*) from case_contact where external_ref = :ref")
                        .param("ref", externalRef)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    Optional<CaseId> caseOf(String externalRef) {
        return jdbc.sql("select case_id from case_contact where external_ref = :ref")
                .param("ref", externalRef)
                .query((row, n) -> new CaseId(row.getLong("case_id")))
                .optional();
    }

    List<Contact> ofCase(CaseId caseId) {
        return jdbc.sql(
                        "select id, direction, channel, letter, language, subject_text, body_text, by_whom, at from case_contact where case_id = :id order by id")
                .param("id", caseId.value())
                .query((row, n) -> new Contact(
                        row.getLong("id"),
                        Contact.Direction.valueOf(row.getString("direction")),
                        row.getString("channel"),
                        row.getString("letter"),
                        row.getString("language"),
                        vault.read(row.getString("subject_text")),
                        vault.read(row.getString("body_text")),
                        row.getString("by_whom"),
                        row.getObject("at", OffsetDateTime.class)))
                .list();
    }
}
