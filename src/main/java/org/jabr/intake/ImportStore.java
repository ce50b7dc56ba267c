package org.jabr.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jabr.customers.PersonalText;
import org.jabr.customers.Vault;
import org.jabr.rules.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Repository;

/** The tables of imports. */
@Repository
class ImportStore {

    private static final int SHOWN = 1_000;
    private static final int BATCH = 1_000;
    private static final String COLUMNS = """
            select id, kind, mapping, status, started_by, total, done, accepted, duplicates, failure, started_at, ended_at
            from import_run\s""";

    private final JdbcClient jdbc;
    private final NamedParameterJdbcOperations batches;
    private final ObjectMapper json;
    private final Vault vault;
    private final Clock clock;

    ImportStore(JdbcClient jdbc, NamedParameterJdbcOperations batches, ObjectMapper json, Clock clock, Vault vault) {
        this.vault = vault;
        this.jdbc = jdbc;
        this.batches = batches;
        this.json = json;
        this.clock = clock;
    }

    /** Keeps a file that was read: its lines wait, except those that are rejected already. */
    long add(ImportKind kind, String mapping, String release, String hash, List<ImportLine> lines, String by) {
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        long rejected = lines.stream()
                .filter(line -> line.state() == ImportLine.State.REJECTED)
                .count();
        jdbc.sql("""
                        insert into import_run (kind, mapping, release_id, status, started_by, total, done, accepted, duplicates, content_hash, started_at)
                        values (:kind, :mapping, :release, 'RUNNING', :by, :total, :done, 0, 0, :hash, :at)
                        """)
                .param("kind", kind.name())
                .param("mapping", mapping)
                .param("release", release)
                .param("by", by)
                .param("total", lines.size())
                .param("done", rejected)
                .param("hash", hash)
                .param("at", OffsetDateTime.now(clock))
                .update(key, "id");
        long id = key.getKeyAs(Long.class);
        for (int from = 0; from < lines.size(); from += BATCH) {
            batches.batchUpdate(
                    """
                    insert into import_line (import_id, line, content_text, identity, state, code, arguments)
                    values (:id, :line, :content, :identity, :state, :code, :arguments)
                    """,
                    lines.subList(from, Math.min(lines.size(), from + BATCH)).stream()
                            .map(line -> row(id, line))
                            .toArray(SqlParameterSource[]::new));
        }
        return id;
    }

    /** An import that goes on. */
    record Running(ImportKind kind, String startedBy) {}

    /** Nobody else works on this import until the transaction ends. @return empty where it does not run any more */
    Optional<Running> lock(long id) {
        return jdbc.sql("select kind, started_by from import_run where id = :id and status = 'RUNNING' for update")
                .param("id", id)
                .query((row, n) -> new Running(ImportKind.valueOf(row.getString("kind")), row.getString("started_by")))
                .optional();
    }

    boolean waits(long id, int line) {
        return jdbc.sql("select count(*) from import_line where import_id = :id and line = :line and state = 'NEW'")
                        .param("id", id)
                        .param("line", line)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    List<ImportLine> next(long id, int limit) {
        return jdbc.sql("""
                        select line, content_text, identity from import_line where import_id = :id and state = 'NEW'
                        order by line fetch first :limit rows only
                        """)
                .param("id", id)
                .param("limit", limit)
                .query((row, n) -> ImportLine.fresh(
                        row.getInt("line"),
                        read(PersonalText.shown(vault.read(row.getString("content_text")))),
                        row.getString("identity")))
                .list();
    }

    /** What became of lines that waited. */
    void done(long id, List<ImportLine> lines) {
        batches.batchUpdate("""
                update import_line set state = :state, code = :code, arguments = :arguments, content_text = null, identity = null
                where import_id = :id and line = :line
                """, lines.stream().map(line -> row(id, line)).toArray(SqlParameterSource[]::new));
        jdbc.sql("""
                        update import_run set done = done + :done, accepted = accepted + :accepted, duplicates = duplicates + :duplicates
                        where id = :id
                        """)
                .param("id", id)
                .param("done", lines.size())
                .param("accepted", count(lines, ImportLine.State.ACCEPTED))
                .param("duplicates", count(lines, ImportLine.State.DUPLICATE))
                .update();
    }

    void end(long id, ImportRun.Status status, @Nullable String failure) {
        jdbc.sql("update import_run set status = :status, failure = :failure, ended_at = :at where id = :id")
                .param("id", id)
                .param("status", status.name())
                .param("failure", failure)
                .param("at", OffsetDateTime.now(clock))
                .update();
    }

    List<Long> running() {
        return jdbc.sql("select id from import_run where status = 'RUNNING' order by id")
                .query(Long.class)
                .list();
    }

    int accepted(long id) {
        return jdbc.sql("select accepted from import_run where id = :id")
                .param("id", id)
                .query(Integer.class)
                .single();
    }

    /** @throws Problem {@code IMPORT-009} */
    ImportRun get(long id) {
        return jdbc.sql(COLUMNS + "where id = :id")
                .param("id", id)
                .query((row, n) -> run(row, rejected(id)))
                .optional()
                .orElseThrow(() -> new Problem(Problem.Kind.NOT_FOUND, "IMPORT-009", id));
    }

    /** The newest first, without their rejected lines. */
    List<ImportRun> list(boolean settlements, int limit) {
        return jdbc.sql(COLUMNS + "where kind " + (settlements ? "=" : "<>")
                        + " 'SETTLEMENTS' order by id desc fetch first :limit rows only")
                .param("limit", limit)
                .query((row, n) -> run(row, List.of()))
                .list();
    }

    private List<ImportRun.Rejected> rejected(long id) {
        return jdbc.sql("""
                        select line, code, arguments from import_line where import_id = :id and state = 'REJECTED'
                        order by line fetch first :limit rows only
                        """)
                .param("id", id)
                .param("limit", SHOWN)
                .query((row, n) -> new ImportRun.Rejected(
                        row.getInt("line"), row.getString("code"), values(row.getString("arguments"))))
                .list();
    }

    private static ImportRun run(ResultSet row, List<ImportRun.Rejected> rejected) throws SQLException {
        int done = row.getInt("done");
        int accepted = row.getInt("accepted");
        int duplicates = row.getInt("duplicates");
        return new ImportRun(
                row.getLong("id"),
                ImportKind.valueOf(row.getString("kind")).word(),
                row.getString("mapping"),
                ImportRun.Status.valueOf(row.getString("status")),
                row.getInt("total"),
                done,
                accepted,
                duplicates,
                rejected,
                done - accepted - duplicates,
                row.getString("failure"),
                row.getString("started_by"),
                row.getObject("started_at", OffsetDateTime.class),
                row.getObject("ended_at", OffsetDateTime.class));
    }

    private SqlParameterSource row(long id, ImportLine line) {
        Rejection rejection = line.rejection();
        boolean waits = line.state() == ImportLine.State.NEW;
        return new MapSqlParameterSource("id", id)
                .addValue("line", line.line())
                .addValue("content", waits ? Vault.plain(new PersonalText(write(line.fields()))) : null)
                .addValue("identity", waits ? line.identity() : null)
                .addValue("state", line.state().name())
                .addValue("code", rejection == null ? null : rejection.code())
                .addValue("arguments", rejection == null ? null : write(rejection.values()));
    }

    private static long count(List<ImportLine> lines, ImportLine.State state) {
        return lines.stream().filter(line -> line.state() == state).count();
    }

    private String write(Object document) {
        try {
            return json.writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, Object> read(String fields) {
        try {
            return json.readValue(fields, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Object> values(String arguments) {
        try {
            return json.readValue(arguments, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
