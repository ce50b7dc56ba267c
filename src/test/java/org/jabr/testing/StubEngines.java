package org.jabr.testing;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jabr.cases.RecoveryCase;
import org.jabr.process.Recovery;
import org.jabr.rules.CaseId;
import org.jabr.rules.RuleTrial;
import org.jabr.rules.RulebookCompiler;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** Rules and diagrams of a few lines, so that the rooms around the engines are tested fast and by themselves. */
@TestConfiguration(proxyBeanMethods = false)
public class StubEngines {

    @Bean
    @Primary
    RulebookCompiler stubCompiler() {
        return (release, files) -> new RulebookCompiler.Compilation(new StubRulebook(release), List.of());
    }

    @Bean
    @Primary
    RuleTrial stubTrial(RulebookCompiler compiler) {
        return new StubTrial(compiler);
    }

    @Bean
    @Primary
    StubRecovery stubRecovery() {
        return new StubRecovery();
    }

    /** Remembers which cases were started. */
    public static class StubRecovery implements Recovery {

        public final Set<CaseId> started = ConcurrentHashMap.newKeySet();

        @Override
        public void start(RecoveryCase recovery) {
            started.add(recovery.id());
        }

        @Override
        public Path path(CaseId id) {
            return new Path("", List.of(), List.of(), List.of());
        }

        @Override
        public List<Incident> incidents(CaseId id) {
            return List.of();
        }

        @Override
        public void retry(CaseId id) {}

        @Override
        public void end(RecoveryCase recovery, String why) {
            started.remove(recovery.id());
        }

        @Override
        public boolean drop(RecoveryCase recovery, String task) {
            return false;
        }
    }
}
