package org.jabr.post;

import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.time.Duration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration
@EnableConfigurationProperties(PostTerms.class)
class PostSetup {

    @Bean
    @ConditionalOnExpression("!'${jabr.gateways.email.host:}'.isBlank()")
    MailGateway mailGateway(PostTerms terms) {
        String mistake = terms.mistake();
        if (mistake != null) {
            throw new IllegalStateException(mistake);
        }
        return new SmtpGateway(terms);
    }

    @Bean
    RateLimiter lettersPerSecond(PostTerms terms) {
        return RateLimiter.of(
                "email",
                RateLimiterConfig.custom()
                        .limitForPeriod(Math.max(1, terms.rate()))
                        .limitRefreshPeriod(Duration.ofSeconds(1))
                        .timeoutDuration(Duration.ofSeconds(2))
                        .build());
    }
}
