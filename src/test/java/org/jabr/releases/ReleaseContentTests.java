package org.jabr.releases;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ReleaseContentTests {

    @Test
    void isTheSameForEqualContent() {
        assertThat(hash(Map.of("rules/a.dmn", "one", "rules/b.dmn", "two")))
                .isEqualTo(hash(Map.of("rules/b.dmn", "two", "rules/a.dmn", "one")));
    }

    @Test
    void changesWithOneByte() {
        assertThat(hash(Map.of("rules/a.dmn", "one"))).isNotEqualTo(hash(Map.of("rules/a.dmn", "onE")));
    }

    @Test
    void changesWithAName() {
        assertThat(hash(Map.of("rules/a.dmn", "one"))).isNotEqualTo(hash(Map.of("rules/b.dmn", "one")));
    }

    @Test
    void tellsFilesApartWhoseTextsJoinToTheSame() {
        assertThat(hash(Map.of("a", "bc", "d", ""))).isNotEqualTo(hash(Map.of("a", "b", "cd", "")));
    }

    private static String hash(Map<String, String> files) {
        return new ReleaseContent(new TreeMap<>(files)).hash();
    }
}
