package org.jabr.rules.drools;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jabr.rules.DecisionFailed;
import org.jabr.rules.Moment;
import org.jabr.rules.RuleRef;
import org.jspecify.annotations.Nullable;
import org.kie.dmn.api.core.DMNContext;
import org.kie.dmn.api.core.DMNDecisionResult;
import org.kie.dmn.api.core.DMNMessage;
import org.kie.dmn.api.core.DMNModel;
import org.kie.dmn.api.core.DMNResult;
import org.kie.dmn.api.core.DMNRuntime;
import org.kie.dmn.api.core.event.AfterEvaluateDecisionTableEvent;
import org.kie.dmn.api.core.event.DMNRuntimeEventListener;

/** Asks the tables of one file. Anything short of full success is a {@link DecisionFailed}, never an empty answer. */
final class Tables implements Asking {

    private static final String SINK = "jabr.selected";

    private final DMNRuntime runtime;
    private final Map<String, DMNModel> models = new HashMap<>();

    Tables(DMNRuntime runtime, List<DmnFile> files) {
        this.runtime = runtime;
        for (DmnFile file : files) {
            models.put(file.path(), runtime.getModel(file.namespace(), file.name()));
        }
        runtime.addListener(new SelectedRows());
    }

    /** What a file answered: results and selected rows by id of the decision. */
    record Answer(Map<String, Object> results, Map<String, List<RuleRef>> selected) {

        @Nullable
        Object result(String decision) {
            return results.get(decision);
        }

        List<RuleRef> rows(String decision) {
            return selected.getOrDefault(decision, List.of());
        }
    }

    @Override
    public Answer ask(Moment moment, DmnFile file, Map<String, @Nullable Object> facts) {
        DMNModel model = models.get(file.path());
        if (model == null) {
            throw new DecisionFailed(moment, file.path());
        }
        DMNContext context = runtime.newContext();
        facts.forEach(context::set);
        Map<String, List<RuleRef>> byName = new HashMap<>();
        context.getMetadata().set(SINK, byName);
        DMNResult result = runtime.evaluateAll(model, context);
        Map<String, List<RuleRef>> selected = new HashMap<>();
        Map<String, Object> results = new HashMap<>();
        for (DmnFile.Decision decision : file.decisions()) {
            List<RuleRef> rows = byName.get(decision.name());
            if (decision.isTable()) {
                if (rows == null || (rows.isEmpty() && !decision.collects())) {
                    throw new DecisionFailed(moment, decision.id() + ": no row matches");
                }
                selected.put(decision.id(), rows);
            }
            DMNDecisionResult decided = result.getDecisionResultByName(decision.name());
            if (decided == null
                    || decided.getEvaluationStatus() != DMNDecisionResult.DecisionEvaluationStatus.SUCCEEDED) {
                throw new DecisionFailed(moment, decision.id() + ": " + first(result));
            }
            results.put(decision.id(), decided.getResult());
        }
        for (DMNMessage message : result.getMessages()) {
            if (!emptyCollection(file, message, selected)) {
                throw new DecisionFailed(moment, file.path() + ": " + message.getMessageType());
            }
        }
        return new Answer(results, selected);
    }

    /** A table that collects may well find nothing; the engine warns of it. */
    private static boolean emptyCollection(DmnFile file, DMNMessage message, Map<String, List<RuleRef>> selected) {
        return message.getLevel() != org.kie.api.builder.Message.Level.ERROR
                && file.decision(String.valueOf(message.getSourceId()))
                        .filter(DmnFile.Decision::collects)
                        .filter(decision ->
                                selected.getOrDefault(decision.id(), List.of()).isEmpty())
                        .isPresent();
    }

    private static String first(DMNResult result) {
        return result.getMessages().stream()
                .findFirst()
                .map(message -> String.valueOf(message.getMessageType()))
                .orElse("not decided");
    }

    /** Hands the ids of the selected rows to whoever asked; one listener serves all threads. */
    private static final class SelectedRows implements DMNRuntimeEventListener {

        @Override
        @SuppressWarnings("unchecked")
        public void afterEvaluateDecisionTable(AfterEvaluateDecisionTableEvent event) {
            Object sink = event.getResult().getContext().getMetadata().get(SINK);
            if (sink instanceof Map<?, ?> rows) {
                List<RuleRef> ids = new ArrayList<>();
                event.getSelectedIds().forEach(id -> ids.add(new RuleRef(id)));
                ((Map<String, List<RuleRef>>) rows).put(event.getDecisionTableName(), List.copyOf(ids));
            }
        }
    }
}
