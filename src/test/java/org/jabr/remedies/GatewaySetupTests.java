package org.jabr.remedies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jabr.outside.GatewayRefused;
import org.jabr.outside.GatewayRefusedAnalyzer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/** The gateway is switched on only where the house can keep its word. */
class GatewaySetupTests {

    @TempDir
    Path folder;

    static class RealTime {

        @Bean
        Clock clock() {
            return Clock.systemUTC();
        }
    }

    @Test
    void doesNotStartOnADatabaseThatMayForget() {
        for (String url : List.of(
                "jdbc:h2:mem:forgets;DEFAULT_NULL_ORDERING=HIGH", "jdbc:h2:file:" + folder.resolve("delayed"))) {
            assertThatThrownBy(() -> start(url, "--jabr.gateways.effects.url=http://localhost:9", allowed())
                            .close())
                    .rootCause()
                    .isInstanceOfSatisfying(GatewayRefused.class, refused -> {
                        FailureAnalysis told = new GatewayRefusedAnalyzer().analyze(refused);
                        assertThat(told.getDescription()).contains("paid twice or lost");
                        assertThat(told.getAction()).contains("WRITE_DELAY=0");
                    });
        }
    }

    @Test
    void doesNotStartWithAPrivateAddressThatNobodyAllowed() {
        assertThatThrownBy(() -> start(lasting(), "--jabr.gateways.effects.url=http://127.0.0.1:9")
                        .close())
                .rootCause()
                .isInstanceOf(GatewayRefused.class)
                .hasMessageContaining("private address");
    }

    @Test
    void startsOnAFileThatWritesAtOnceAndWithoutAGatewayOnAny() {
        try (ConfigurableApplicationContext on =
                start(lasting(), "--jabr.gateways.effects.url=http://localhost:9", allowed())) {
            assertThat(on.getBean(GatewayDesk.class).health().outside()).isTrue();
            assertThat(on.getBean(GatewayDesk.class).health().host()).isEqualTo("localhost");
        }
        try (ConfigurableApplicationContext off = start("jdbc:h2:mem:off", "--jabr.gateways.effects.url= ")) {
            assertThat(off.getBean(GatewayDesk.class).health().outside()).isFalse();
            assertThat(off.getBeansOfType(OutsideGateway.class)).isEmpty();
        }
    }

    private String lasting() {
        return "jdbc:h2:file:" + folder.resolve("lasting") + ";WRITE_DELAY=0";
    }

    private static String allowed() {
        return "--jabr.gateways.effects.allow-private=true";
    }

    private static ConfigurableApplicationContext start(String url, String... settings) {
        List<String> args = new ArrayList<>(List.of(settings));
        args.add("--spring.datasource.url=" + url);
        args.add("--jabr.gateways.effects.secret=a secret");
        return new SpringApplicationBuilder(SendingRoom.class, RealTime.class)
                .web(WebApplicationType.NONE)
                .run(args.toArray(String[]::new));
    }
}
