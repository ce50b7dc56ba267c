package org.jabr.process.camunda;

import java.util.List;
import java.util.Objects;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.RepositoryService;
import org.jabr.rules.Finding;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Lets the engine read a diagram in a transaction that is rolled back: what it refuses is found before publication. */
@Component
class TrialDeployment {

    private final RepositoryService repository;
    private final TransactionTemplate ownTransaction;

    TrialDeployment(@Lazy RepositoryService repository, PlatformTransactionManager transactions) {
        this.repository = repository;
        this.ownTransaction = new TransactionTemplate(transactions);
        this.ownTransaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    List<Finding> findings(String path, String text) {
        try {
            ownTransaction.executeWithoutResult(status -> {
                status.setRollbackOnly();
                repository
                        .createDeployment()
                        .name("trial")
                        .addString(path, text)
                        .deploy();
            });
            return List.of();
        } catch (ProcessEngineException e) {
            String said = Objects.requireNonNullElse(e.getMessage(), "");
            return List.of(new Finding("PROC-015", true, path, "", List.of(said)));
        }
    }
}
