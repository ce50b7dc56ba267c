package org.jabr.cases;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jabr.rules.CaseId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What happened to cases, in order. */
@Repository
class Timeline {

    private final JdbcClient jdbc;
    private final Documents documents;

    Timeline(JdbcClient jdbc, Documents documents) {
        this.jdbc = jdbc;
        this.documents = documents;
    }

    void add(CaseId caseId, TimelineEntry entry) {
        jdbc.sql(
                        "insert into case_event (case_id, kind, arguments, by_whom, at) values (:caseId, :kind, :arguments, :by, :at)")
                .param("caseId", caseId.value())
                .param("kind", entry.kind())
                .param("arguments", documents.write(entry.values()))
                .param("by", entry.by())
                .param("at", entry.at())
                .update();
    }

    List<TimelineEntry> ofCase(CaseId caseId) {
        return jdbc.sql("select kind, arguments, by_whom, at from case_event where case_id = :id order by id")
                .param("id", caseId.value())
                .query((row, n) -> new TimelineEntry(
                        row.getString("kind"),
                        documents.read(row.getString("arguments")),
                        row.getString("by_whom"),
                        row.getObject("at", OffsetDateTime.class)))
                .list();
    }

    /** When something of a kind last happened to any case of a customer. */
    Optional<OffsetDateTime> lastOfCustomer(long customerId, String kind) {
        return jdbc.sql("""
                        select e.at from case_event e join recovery_case c on c.id = e.case_id
                        where c.customer_id = :customer and e.kind = :kind order by e.at desc fetch first 1 rows only
                        """)
                .param("customer", customerId)
                .param("kind", kind)
                .query(OffsetDateTime.class)
                .optional();
    }
}
