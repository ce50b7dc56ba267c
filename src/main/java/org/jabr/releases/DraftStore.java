package org.jabr.releases;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The tables of drafts. */
@Repository
class DraftStore {

    private static final String DRAFT =
            "select id, name, base_id, state, release_id, created_by, created_at, changed_by, changed_at from draft ";
    private static final String FILE =
            "select path, content, version, changed_by, changed_at from draft_file where draft_id = :draft ";
    private static final String CHANGE =
            "select id, path, kind, changed_by, started_at, changed_at from draft_change where draft_id = :draft ";

    private final JdbcClient jdbc;

    DraftStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void add(Draft draft, SortedMap<String, String> files) {
        jdbc.sql(
                        "insert into draft (id, name, base_id, state, created_by, created_at, changed_by, changed_at) values (:id, :name, :base, :state, :by, :at, :by, :at)")
                .param("id", draft.id())
                .param("name", draft.name())
                .param("base", draft.base())
                .param("state", draft.state().name())
                .param("by", draft.createdBy())
                .param("at", draft.createdAt())
                .update();
        files.forEach((path, content) ->
                insert(draft.id(), new Draft.File(path, content, 1, draft.createdBy(), draft.createdAt())));
    }

    List<Draft> list() {
        return jdbc.sql(DRAFT + "order by changed_at desc, id")
                .query(this::draft)
                .list();
    }

    Optional<Draft> find(String id) {
        return jdbc.sql(DRAFT + "where id = :id")
                .param("id", id)
                .query(this::draft)
                .optional();
    }

    Optional<Draft> ofRelease(String release) {
        return jdbc.sql(DRAFT + "where release_id = :release order by changed_at desc fetch first 1 rows only")
                .param("release", release)
                .query(this::draft)
                .optional();
    }

    /** The draft, for nobody else until the transaction ends. */
    Optional<Draft> lock(String id) {
        return jdbc.sql(DRAFT + "where id = :id for update")
                .param("id", id)
                .query(this::draft)
                .optional();
    }

    void state(String id, Draft.State state, @Nullable String release) {
        jdbc.sql("update draft set state = :state, release_id = :release where id = :id")
                .param("id", id)
                .param("state", state.name())
                .param("release", release)
                .update();
    }

    void rename(String id, String name) {
        jdbc.sql("update draft set name = :name where id = :id")
                .param("id", id)
                .param("name", name)
                .update();
    }

    void touched(String id, String by, OffsetDateTime at) {
        jdbc.sql("update draft set changed_by = :by, changed_at = :at where id = :id")
                .param("id", id)
                .param("by", by)
                .param("at", at)
                .update();
    }

    List<Draft.File> files(String draft) {
        return jdbc.sql(FILE + "order by path")
                .param("draft", draft)
                .query(this::file)
                .list();
    }

    SortedMap<String, String> contents(String draft) {
        SortedMap<String, String> contents = new TreeMap<>();
        files(draft).forEach(file -> contents.put(file.path(), file.content()));
        return contents;
    }

    Optional<Draft.File> file(String draft, String path) {
        return jdbc.sql(FILE + "and path = :path")
                .param("draft", draft)
                .param("path", path)
                .query(this::file)
                .optional();
    }

    void insert(String draft, Draft.File file) {
        jdbc.sql(
                        "insert into draft_file (draft_id, path, content, version, changed_by, changed_at) values (:draft, :path, :content, :version, :by, :at)")
                .param("draft", draft)
                .param("path", file.path())
                .param("content", file.content())
                .param("version", file.version())
                .param("by", file.changedBy())
                .param("at", file.changedAt())
                .update();
    }

    void update(String draft, Draft.File file) {
        jdbc.sql(
                        "update draft_file set content = :content, version = :version, changed_by = :by, changed_at = :at where draft_id = :draft and path = :path")
                .param("draft", draft)
                .param("path", file.path())
                .param("content", file.content())
                .param("version", file.version())
                .param("by", file.changedBy())
                .param("at", file.changedAt())
                .update();
    }

    void delete(String draft, String path) {
        jdbc.sql("delete from draft_file where draft_id = :draft and path = :path")
                .param("draft", draft)
                .param("path", path)
                .update();
    }

    Optional<Draft.Change> lastChange(String draft, String path) {
        return jdbc.sql(CHANGE + "and path = :path order by id desc fetch first 1 rows only")
                .param("draft", draft)
                .param("path", path)
                .query(this::change)
                .optional();
    }

    List<Draft.Change> changes(String draft) {
        return jdbc.sql(CHANGE + "order by id desc")
                .param("draft", draft)
                .query(this::change)
                .list();
    }

    /** What a change left in its file; empty where it removed it. */
    Optional<String> contentAfter(String draft, long change) {
        return jdbc.sql("select content from draft_change where draft_id = :draft and id = :id")
                .param("draft", draft)
                .param("id", change)
                .query((row, n) -> Optional.ofNullable(row.getString("content")))
                .optional()
                .flatMap(content -> content);
    }

    Optional<Draft.Change> changeBefore(String draft, String path, long change) {
        return jdbc.sql(CHANGE + "and path = :path and id < :id order by id desc fetch first 1 rows only")
                .param("draft", draft)
                .param("path", path)
                .param("id", change)
                .query(this::change)
                .optional();
    }

    Optional<Draft.Change> change(String draft, long id) {
        return jdbc.sql(CHANGE + "and id = :id")
                .param("draft", draft)
                .param("id", id)
                .query(this::change)
                .optional();
    }

    void addChange(String draft, String path, Draft.Kind kind, @Nullable String content, String by, OffsetDateTime at) {
        jdbc.sql(
                        "insert into draft_change (draft_id, path, kind, content, changed_by, started_at, changed_at) values (:draft, :path, :kind, :content, :by, :at, :at)")
                .param("draft", draft)
                .param("path", path)
                .param("kind", kind.name())
                .param("content", content)
                .param("by", by)
                .param("at", at)
                .update();
    }

    void goOn(long change, String content, OffsetDateTime at) {
        jdbc.sql("update draft_change set content = :content, changed_at = :at where id = :id")
                .param("id", change)
                .param("content", content)
                .param("at", at)
                .update();
    }

    /** Everybody who had a hand in it. */
    Set<String> authors(String draft) {
        return new TreeSet<>(jdbc.sql(
                        "select created_by as login from draft where id = :draft union select changed_by from draft_change where draft_id = :draft")
                .param("draft", draft)
                .query(String.class)
                .list());
    }

    void addComment(String draft, String path, String place, String words, String by, OffsetDateTime at) {
        jdbc.sql(
                        "insert into draft_comment (draft_id, path, place, words, written_by, written_at) values (:draft, :path, :place, :words, :by, :at)")
                .param("draft", draft)
                .param("path", path)
                .param("place", place)
                .param("words", words)
                .param("by", by)
                .param("at", at)
                .update();
    }

    int resolve(String draft, long comment, String by, OffsetDateTime at) {
        return jdbc.sql(
                        "update draft_comment set resolved_by = :by, resolved_at = :at where draft_id = :draft and id = :id and resolved_by is null")
                .param("draft", draft)
                .param("id", comment)
                .param("by", by)
                .param("at", at)
                .update();
    }

    List<Draft.Comment> comments(String draft) {
        return jdbc.sql(
                        "select id, path, place, words, written_by, written_at, resolved_by, resolved_at from draft_comment where draft_id = :draft order by id")
                .param("draft", draft)
                .query((row, n) -> new Draft.Comment(
                        row.getLong("id"),
                        row.getString("path"),
                        row.getString("place"),
                        row.getString("words"),
                        row.getString("written_by"),
                        row.getObject("written_at", OffsetDateTime.class),
                        row.getString("resolved_by"),
                        row.getObject("resolved_at", OffsetDateTime.class)))
                .list();
    }

    private Draft draft(ResultSet row, int n) throws SQLException {
        return new Draft(
                row.getString("id"),
                row.getString("name"),
                row.getString("base_id"),
                Draft.State.valueOf(row.getString("state")),
                row.getString("release_id"),
                row.getString("created_by"),
                row.getObject("created_at", OffsetDateTime.class),
                row.getString("changed_by"),
                row.getObject("changed_at", OffsetDateTime.class));
    }

    private Draft.File file(ResultSet row, int n) throws SQLException {
        return new Draft.File(
                row.getString("path"),
                row.getString("content"),
                row.getLong("version"),
                row.getString("changed_by"),
                row.getObject("changed_at", OffsetDateTime.class));
    }

    private Draft.Change change(ResultSet row, int n) throws SQLException {
        return new Draft.Change(
                row.getLong("id"),
                row.getString("path"),
                Draft.Kind.valueOf(row.getString("kind")),
                row.getString("changed_by"),
                row.getObject("started_at", OffsetDateTime.class),
                row.getObject("changed_at", OffsetDateTime.class));
    }
}
