package org.jabr.releases;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jabr.rules.Finding;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The tables of releases. */
@Repository
class ReleaseStore {

    private static final String COLUMNS =
            "select id, content_hash, state, origin, created_by, created_at, published_at, base_id, publish_at from release ";

    private final JdbcClient jdbc;
    private final FindingRows rows;

    ReleaseStore(JdbcClient jdbc, ObjectMapper json) {
        this.jdbc = jdbc;
        this.rows = new FindingRows(json);
    }

    Optional<Release> live() {
        return jdbc.sql(COLUMNS + "where state = 'LIVE'").query(this::release).optional();
    }

    /** The live release; where that is in quarantine, the one that was published last of those that are not. */
    Optional<Release> serving() {
        return jdbc.sql(
                        COLUMNS
                                + "where state in ('LIVE', 'RETIRED') and published_at is not null and not exists (select 1 from release_quarantine q where q.release_id = release.id and q.lifted_at is null) order by case when state = 'LIVE' then 0 else 1 end, published_at desc fetch first 1 rows only")
                .query(this::release)
                .optional()
                .or(this::live);
    }

    Optional<Release> find(String id) {
        return jdbc.sql(COLUMNS + "where id = :id")
                .param("id", id)
                .query(this::release)
                .optional();
    }

    List<Release> list() {
        return jdbc.sql(COLUMNS + "order by created_at desc, id")
                .query(this::release)
                .list();
    }

    SortedMap<String, String> files(String id) {
        SortedMap<String, String> files = new TreeMap<>();
        jdbc.sql("select path, content from release_file where release_id = :id")
                .param("id", id)
                .query((row, n) -> files.put(row.getString("path"), row.getString("content")))
                .list();
        return files;
    }

    Optional<String> file(String id, String path) {
        return jdbc.sql("select content from release_file where release_id = :id and path = :path")
                .param("id", id)
                .param("path", path)
                .query(String.class)
                .optional();
    }

    void add(Release release, SortedMap<String, String> files) {
        jdbc.sql(
                        "insert into release (id, content_hash, state, origin, created_by, created_at, base_id) values (:id, :hash, :state, :origin, :by, :at, :base)")
                .param("id", release.id())
                .param("hash", release.contentHash())
                .param("state", release.state().name())
                .param("origin", release.origin())
                .param("by", release.createdBy())
                .param("at", release.createdAt())
                .param("base", release.base())
                .update();
        files.forEach((path, text) -> jdbc.sql(
                        "insert into release_file (release_id, path, content) values (:id, :path, :content)")
                .param("id", release.id())
                .param("path", path)
                .param("content", text)
                .update());
    }

    void replaceFindings(String id, List<Finding> findings) {
        jdbc.sql("delete from release_finding where release_id = :id")
                .param("id", id)
                .update();
        for (int i = 0; i < findings.size(); i++) {
            rows.bind(
                            jdbc.sql(
                                    "insert into release_finding (release_id, ordinal, code, blocking, file, place, arguments, witness) values (:id, :n, :code, :blocking, :file, :place, :arguments, :witness)"),
                            i,
                            findings.get(i))
                    .param("id", id)
                    .update();
        }
    }

    List<Finding> findings(String id) {
        return jdbc.sql(
                        "select code, blocking, file, place, arguments, witness from release_finding where release_id = :id order by ordinal")
                .param("id", id)
                .query(rows::read)
                .list();
    }

    /** Whoever publishes waits here for whoever publishes just now. */
    void lockPublication() {
        jdbc.sql("select id from publication where id = 1 for update")
                .query(Integer.class)
                .single();
    }

    void publish(String id, OffsetDateTime at) {
        jdbc.sql("update release set state = 'RETIRED' where state = 'LIVE' and id <> :id")
                .param("id", id)
                .update();
        jdbc.sql("update release set state = 'LIVE', published_at = :at, publish_at = null where id = :id")
                .param("id", id)
                .param("at", at)
                .update();
    }

    /** Moves a release on. @return whether it stood where it was expected */
    boolean move(String id, Release.State from, Release.State to) {
        return jdbc.sql("update release set state = :to, publish_at = null where id = :id and state = :from")
                        .param("id", id)
                        .param("from", from.name())
                        .param("to", to.name())
                        .update()
                == 1;
    }

    boolean schedule(String id, @Nullable OffsetDateTime at) {
        return jdbc.sql("update release set publish_at = :at where id = :id and state = 'APPROVED'")
                        .param("id", id)
                        .param("at", at)
                        .update()
                == 1;
    }

    List<String> due(OffsetDateTime now) {
        return jdbc.sql(
                        "select id from release where state = 'APPROVED' and publish_at <= :now order by publish_at, id")
                .param("now", now)
                .query(String.class)
                .list();
    }

    void addAuthors(String id, Collection<String> logins) {
        for (String login : logins) {
            jdbc.sql(
                            "insert into release_author (release_id, login) select cast(:id as varchar(20)), cast(:login as varchar(60)) where not exists (select 1 from release_author where release_id = :id and login = :login)")
                    .param("id", id)
                    .param("login", login)
                    .update();
        }
    }

    Set<String> authors(String id) {
        return new TreeSet<>(jdbc.sql("select login from release_author where release_id = :id")
                .param("id", id)
                .query(String.class)
                .list());
    }

    void addStep(String id, Release.Step step) {
        jdbc.sql(
                        "insert into release_step (release_id, step, done_by, done_at, note) values (:id, :step, :by, :at, :note)")
                .param("id", id)
                .param("step", step.deed().name())
                .param("by", step.by())
                .param("at", step.at())
                .param("note", step.note())
                .update();
    }

    /** The oldest first. */
    List<Release.Step> steps(String id) {
        return jdbc.sql("select step, done_by, done_at, note from release_step where release_id = :id order by id")
                .param("id", id)
                .query((row, n) -> new Release.Step(
                        Release.Deed.valueOf(row.getString("step")),
                        row.getString("done_by"),
                        row.getObject("done_at", OffsetDateTime.class),
                        row.getString("note")))
                .list();
    }

    /** The release whose content the folders held at the last start. */
    Optional<String> lastInFolder() {
        return jdbc.sql(
                        "select id from release where folder_at is not null order by folder_at desc, id fetch first 1 rows only")
                .query(String.class)
                .optional();
    }

    void seenInFolder(String id, OffsetDateTime at) {
        jdbc.sql("update release set folder_at = :at where id = :id")
                .param("id", id)
                .param("at", at)
                .update();
    }

    void recordProcess(String release, String process, String definitionId) {
        jdbc.sql(
                        "merge into release_process t using (values (cast(:release as varchar(20)), cast(:process as varchar(80)), cast(:definition as varchar(120)))) s(r, p, d) on t.release_id = s.r and t.process = s.p when matched then update set definition_id = s.d when not matched then insert (release_id, process, definition_id) values (s.r, s.p, s.d)")
                .param("release", release)
                .param("process", process)
                .param("definition", definitionId)
                .update();
    }

    Optional<String> definitionOf(String release, String process) {
        return jdbc.sql("select definition_id from release_process where release_id = :release and process = :process")
                .param("release", release)
                .param("process", process)
                .query(String.class)
                .optional();
    }

    private Release release(ResultSet row, int n) throws SQLException {
        return new Release(
                row.getString("id"),
                row.getString("content_hash"),
                Release.State.valueOf(row.getString("state")),
                row.getString("origin"),
                row.getString("created_by"),
                row.getObject("created_at", OffsetDateTime.class),
                row.getObject("published_at", OffsetDateTime.class),
                row.getString("base_id"),
                row.getObject("publish_at", OffsetDateTime.class));
    }
}
