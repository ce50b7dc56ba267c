package org.jabr.hooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jabr.cases.Cases;
import org.jabr.intake.Attempts;
import org.jabr.intake.CaseIntake;
import org.jabr.outside.GatewayRefused;
import org.jabr.post.PostDesk;
import org.jabr.remedies.RemedyDesk;
import org.jabr.worklist.Worklist;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mockito.Mockito;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.jdbc.core.simple.JdbcClient;

class HookTermsTests {

    @Test
    void needsNoTerms() {
        HookTerms terms = terms(Map.of());

        assertThat(terms.mistake()).isNull();
        assertThat(terms.out()).isEmpty();
        assertThat(terms.in()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "out[0].name=CRM | out[0].name",
                "out[0].name=crm;out[0].secret=S | out[0].url",
                "out[0].name=crm;out[0].url=ftp://crm.example;out[0].secret=S | out[0].url",
                "out[0].name=crm;out[0].url=https://crm.example | out[0].secret",
                "out[0].name=crm;out[0].url=https://crm.example;out[0].secret=S;out[0].types=org.jabr.everything | out[0].types",
                "out[0].name=a;out[0].url=https://a.example;out[0].secret=S;out[1].name=a;out[1].url=https://a.example;out[1].secret=S | out[1].name",
                "in.telephone.previous-secret=S | in.telephone.secret",
                "in.[Tele phone].secret=S | in.Tele phone",
                "in-rate=0 | in-rate",
                "longest-body=1GB | longest-body",
                "keep=PT10M | keep",
                "timeout=PT2M | timeout",
                "batch=0 | batch",
                "retries= | retries",
                "breaker-share=101 | breaker-share",
            })
    void namesTheSettingThatIsWrong(String settings, String setting) {
        Map<String, String> all = new java.util.HashMap<>();
        for (String one : settings.split(";")) {
            String[] pair = one.split("=", 2);
            all.put(pair[0], pair[1]);
        }
        assertThat(terms(all).mistake()).contains(setting).contains("jabr.webhooks");
    }

    @Test
    void doesNotStartWithAReceiverAtAPrivateAddressThatNobodyAllowed() {
        HookTerms terms = terms(Map.of("out[0].name", "crm", "out[0].url", "http://127.0.0.1:9", "out[0].secret", "S"));

        assertThatThrownBy(() -> new Receivers(terms, Clock.systemUTC()))
                .isInstanceOf(GatewayRefused.class)
                .hasMessageContaining("private");
    }

    @Test
    void showsNoSecrets() {
        HookTerms terms = terms(Map.of(
                "out[0].name",
                "crm",
                "out[0].url",
                "https://crm.example",
                "out[0].secret",
                "hush",
                "in.a.secret",
                "hush"));

        assertThat(terms.toString()).doesNotContain("hush");
    }

    @Test
    void hearsNotMoreFromASourceThanItsRate() throws IOException {
        Hooks hooks = new Hooks(
                terms(Map.of("in.telephone.secret", "S", "in.other.secret", "S", "in-rate", "3")),
                Mockito.mock(Tally.class),
                Mockito.mock(PostDesk.class),
                Mockito.mock(RemedyDesk.class),
                Mockito.mock(CaseIntake.class),
                Mockito.mock(Cases.class),
                Mockito.mock(Worklist.class),
                Mockito.mock(Attempts.class),
                Mockito.mock(JdbcClient.class),
                Clock.systemUTC());
        List<Integer> answers = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            answers.add(refused(hooks, "telephone"));
        }

        assertThat(answers.subList(0, 3)).containsOnly(401);
        assertThat(answers).contains(429);
        // A flood from one is no flood from another.
        assertThat(refused(hooks, "other")).isEqualTo(401);
    }

    private static int refused(Hooks hooks, String source) throws IOException {
        try {
            hooks.receive(source, null, null, new ByteArrayInputStream(new byte[0]));
            return 200;
        } catch (HookRefused refused) {
            return refused.status();
        }
    }

    private static HookTerms terms(Map<String, String> settings) {
        MapConfigurationPropertySource source = new MapConfigurationPropertySource();
        settings.forEach((name, value) -> source.put("jabr.webhooks." + name, value));
        return new Binder(source).bindOrCreate("jabr.webhooks", HookTerms.class);
    }
}
