package org.jabr.remedies;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;
import org.jabr.outside.GatewayRefused;
import org.jabr.outside.Turnstile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Switches the outside gateway on where one is configured, and where the database keeps what it has promised to keep. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(GatewayTerms.class)
class GatewaySetup {

    private static final Logger LOG = LoggerFactory.getLogger(GatewaySetup.class);

    /** An empty address is none. */
    static class Configured implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata about) {
            return !context.getEnvironment()
                    .getProperty("jabr.gateways.effects.url", "")
                    .isBlank();
        }
    }

    @Bean
    Turnstile effectsTurnstile(GatewayTerms terms, Clock clock) {
        return new Turnstile(terms.turnstile(), clock);
    }

    @Bean
    @Conditional(Configured.class)
    HttpGateway httpGateway(
            GatewayTerms terms,
            DataSource database,
            @Value("${spring.datasource.url:}") String databaseUrl,
            Clock clock) {
        String mistake = terms.mistake();
        if (mistake != null) {
            throw new GatewayRefused(mistake, "Mend the setting, or leave jabr.gateways.effects.url empty.");
        }
        lasting(database, databaseUrl);
        return new HttpGateway(terms, terms.endpoint().addresses("jabr.gateways.effects"), clock);
    }

    /** An effect whose key is not there any more after a crash would be sent twice, or never. */
    static void lasting(DataSource database, String url) {
        String product;
        try (Connection connection = database.getConnection()) {
            product = connection.getMetaData().getDatabaseProductName();
            if (product.equals("PostgreSQL")) {
                try (Statement statement = connection.createStatement();
                        ResultSet row = statement.executeQuery("show synchronous_commit")) {
                    if (row.next() && row.getString(1).equals("off")) {
                        LOG.warn(
                                "PostgreSQL has synchronous_commit=off: a crash of its server may lose what was paid already");
                    }
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the database does not answer", e);
        }
        if (product.equals("H2") && !lastingH2(url)) {
            throw new GatewayRefused(
                    "The gateway for effects is configured, but this H2 database may forget what it confirmed: a refund could be paid twice or lost.",
                    "Use a file with WRITE_DELAY=0, such as jdbc:h2:file:./data/jabr;DEFAULT_NULL_ORDERING=HIGH;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE, or PostgreSQL.");
        }
    }

    static boolean lastingH2(String url) {
        List<String> parts = Arrays.stream(url.strip().split(";"))
                .map(part -> part.strip().toUpperCase(Locale.ROOT))
                .toList();
        String where = parts.get(0);
        boolean file = where.startsWith("JDBC:H2:FILE:")
                || where.startsWith("JDBC:H2:.")
                || where.startsWith("JDBC:H2:/")
                || where.startsWith("JDBC:H2:~");
        return file
                && parts.stream()
                        .filter(part -> part.startsWith("WRITE_DELAY="))
                        .allMatch("WRITE_DELAY=0"::equals)
                && parts.contains("WRITE_DELAY=0");
    }
}
