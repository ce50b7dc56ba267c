package org.jabr.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The append-only journal. An entry is written in the transaction of what it records, or neither is. */
@Repository
class Journal {

    private final JdbcClient jdbc;
    private final ObjectMapper json;
    private final Clock clock;

    Journal(JdbcClient jdbc, ObjectMapper json, Clock clock) {
        this.jdbc = jdbc;
        this.json = json.copy().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
        this.clock = clock;
    }

    @Transactional(propagation = Propagation.MANDATORY)
    void append(String kind, String subject, String by, Map<String, Object> content) {
        jdbc.sql(
                        "insert into journal_entry (kind, subject, by_whom, content, at) values (:kind, :subject, :by, :content, :at)")
                .param("kind", kind)
                .param("subject", subject)
                .param("by", by)
                .param("content", write(content))
                .param("at", OffsetDateTime.now(clock))
                .update();
    }

    private String write(Map<String, Object> content) {
        try {
            return json.writeValueAsString(new TreeMap<>(content));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
