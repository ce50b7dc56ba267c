package org.jabr.anchors;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class AnchorTermsTests {

    private static final AnchorTerms.Webhook NONE = new AnchorTerms.Webhook("", "", false);
    private static final List<Duration> WAITS = List.of(Duration.ofSeconds(30), Duration.ofHours(2));

    @Test
    void waitsLongerEachTimeAndThenAlwaysAsLong() {
        AnchorTerms terms = terms(Duration.ofHours(1), NONE, Duration.ofSeconds(10), Duration.ofMinutes(5), WAITS);
        assertThat(terms.wait(1)).isEqualTo(Duration.ofSeconds(30));
        assertThat(terms.wait(2)).isEqualTo(Duration.ofHours(2));
        assertThat(terms.wait(200)).isEqualTo(Duration.ofHours(2));
    }

    @Test
    void saysWhichSettingCannotBe() {
        Duration hour = Duration.ofHours(1);
        Duration ten = Duration.ofSeconds(10);
        Duration five = Duration.ofMinutes(5);
        assertThat(terms(hour, NONE, ten, five, WAITS).mistake()).isNull();
        assertThat(terms(Duration.ZERO, NONE, ten, five, WAITS).mistake()).contains("every");
        assertThat(terms(hour, NONE, ten, five, List.of()).mistake()).contains("retries");
        assertThat(terms(hour, NONE, ten, ten, WAITS).mistake()).contains("lease");
        assertThat(terms(hour, new AnchorTerms.Webhook("http://example.org", "", false), ten, five, WAITS)
                        .mistake())
                .contains("jabr.anchors.webhook");
        assertThat(new AnchorTerms.Webhook("https://example.org", "sesame", false).toString())
                .doesNotContain("sesame");
    }

    @Test
    void saysEverySentenceInBothLanguages() throws Exception {
        assertThat(words("anchors_ar").keySet()).isEqualTo(words("anchors_en").keySet());
        assertThat(words("anchors")).isEqualTo(words("anchors_en"));
        for (Anchor.State state : Anchor.State.values()) {
            assertThat(words("anchors_en")).containsKey("anchor.state." + state);
        }
    }

    private static AnchorTerms terms(
            Duration every, AnchorTerms.Webhook webhook, Duration timeout, Duration lease, List<Duration> waits) {
        return new AnchorTerms(every, "", List.of(), webhook, timeout, lease, waits);
    }

    private static Properties words(String bundle) throws Exception {
        Properties words = new Properties();
        try (var reader = Files.newBufferedReader(Path.of("src/main/resources/messages", bundle + ".properties"))) {
            words.load(reader);
        }
        return words;
    }
}
