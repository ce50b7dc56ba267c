package org.jabr.process.camunda;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ArtifactFactory;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.springframework.stereotype.Component;

/** Narrows the engine to what diagrams need, before it is built. */
@Component
class EngineSetup extends AbstractProcessEnginePlugin {

    private final Map<String, Block> blocks;
    private final StageKeeper stages;
    private final WorkOpener work;
    private final KeepAnswers answers;
    private final StoppedSteps stopped;

    EngineSetup(
            Map<String, Block> blocks, StageKeeper stages, WorkOpener work, KeepAnswers answers, StoppedSteps stopped) {
        this.blocks = blocks;
        this.stages = stages;
        this.work = work;
        this.answers = answers;
        this.stopped = stopped;
    }

    @Override
    public void preInit(ProcessEngineConfigurationImpl engine) {
        engine.setExpressionManager(new NarrowExpressions(blocks));
        engine.setArtifactFactory(new NoClasses());
        engine.setBpmnParseFactory(NarrowParse::new);
        engine.setScriptEngineResolver(new NoScripts());
        engine.setEnableScriptEngineLoadExternalResources(false);
        engine.setEnableFetchScriptEngineFromProcessApplication(false);
        engine.setEnableExpressionsInAdhocQueries(false);
        engine.setEnableExpressionsInStoredQueries(false);
        engine.setEnableXxeProcessing(false);
        engine.setJavaSerializationFormatEnabled(false);
        engine.setDeserializationTypeValidationEnabled(true);
        engine.setCustomPreBPMNParseListeners(new ArrayList<>(List.of(new DiagramParts(stages, work, answers))));
        engine.setCustomIncidentHandlers(new ArrayList<>(List.of(stopped)));
        engine.setFailedJobCommandFactory(CarefulRetry::new);
        // Jobs are taken by due date; one without would be taken by chance, and could starve.
        engine.setEnsureJobDueDateNotNull(true);
    }

    /** {@code camunda:class} would make an object of any class on the class path. */
    private static final class NoClasses implements ArtifactFactory {

        @Override
        public <T> T getArtifact(Class<T> type) {
            throw new ProcessEngineException("PROC-004 diagrams cannot name classes");
        }
    }
}
