package org.jabr.web.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.jabr.testing.OnH2;
import org.junit.jupiter.api.Test;

@OnH2
class DossierOnH2Tests extends DossierTests {

    /** What the record says; who is named costs a statement each time, everything else once. */
    @Test
    void readsEachTableOnceHoweverMuchHappened() throws Exception {
        page("auditor", "en");
        jdbc.sql("set query_statistics true").update();
        page("auditor", "en");
        Map<String, Long> counts = new TreeMap<>();
        jdbc.sql("select sql_statement, execution_count from information_schema.query_statistics")
                .query(row -> {
                    counts.put(row.getString(1).replaceAll("\\s+", " "), row.getLong(2));
                });
        jdbc.sql("set query_statistics false").update();

        assertThat(times(counts, "from journal_entry e left join journal_leaf")).isEqualTo(1);
        assertThat(times(counts, "from effect_event ")).isEqualTo(1);
        assertThat(times(counts, "from delivery ")).isEqualTo(1);
        assertThat(times(counts, "insert into journal_entry")).isEqualTo(1);
        assertThat(times(counts, "from decision d ")).isEqualTo(1);
    }

    private static long times(Map<String, Long> counts, String part) {
        return counts.entrySet().stream()
                .filter(one -> one.getKey().contains(part))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
