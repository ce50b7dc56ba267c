package org.jabr.releases;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jabr.rules.Finding;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How findings lie in tables. */
final class FindingRows {

    private final ObjectMapper json;

    FindingRows(ObjectMapper json) {
        this.json = json;
    }

    JdbcClient.StatementSpec bind(JdbcClient.StatementSpec insert, int ordinal, Finding finding) {
        return insert.param("n", ordinal)
                .param("code", finding.code())
                .param("blocking", finding.blocking())
                .param("file", finding.file())
                .param("place", cut(finding.place()))
                .param(
                        "arguments",
                        write(finding.values().stream()
                                .map(value -> value instanceof Number ? value : String.valueOf(value))
                                .toList()))
                .param("witness", write(finding.witness()));
    }

    Finding read(ResultSet row, int n) throws SQLException {
        return new Finding(
                row.getString("code"),
                row.getBoolean("blocking"),
                row.getString("file"),
                row.getString("place"),
                values(row.getString("arguments")),
                witness(row.getString("witness")));
    }

    private String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Object> values(String text) {
        try {
            return json.readValue(text, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, Object> witness(@Nullable String text) {
        try {
            return text == null ? Map.of() : json.readValue(text, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String cut(String place) {
        return place.length() <= 300 ? place : place.substring(0, 300);
    }
}
