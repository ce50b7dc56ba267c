package org.jabr.releases;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jabr.rules.Finding;
import org.jabr.rules.Progress;
import org.jabr.rules.RuleInspector;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/** What the engine room can say about rules beyond compiling them. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBean(RuleInspector.class)
class RuleInspections {

    private interface Look {
        List<Finding> at(Map<String, String> files, Progress progress);
    }

    @Bean
    @Order(10)
    Inspection inspectScenarios(RuleInspector inspector) {
        return inspection("scenarios", true, inspector::scenarios);
    }

    @Bean
    @Order(20)
    Inspection inspectTables(RuleInspector inspector) {
        return inspection("tables", true, inspector::tables);
    }

    @Bean
    @Order(30)
    Inspection inspectContracts(RuleInspector inspector) {
        return inspection("contracts", true, inspector::contracts);
    }

    /** Says how good the scenarios are, which is advice and stops nobody. */
    @Bean
    @Order(90)
    Inspection inspectMutants(RuleInspector inspector) {
        return inspection("mutants", false, inspector::mutants);
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
