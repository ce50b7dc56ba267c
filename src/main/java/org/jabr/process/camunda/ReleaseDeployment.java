package org.jabr.process.camunda;

import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.jabr.releases.Release;
import org.jabr.releases.Releases;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Gives the diagrams of a release to the engine in the transaction that publishes it: both happen, or neither. */
@Component
class ReleaseDeployment {

    private static final String DIAGRAM = ".bpmn";

    private final RepositoryService repository;
    private final Releases releases;

    ReleaseDeployment(RepositoryService repository, Releases releases) {
        this.repository = repository;
        this.releases = releases;
    }

    @EventListener
    void published(Release.Published event) {
        String release = event.release().id();
        if (repository.createDeploymentQuery().deploymentName(release).count() > 0) {
            return;
        }
        DeploymentBuilder deployment = repository.createDeployment().name(release);
        event.files().forEach((path, text) -> {
            if (path.endsWith(DIAGRAM)) {
                deployment.addString(path, text);
            }
        });
        if (deployment.getResourceNames().isEmpty()) {
            return;
        }
        String id = deployment.deploy().getId();
        for (ProcessDefinition definition :
                repository.createProcessDefinitionQuery().deploymentId(id).list()) {
            releases.recordProcess(release, definition.getKey(), definition.getId());
        }
    }
}
