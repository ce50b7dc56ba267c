package org.jabr.releases;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jabr.rules.Finding;
import org.jabr.rules.Progress;
import org.jabr.rules.RuleTrial;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/** What the engine room can say about rules beyond compiling them. */
@Configuration(proxyBeanMethods = false)
class RuleInspections {

    private interface Look {
        List<Finding> at(Map<String, String> files, Progress progress);
    }

    @Bean
    @Order(10)
    Inspection inspectScenarios(RuleTrial trial) {
        return inspection("scenarios", true, trial::scenarios);
    }

    @Bean
    @Order(20)
    Inspection inspectTables(RuleTrial trial) {
        return inspection("tables", true, trial::tables);
    }

    @Bean
    @Order(30)
    Inspection inspectContracts(RuleTrial trial) {
        return inspection("contracts", true, trial::contracts);
    }

    /** Says how good the scenarios are, which is advice and stops nobody. */
    @Bean
    @Order(90)
    Inspection inspectMutants(RuleTrial trial) {
        return inspection("mutants", false, trial::mutants);
    }

    private static Inspection inspection(String kind, boolean required, Look look) {
        return new Inspection() {
            @Override
            public String kind() {
                return kind;
            }

            @Override
            public boolean required() {
                return required;
            }

            @Override
            public List<Finding> inspect(SortedMap<String, String> files, Progress progress) {
                return look.at(files, progress);
            }
        };
    }
}
