package org.jabr.review;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jabr.audit.DecisionFilter;
import org.jabr.cases.Cases;
import org.jabr.customers.PersonalText;
import org.jabr.customers.Vault;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Repository;

/** The tables of samples. */
@Repository
class Samples {

    private static final String SAMPLE = """
            select id, name, filter, through, plan, confidence, tolerable, expected, strata, seed, population, size, allowed,
              release_id, made_by, made_at, closed_by, closed_at from audit_sample\s""";
    private static final String ITEM = """
            select i.id, i.sample_id, i.place, i.decision_id, c.reference, d.moment, i.stratum, i.assigned_to, i.verdict,
              i.answers, i.note_text, i.judged_by, i.judged_at, i.version
            from audit_item i join decision d on d.id = i.decision_id join recovery_case c on c.id = d.case_id\s""";

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;
    private final ObjectMapper json;
    private final Cases cases;
    private final Vault vault;

    Samples(JdbcTemplate batches, ObjectMapper json, Vault vault, Cases cases) {
        this.cases = cases;
        this.vault = vault;
        this.jdbc = JdbcClient.create(batches);
        this.batches = batches;
        this.json = json;
    }

    /** One that was drawn, in the order of the draw. */
    record Drawn(String stratum, long decision, String assignedTo) {}

    /** @param sample whose id does not count */
    long add(Sample sample, List<Sample.Stratum> strata, List<Drawn> drawn) {
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        jdbc.sql("""
                        insert into audit_sample (name, filter, through, plan, confidence, tolerable, expected, strata, seed,
                          population, size, allowed, release_id, made_by, made_at)
                        values (:name, :filter, :through, :plan, :confidence, :tolerable, :expected, :strata, :seed,
                          :population, :size, :allowed, :release, :by, :at)
                        """)
                .param("name", sample.name())
                .param("filter", write(sample.filter().words()))
                .param("through", sample.through())
                .param("plan", sample.plan())
                .param("confidence", sample.confidence())
                .param("tolerable", sample.tolerable())
                .param("expected", sample.expected())
                .param("strata", sample.strata())
                .param("seed", sample.seed())
                .param("population", sample.population())
                .param("size", sample.size())
                .param("allowed", sample.allowed())
                .param("release", sample.release())
                .param("by", sample.by())
                .param("at", sample.at())
                .update(key, "id");
        long id = Objects.requireNonNull(key.getKeyAs(Long.class));
        batches.batchUpdate(
                "insert into audit_stratum (sample_id, name, population, drawn) values (?, ?, ?, ?)",
                strata.stream()
                        .map(one -> new Object[] {id, one.name(), one.population(), one.drawn()})
                        .toList());
        List<Object[]> items = new ArrayList<>();
        for (Drawn one : drawn) {
            items.add(new Object[] {id, items.size() + 1, one.decision(), one.stratum(), one.assignedTo()});
        }
        batches.batchUpdate("""
                insert into audit_item (sample_id, place, decision_id, stratum, assigned_to, answers, version)
                values (?, ?, ?, ?, ?, '{}', 0)
                """, items);
        return id;
    }

    Optional<Sample> find(long id) {
        return jdbc.sql(SAMPLE + "where id = :id")
                .param("id", id)
                .query(this::sample)
                .optional();
    }

    /** Whoever judges or closes holds it, so that nobody judges what is closed. */
    Optional<Sample> hold(long id) {
        return jdbc.sql(SAMPLE + "where id = :id for update")
                .param("id", id)
                .query(this::sample)
                .optional();
    }

    List<Sample> newest(@Nullable Long before, int most) {
        return jdbc.sql(SAMPLE + "where id < :before order by id desc fetch first :most rows only")
                .param("before", before == null ? Long.MAX_VALUE : before)
                .param("most", most)
                .query(this::sample)
                .list();
    }

    List<Sample.Stratum> strata(long sample) {
        return jdbc.sql("select name, population, drawn from audit_stratum where sample_id = :id order by name")
                .param("id", sample)
                .query((row, n) ->
                        new Sample.Stratum(row.getString("name"), row.getInt("population"), row.getInt("drawn")))
                .list();
    }

    List<SampleItem> items(long sample) {
        return jdbc.sql(ITEM + "where i.sample_id = :id order by i.place")
                .param("id", sample)
                .query(this::item)
                .list();
    }

    Optional<SampleItem> item(long sample, int place) {
        return jdbc.sql(ITEM + "where i.sample_id = :id and i.place = :place")
                .param("id", sample)
                .param("place", place)
                .query(this::item)
                .optional();
    }

    /** @return whether nobody else had changed it */
    boolean judge(
            SampleItem item,
            SampleItem.Verdict verdict,
            Map<String, SampleItem.Answer> answers,
            @Nullable PersonalText note,
            String by,
            OffsetDateTime at) {
        return jdbc.sql("""
                        update audit_item set verdict = :verdict, answers = :answers, note_text = :note, judged_by = :by,
                          judged_at = :at, version = version + 1 where id = :id and version = :version
                        """)
                        .param("verdict", verdict.name())
                        .param("answers", write(answers))
                        .param("note", vault.storedNote(cases.customerOf(item.caseReference()), note))
                        .param("by", by)
                        .param("at", at)
                        .param("id", item.id())
                        .param("version", item.version())
                        .update()
                == 1;
    }

    /** Hands over what nobody judged yet. @return how many */
    int assign(long sample, String from, String to) {
        return jdbc.sql("""
                        update audit_item set assigned_to = :to, version = version + 1
                        where sample_id = :id and assigned_to = :from and verdict is null
                        """)
                .param("to", to)
                .param("from", from)
                .param("id", sample)
                .update();
    }

    void close(long sample, String by, OffsetDateTime at) {
        jdbc.sql("update audit_sample set closed_by = :by, closed_at = :at where id = :id")
                .param("by", by)
                .param("at", at)
                .param("id", sample)
                .update();
    }

    private Sample sample(ResultSet row, int n) throws SQLException {
        return new Sample(
                row.getLong("id"),
                row.getString("name"),
                DecisionFilter.of(read(row.getString("filter"), new TypeReference<>() {})),
                row.getLong("through"),
                row.getString("plan"),
                row.getBigDecimal("confidence"),
                row.getBigDecimal("tolerable"),
                row.getBigDecimal("expected"),
                row.getString("strata"),
                row.getString("seed"),
                row.getInt("population"),
                row.getInt("size"),
                row.getInt("allowed"),
                row.getString("release_id"),
                row.getString("made_by"),
                row.getObject("made_at", OffsetDateTime.class),
                row.getString("closed_by"),
                row.getObject("closed_at", OffsetDateTime.class));
    }

    private SampleItem item(ResultSet row, int n) throws SQLException {
        String verdict = row.getString("verdict");
        return new SampleItem(
                row.getLong("id"),
                row.getLong("sample_id"),
                row.getInt("place"),
                row.getLong("decision_id"),
                row.getString("reference"),
                row.getString("moment"),
                row.getString("stratum"),
                row.getString("assigned_to"),
                verdict == null ? null : SampleItem.Verdict.valueOf(verdict),
                read(row.getString("answers"), new TypeReference<>() {}),
                vault.read(row.getString("note_text")),
                row.getString("judged_by"),
                row.getObject("judged_at", OffsetDateTime.class),
                row.getInt("version"));
    }

    private String write(Map<String, ?> words) {
        try {
            return json.writeValueAsString(words);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private <T> T read(String text, TypeReference<T> type) {
        try {
            return json.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
